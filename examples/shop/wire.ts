/**
 * Between the browser and everything else: a proxy that writes down each request to this machine's servers with its body, and
 * lets nobody else answer. What a browser's tools overlook (a worker, the last words of a page) passes here as well. Of what
 * goes elsewhere only the pages' part counts, which the browser's tools tell from what a browser asks of its maker.
 */

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer-core'

/** Where the shop and its collector are. */
const HOST = '127.0.0.1'

export interface Sent {
  readonly method: string
  readonly url: string
  readonly body: string
  /** Does it carry a cookie, an address it came from, or a query? */
  readonly telling: boolean
}

export interface Wire {
  readonly proxy: string
  readonly sent: readonly Sent[]
  /** Counts what this page and its workers ask of other machines. */
  watch(page: Page): void
  stop(): Promise<void>
}

const bodyOf = async (asked: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of asked) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const forward = (url: URL, asked: IncomingMessage, body: Buffer, response: ServerResponse): void => {
  const { 'proxy-connection': _, ...headers } = asked.headers
  const passing = request(url, { method: asked.method ?? 'GET', headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passing.on('error', () => response.destroy())
  passing.end(body)
}

/** @param onSent is told of each request when its body is complete, before it goes on */
export const startWire = async (onSent: (sent: Sent) => void): Promise<Wire> => {
  const sent: Sent[] = []
  const note = (one: Sent): void => {
    sent.push(one)
    onSent(one)
  }
  const take = async (asked: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '', headers } = asked
    const body = await bodyOf(asked)
    const target = new URL(url)
    if (target.hostname !== HOST) return void response.writeHead(502).end()
    const telling = Boolean(headers.cookie ?? headers.referer ?? headers.authorization) || target.search !== ''
    note({ method, url, body: body.toString(), telling })
    forward(target, asked, body, response)
  }
  // A page that goes away in the middle of a request is no fault of the visit's.
  const server = createServer((asked, response) => void take(asked, response).catch(() => response.destroy()))
  server.on('connect', (_, socket) => void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve))
  return {
    proxy: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    sent,
    watch: page =>
      void page.on('request', asked => {
        const { protocol, hostname } = new URL(asked.url())
        if (!/^(https?|wss?):$/.test(protocol) || hostname === HOST) return
        note({ method: asked.method(), url: asked.url(), body: asked.postData() ?? '', telling: true })
      }),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
