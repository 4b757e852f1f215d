/** How the shop answers: the headers of a strict site, and the same bytes for every visitor. */

import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import type { Found } from './files.ts'

const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What Nearside asks of a strict site: its own scripts, one policy for its worker, and the collector where there is one. */
export const headersFor = (collector: string, fresh: boolean): { readonly [name: string]: string } => ({
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${collector}`,
    "require-trusted-types-for 'script'",
    'trusted-types nearside',
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Asked again each time, and answered with 304 where nothing changed: an edit shows at once.
  'cache-control': fresh ? 'no-store' : 'no-cache',
})

/** Segment Studio may compute, and talk to nobody: whatever file is dropped there, the browser itself keeps it in. */
export const studioHeaders = (shop: ReturnType<typeof headersFor>): { readonly [name: string]: string } => ({
  ...shop,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
})

const etagOf = (body: Buffer): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`

/** The same bytes for everyone: nothing but the path, and what the browser holds already, has a say in the answer. */
export const send = (
  { method, headers: asked }: IncomingMessage,
  response: ServerResponse,
  { status, name, body }: Found,
  headers: { readonly [name: string]: string },
): void => {
  const etag = etagOf(body)
  const known = status === 200 && (asked['if-none-match'] ?? '').split(', ').includes(etag)
  response.writeHead(known ? 304 : status, {
    ...headers,
    etag,
    ...(known
      ? {}
      : { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-length': body.length }),
  })
  response.end(known || method === 'HEAD' ? undefined : body)
}
