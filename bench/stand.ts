/**
 * The demo shop, served once for each variant from an origin of its own: the same pages, but for the tag in their head. Beside
 * them a plain page, on which a script's own cost is not lost among what the shop's costs.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { createFiles } from '../examples/shop/files.ts'
import type { Scripts } from './bundle.ts'
import type { Variant } from './variants.ts'

export interface Stand {
  readonly origin: string
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const OWN_TAGS = /\s*<script[^>]*src="\/nearside\/[^>]*><\/script>/g

export const PLAIN = '/plain.html'
const plain = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kyusu</title>
<meta name="nearside-page" content="product"></head><body><main><h1>Kyusu</h1>${'<p>A side-handled pot of red clay.</p>'.repeat(20)}
</main></body></html>`

/** Read once: a build in the middle of a run must not change what is measured. */
const sdkFiles = (root: string): { readonly [path: string]: Buffer } => {
  const folder = join(root, 'dist/sdk')
  const names = readdirSync(folder).filter(name => name.endsWith('.js'))
  return Object.fromEntries(names.map(name => [`/nearside/${name}`, readFileSync(join(folder, name))]))
}

/** The shop's config with the sink as its collector, and reports as soon as the demo has them. */
const configFor = (root: string, sink: string): string => {
  const config = JSON.parse(readFileSync(join(root, 'examples/shop/nearside.json'), 'utf8'))
  return JSON.stringify({ ...config, reports: { ...config.reports, url: sink } })
}

export const startStand = async (root: string, variant: Variant, scripts: Scripts, sink: string): Promise<Stand> => {
  const find = createFiles(root)
  const head = `<script>window.bench = { sink: '${sink}' }</script>\n${variant.head(sink)}`
  const own: { readonly [path: string]: string | Buffer } = {
    ...scripts,
    ...sdkFiles(root),
    [PLAIN]: plain,
    '/nearside.json': configFor(root, sink),
    // On the same origin, and empty: where a visit begins, so that no start of a process is measured.
    '/blank.html': '<!doctype html><title>blank</title>',
  }
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').replace(/[?#].*$/, '')
    const { name, body, status } =
      own[path] === undefined ? await find(path) : { name: path, body: own[path], status: 200 }
    const page = name.endsWith('.html') && path !== '/blank.html'
    response.writeHead(status, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'cache-control': name.endsWith('.html') ? 'no-store' : 'max-age=3600',
    })
    response.end(page ? String(body).replace(OWN_TAGS, '').replace('</title>', `</title>\n${head}`) : body)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve))
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
