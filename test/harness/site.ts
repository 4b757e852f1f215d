// A small web site on this machine: files, folders and handlers by path, and a record of every request it was sent.
// It is also a proxy that leads nowhere: what a visitor behind it asks of any other host is recorded as well.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

export type Reply = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
export type Seen = {
  method: string
  /** `localhost:1234`, or the foreign host that was asked for through the proxy. */
  host: string
  path: string
  query: string
  headers: IncomingHttpHeaders
  body: string
  at: number
}
export type Handler = (request: Seen) => Reply | undefined | Promise<Reply | undefined>
export type Content = string | Reply | Handler

export type SiteOptions = {
  /** Path (without query) to what is served there; a string is a body. A handler that answers undefined means 404. */
  files?: Record<string, Content>
  /** Path prefix, ending in a slash, to a folder. */
  directories?: Record<string, string>
  /** Sent with every answer: a content security policy, say. What a file sets itself comes on top. */
  headers?: Record<string, string>
  /** The name in `origin`; every name of this machine is answered. `localhost` and `127.0.0.1` are two origins. */
  hostname?: string
  port?: number
}

export type Site = {
  origin: string
  port: number
  /** For `newVisitor({ proxy: site.proxy })`: other hosts lead here, and are recorded; this machine's are reached directly. */
  proxy: { server: string; bypass: string }
  /** Every request so far, in order of arrival. */
  seen: Seen[]
  /** Adds or replaces a path; the first path that the reply is for wins over a directory. */
  route: (path: string, content: Content) => void
  close: () => Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const typeOf = (path: string): string =>
  types[extname(path)] ?? (path.endsWith('/') ? types['.html'] : undefined) ?? 'text/plain'

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

const fromDirectory = async (directories: Record<string, string>, path: string): Promise<Reply | undefined> => {
  for (const [prefix, directory] of Object.entries(directories)) {
    if (!path.startsWith(prefix)) continue
    const inside = normalize(decodeURIComponent(path.slice(prefix.length)))
    if (inside.startsWith('..')) return undefined
    const body = await readFile(join(directory, inside)).catch(() => undefined)
    if (body) return { body }
  }
  return undefined
}

const broken = (error: unknown): Reply => ({ status: 500, body: String(error) })
const nowhere: Reply = { status: 204, headers: { 'access-control-allow-origin': '*' } }

export const startSite = async (options: SiteOptions = {}): Promise<Site> => {
  const files = new Map(Object.entries(options.files ?? {}))
  const seen: Seen[] = []

  const answer = async (request: Seen): Promise<Reply | undefined> => {
    const content = files.get(request.path)
    if (typeof content === 'function') return content(request)
    if (typeof content === 'string') return { body: content }
    return content ?? fromDirectory(options.directories ?? {}, request.path)
  }

  const server = createServer(async (request, response) => {
    const { host, pathname, search } = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const { method = 'GET', headers: asked } = request
    const record: Seen = { method, host, path: pathname, query: search, headers: asked, body: '', at: Date.now() }
    // A browser asks for this one by itself, whatever the page does.
    if (pathname !== '/favicon.ico') seen.push(record)
    // A page that goes away in the middle of a body is part of the tests, not an error of the site.
    record.body = await bodyOf(request).catch(() => '')
    const proxied = !request.url?.startsWith('/')
    const reply = proxied ? nowhere : await answer(record).catch(broken)
    const headers = {
      'content-type': typeOf(pathname),
      'cache-control': 'no-cache',
      ...options.headers,
      ...reply?.headers,
    }
    response.writeHead(reply ? (reply.status ?? 200) : 404, headers).end(reply?.body)
  })
  // https through a proxy begins with CONNECT: the host is all there is to see, and enough.
  server.on('connect', ({ url = '', headers }, socket) => {
    seen.push({ method: 'CONNECT', host: url, path: '', query: '', headers, body: '', at: Date.now() })
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, resolve))
  const { port } = server.address() as AddressInfo

  return {
    origin: `http://${options.hostname ?? 'localhost'}:${port}`,
    port,
    // Playwright sends loopback through the proxy as well, unless it is named here.
    proxy: { server: `http://127.0.0.1:${port}`, bypass: 'localhost,127.0.0.1' },
    seen,
    route: (path, content) => void files.set(path, content),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
