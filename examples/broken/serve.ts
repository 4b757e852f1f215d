/** Serves a small shop that has Nearside, and three faults: what DevTools are for, see docs/devtools.md. */

import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { startCollector } from '../../collector/start.ts'
import { revised } from '../../core/config.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { findRoot } from '../shop/files.ts'

const HOST = '127.0.0.1'
const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}
const PLAIN = /^\/[\w-]+(\.[\w-]+)+$/

export interface BrokenShop {
  readonly shop: string
  readonly collector: string
  /** Another server, which should hear of nobody before a yes. */
  readonly elsewhere: string
  stop(): Promise<void>
}

type Answer = (path: string) => Promise<string | Buffer | undefined>

const serve = async (port: number, answer: Answer): Promise<{ url: string; server: Server }> => {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = url.replace(/[?#].*$/, '')
    const body = await answer(path).catch(() => undefined)
    const type = TYPES[extname(path) || '.html'] ?? 'text/plain'
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve))
  return { url: `http://${HOST}:${(server.address() as AddressInfo).port}`, server }
}

const end = (server: Server): Promise<unknown> => {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeAllConnections()
  return closed
}

/** @param port 0 takes any that is free; @param mend what is served in the place of a file's text */
export const startBrokenShop = async (
  port = 0,
  mend: (path: string, text: string) => string = (_, text) => text,
): Promise<BrokenShop> => {
  const root = findRoot(import.meta.dirname)
  const site = join(root, 'examples/broken/site')
  const model = parseModel(readFileSync(join(site, 'model.json'), 'utf8'), 'model.json')
  const folder = await mkdtemp(join(tmpdir(), 'nearside-broken-'))
  const counts = { db: join(folder, 'counts.db'), sites: ['broken'], minimumSize: 1, open: true, models: [model] }
  const collector = await startCollector(counts)
  const elsewhere = await serve(0, async () => '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const written = JSON.parse(readFileSync(join(site, 'nearside.json'), 'utf8'))
  const config = revised({
    ...written,
    needs: needsOf(model.features),
    reports: { ...written.reports, url: collector.url },
  })
  /** Addresses are known only now. */
  const filled = (text: string): string =>
    text
      .replaceAll('ELSEWHERE', elsewhere.url)
      .replaceAll('COLLECTOR', collector.url)
      .replaceAll('NOTICE', config.notice as string)
  const shop = await serve(port, async path => {
    if (path === '/nearside.json') return JSON.stringify(config)
    if (path === '/nearside/model.json') return readFile(join(site, 'model.json'))
    if (path.startsWith('/nearside/') && PLAIN.test(path.slice('/nearside'.length)))
      return readFile(join(root, 'dist/sdk', path.slice('/nearside/'.length)))
    const name = path === '/' ? '/index.html' : path
    return PLAIN.test(name) ? filled(mend(name, await readFile(join(site, name), 'utf8'))) : undefined
  })
  return {
    shop: shop.url,
    collector: collector.url,
    elsewhere: elsewhere.url,
    stop: async () => {
      await end(shop.server)
      await end(elsewhere.server)
      await collector.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
