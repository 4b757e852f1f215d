/** Serves the shop as a careful site would, and beside it the collector that its config names. */

import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollector } from '../../collector/start.ts'
import { parseConfig } from '../../core/config.ts'
import { parseModel } from '../../core/parse-model.ts'
import { createFiles, type Found, findRoot } from './files.ts'
import { headersFor, send, studioHeaders } from './respond.ts'

export const SITE = 'fernhollow'

export interface ShopOptions {
  /** 0, or none: any that is free. */
  readonly port?: number
  /** The collector's; another free one where this is taken. */
  readonly collectorPort?: number
  /** File of the collector's counts; without it they are gone when the shop stops. */
  readonly db?: string
  /** While somebody works on it: no copy is kept by the browser. */
  readonly fresh?: boolean
}

export interface RunningShop {
  readonly shop: string
  readonly collector: string
  readonly dashboard: string
  readonly studio: string
  stop(): Promise<void>
}

/** Not `localhost`: a machine may have another program behind that name, on its other address. */
const HOST = '127.0.0.1'

const openCollector = async (root: string, { collectorPort = 0, db }: ShopOptions) => {
  const folder = db ? undefined : await mkdtemp(join(tmpdir(), 'nearside-shop-'))
  const forget = async (): Promise<void> => {
    if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const path = join(root, 'examples/shop/model/model.json')
  const options = {
    db: db ?? join(folder ?? '', 'counts.db'),
    sites: [SITE],
    minimumSize: 1,
    open: true,
    models: [parseModel(readFileSync(path, 'utf8'), path)],
    log: (line: string) => console.error(line),
  }
  const taken = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return startCollector({ ...options, port: 0 })
  }
  const collector = await startCollector({ ...options, port: collectorPort })
    .catch(taken)
    .catch(error => forget().then(() => Promise.reject(error)))
  return { url: collector.url, stop: () => collector.stop().then(forget) }
}

/** @throws Error with the code EADDRINUSE where the port is taken */
export const startShop = async (options: ShopOptions = {}): Promise<RunningShop> => {
  const root = findRoot(import.meta.dirname)
  if (!existsSync(join(root, 'dist/sdk/nearside.js'))) throw new Error('dist/sdk is empty. Run npm run build first.')
  const find = createFiles(root)
  const collector = await openCollector(root, options)
  const headers = headersFor(collector.url, options.fresh ?? false)

  /** The committed config, with the address that the collector has this time. */
  const config = async (): Promise<Found> => {
    const name = 'nearside.json'
    const given = JSON.parse(await readFile(join(root, 'examples/shop', name), 'utf8'))
    const text = `${JSON.stringify({ ...given, reports: { ...given.reports, url: collector.url } }, null, 2)}\n`
    parseConfig(text, name)
    return { status: 200, name, body: Buffer.from(text) }
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').replace(/[?#].*$/, '')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end()
    } else if (path.startsWith('/studio/')) send(request, response, await find(path), studioHeaders(headers))
    else send(request, response, path === '/nearside.json' ? await config() : await find(path), headers)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      console.error(error.message)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port ?? 0, HOST, resolve),
  ).catch(error => collector.stop().then(() => Promise.reject(error)))

  const { port } = server.address() as AddressInfo
  return {
    shop: `http://${HOST}:${port}`,
    collector: collector.url,
    dashboard: `${collector.url}/`,
    studio: `http://${HOST}:${port}/studio/`,
    stop: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
      await collector.stop()
    },
  }
}
