/** `POST /v1/reports` and `POST /v1/erasures`: all that devices ever send. */

import type { Context } from 'hono'
import { ParseError } from '../core/parse.ts'
import { parseAnyReport } from '../core/private-report.ts'
import { parseTicket, REPORT_BYTES } from '../core/report.ts'
import { isPlain, readBody } from './body.ts'
import type { Parts } from './collector.ts'
import { problem } from './problem.ts'
import { Unavailable } from './tally/database.ts'
import { isOpen } from './tally/open-epochs.ts'

/** As long as a pseudonym: a misplaced one must not come back in an answer. */
const LIKE_PSEUDONYM = /[\w-]{22,}/g

const parsed = async <T>(c: Context, parse: (body: string) => T): Promise<T | Response> => {
  if (!isPlain(c.req.raw.headers)) return problem(c, 'wrong-type')
  const body = await readBody(c.req, REPORT_BYTES)
  if (body === undefined) return problem(c, 'too-long')
  try {
    return parse(body)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const place = error.place.replace(LIKE_PSEUDONYM, '…')
    return problem(c, 'malformed', {
      detail: `${place} is not as it should be. ${error.mend}.`,
      place,
      mend: error.mend,
    })
  }
}

/** Is it a site that is counted here? Where none is listed, all are. */
export const isListed = (sites: readonly string[] | undefined, site: string): boolean => !sites || sites.includes(site)

export const takeReport =
  ({ tally, clock, sites, origins }: Parts) =>
  async (c: Context): Promise<Response> => {
    const origin = c.req.header('Origin')
    if (origins && origin !== undefined && !origins.includes(origin)) return problem(c, 'other-origin')
    const report = await parsed(c, parseAnyReport)
    if (report instanceof Response) return report
    if (!isListed(sites, report.site)) return problem(c, 'unknown-site')
    const now = clock.now()
    if (!isOpen(report.epoch, now)) return problem(c, 'wrong-epoch')
    const put = await tally.put(report, now)
    switch (put) {
      case 'kept':
      case 'older':
        return c.body(null, 204)
      case 'closed':
        return problem(c, 'wrong-epoch')
      case 'erased':
        return problem(c, 'erased')
      case 'full':
        throw new Unavailable('FULL')
      default:
        return put satisfies never
    }
  }

/** Answers the same whether there was something to erase or not. From any origin: the visitor's extension sends them too. */
export const takeTicket =
  ({ tally, clock, sites }: Parts) =>
  async (c: Context): Promise<Response> => {
    const ticket = await parsed(c, parseTicket)
    if (ticket instanceof Response) return ticket
    // No report of another site is taken, so none can come back: it needs no tombstone, but what is left of it goes.
    await tally.erase(ticket, clock.now(), isListed(sites, ticket.site))
    return c.body(null, 204)
  }
