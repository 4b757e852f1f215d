/** Stands for every peer's servers and for the collector: takes all, keeps it to be counted, and answers what lets them go on. */

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** One request that carries something about the visitor. */
export interface Upload {
  readonly path: string
  /** Of the query and the body. */
  readonly bytes: number
  readonly text: string
  readonly at: number
}

export interface Sink {
  readonly origin: string
  readonly uploads: Upload[]
  /** Forgets what came so far. */
  clear(): void
  /** Waits until nothing has come for a while. */
  quiet(): Promise<void>
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const QUIET_MS = 1000
const PATIENCE_MS = 15_000

/** What a peer's own host would answer a GET of its settings: no more than lets it start. */
const settings = (path: string, host: string): string =>
  path.startsWith('/v1/projects/')
    ? JSON.stringify({ integrations: { 'Segment.io': { apiKey: 'bench', apiHost: `${host}/v1`, protocol: 'http' } } })
    : '{}'

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Readable, whatever it was packed in: PostHog's gzip. */
const textOf = (body: Buffer): string => (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString()

export const startSink = async (): Promise<Sink> => {
  const uploads: Upload[] = []
  let last = 0
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request
    const body = await bodyOf(request).catch(() => Buffer.alloc(0))
    const query = /\?(.*)/.exec(url)?.[1] ?? ''
    // A preflight is the browser's, and a GET here asks for a file that is the same for everyone.
    if (method === 'POST') {
      last = Date.now()
      uploads.push({
        path: url.replace(/\?.*/, ''),
        bytes: body.length + query.length,
        text: textOf(body) + query,
        at: last,
      })
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'access-control-allow-origin': headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '600',
    })
    response.end(method === 'GET' ? settings(url, headers.host ?? '') : '{}')
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve))
  const quiet = async (): Promise<void> => {
    const from = Date.now()
    const waits = (): boolean => Date.now() - Math.max(last, from) < QUIET_MS && Date.now() - from < PATIENCE_MS
    while (waits()) await new Promise(resolve => setTimeout(resolve, 50))
  }
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    uploads,
    clear: () => void uploads.splice(0),
    quiet,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
