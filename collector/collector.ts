/** The collector as a web application: requests in, answers out, no socket and no clock of its own. */

import { type Context, Hono } from 'hono'
import { type Epoch, MINUTE_MS } from '../core/epoch.ts'
import type { Model } from '../core/model.ts'
import type { Clock } from '../core/ports.ts'
import { toDocument } from '../view/to-string.ts'
import style from '../view/view.css?raw'
import { MINIMUM_SIZE, type PublishedGroup, parseEpoch, publish } from './counts.ts'
import icon from './icon.svg?raw'
import layout from './page.css?raw'
import { page, problemsPage } from './page.ts'
import { problem } from './problem.ts'
import { isListed, takeReport, takeTicket } from './reports.ts'
import { Unavailable } from './tally/database.ts'
import type { Tally } from './tally/tally.ts'

export interface Parts {
  readonly tally: Tally
  readonly clock: Pick<Clock, 'now'>
  /** Gets a line for each fault of ours, without a word of the request. */
  readonly log?: (line: string) => void
  /** The sites counted here; any, where it is left out, and then any stranger may fill the database. */
  readonly sites?: readonly string[]
  /** The origins whose pages may report; any, where it is left out. Says nothing about senders that are no browsers. */
  readonly origins?: readonly string[]
  /** Smaller counts are withheld. */
  readonly minimumSize?: number
  /** Publishes counts of epochs that are still open as well. For trying out: who looks twice may see a single device arrive. */
  readonly open?: boolean
  /** Models whose labels the page shows for ids, and by which randomised answers become estimates. */
  readonly models?: readonly Model[]
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
/** Pages of any origin may send, none may send who they are. */
const CROSS_ORIGIN = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After' }
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '86400',
}
const RETRY_SECONDS = '30'

/** A full disk fails every report; one line a minute says so as well. */
const QUIET_MS = MINUTE_MS

/** Where it happened and what kind of error it was; a message might repeat what was sent. */
const traceOf = (error: Error): string =>
  [error.name, ...(error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))].join('\n')

const createLog = ({ clock, log }: Pick<Parts, 'clock' | 'log'>): ((error: Error) => void) => {
  let silentUntil = 0
  return error => {
    if (!(error instanceof Unavailable)) return log?.(traceOf(error))
    if (clock.now() < silentUntil) return
    silentUntil = clock.now() + QUIET_MS
    log?.(error.message)
  }
}

const wrongMethod = (c: Context, allowed: string): Response => {
  c.header('Allow', allowed)
  return problem(c, 'wrong-method')
}

export const createCollector = (parts: Parts): Hono => {
  const { tally, clock, minimumSize = MINIMUM_SIZE, open = false, models = [] } = parts
  const published = (site: string, epoch?: Epoch): PublishedGroup[] =>
    publish(tally.cells(site, epoch), { minimumSize, open, models }, clock.now())
  const log = createLog(parts)
  const app = new Hono()

  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  })

  const post = (path: string, handle: (c: Context) => Promise<Response>): void => {
    app.use(path, async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(CROSS_ORIGIN)) c.res.headers.set(name, value)
    })
    app.post(path, handle)
    app.options(path, c => c.body(null, 204, { Allow: 'POST, OPTIONS', ...PREFLIGHT }))
    app.all(path, c => wrongMethod(c, 'POST, OPTIONS'))
  }
  const get = (path: string, handle: (c: Context) => Response): void => {
    app.get(path, handle)
    app.all(path, c => wrongMethod(c, 'GET, HEAD'))
  }

  post('/v1/reports', takeReport(parts))
  post('/v1/erasures', takeTicket(parts))

  get('/v1/sites/:site/counts', c => {
    const site = c.req.param('site') as string
    if (!isListed(parts.sites, site)) return problem(c, 'unknown-site')
    const epoch = parseEpoch(c.req.query('epoch'))
    if (epoch === null)
      return problem(c, 'malformed', {
        detail: 'epoch is not a number of weeks.',
        place: 'epoch',
        mend: 'Give whole weeks since 1970',
      })
    return c.json({ v: 1, site, minimumSize, groups: published(site, epoch) })
  })

  get('/', c => {
    const sites = tally.sites().map(site => ({ site, groups: published(site) }))
    return c.html(toDocument(page(sites, { minimumSize, models, open }, clock.now())))
  })
  get('/problems', c => c.html(toDocument(problemsPage())))
  get('/style.css', c => c.body(`${style}\n${layout}`, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  get('/icon.svg', c => c.body(icon, 200, { 'Content-Type': 'image/svg+xml' }))

  app.notFound(c => problem(c, 'unknown-path'))
  app.onError((error, c) => {
    log(error)
    if (!(error instanceof Unavailable)) return problem(c, 'fault')
    c.header('Retry-After', RETRY_SECONDS)
    return problem(c, 'unavailable')
  })
  return app
}
