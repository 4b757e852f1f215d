/** What the browser's network panel saw, told as the panel shows it: what a request was for, and what is wrong with it. */

import { parseAnyReport } from '../../core/private-report.ts'
import type { RequestKind, Wire } from '../../core/protocol/devtools.ts'
import { parseTicket, REPORT_BYTES } from '../../core/report.ts'

/** A request as it was made. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly status: number
  /** What was sent with it. */
  readonly body: string | undefined
  /** Is it the page itself, which somebody went to? */
  readonly document: boolean
}

/** What is known of the page at that moment. */
export interface Around {
  readonly origin: string
  /** Was anything granted? */
  readonly granted: boolean
  /** The latest segment of each segmentation. */
  readonly segments: { readonly [segmentation: string]: string }
  /** Addresses of the site's config and model, which may be called anything. */
  readonly files: readonly string[]
}

const OURS = /\/nearside[-.\w]*\.(m?js|json|css)$/

const reads = (parse: (body: string) => unknown, body: string): boolean => {
  try {
    parse(body)
    return true
  } catch {
    return false
  }
}

const kindOf = ({ method, url, body = '', document }: Asked, { files }: Around): RequestKind => {
  const bare = bareUrl(url)
  if (method === 'POST' && (bare.endsWith('/v1/reports') || reads(parseAnyReport, body))) return 'report'
  if (method === 'POST' && (bare.endsWith('/v1/erasures') || reads(parseTicket, body))) return 'ticket'
  if (document) return 'page'
  return method === 'GET' && (files.includes(bare) || OURS.test(bare)) ? 'file' : 'other'
}

const bareUrl = (url: string): string => url.split(/[?#]/)[0] as string

/** Segment ids are short: one counts as told only where it stands by itself, and not in the middle of a name or number. */
const spells = (text: string, word: string): boolean => new RegExp(`(^|[^A-Za-z0-9])${word}($|[^A-Za-z0-9])`).test(text)

/** In a path, where any product may be called `v3`, it counts only beside the name of its question. */
const carriesIn = (text: string, path: string, segments: Around['segments']): readonly string[] =>
  Object.entries(segments)
    .filter(([, segment]) => /^[a-z0-9]+$/.test(segment))
    .filter(([segmentation, segment]) => spells(text, segment) || (spells(path, segmentation) && spells(path, segment)))
    .map(([segmentation]) => segmentation)

const told = (url: string): string => {
  const query = url.slice(bareUrl(url).length)
  try {
    return decodeURIComponent(query)
  } catch {
    return query
  }
}

/** A site's own pictures and styles are nobody's business here, unless an address tells who looks at them. */
export const isWorthTelling = ({ kind, method, foreign, carries }: Wire): boolean =>
  kind !== 'other' || method !== 'GET' || Boolean(foreign || carries)

export const wireOf = (asked: Asked, around: Around): Wire => {
  const { method, url, status, body = '' } = asked
  const kind = kindOf(asked, around)
  const ours = kind === 'report' || kind === 'ticket'
  const carries = ours ? [] : carriesIn(`${told(url)} ${body}`, bareUrl(url), around.segments)
  return {
    kind,
    method,
    url: bareUrl(url).slice(0, 400),
    status,
    bytes: new TextEncoder().encode(body).length,
    ...(ours && body ? { body: body.slice(0, REPORT_BYTES) } : {}),
    ...(new URL(url).origin === around.origin ? {} : { foreign: true as const }),
    ...(around.granted ? {} : { before: true as const }),
    ...(carries.length ? { carries } : {}),
  }
}
