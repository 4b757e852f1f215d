/**
 * The sites that were seen to use Nearside: where, when first and last, and what stood there. Never what a site keeps. It is browsing
 * history all the same: nothing of a private window is written, and one click clears it.
 */

import { type Pairs, pairsOf } from '../core/consent.ts'
import { DATE, dateOf } from '../core/epoch.ts'
import { integer, list, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { parseOrigin } from './origin.ts'
import { createShelf } from './shelf.ts'
import type { Sight } from './sight.ts'

/** What stood on a site when it was seen last; `gone`: nothing of Nearside's, where there had been something. */
export const STANDS = ['granted', 'paused', 'refused', 'undecided', 'leftover', 'erased', 'unreadable', 'gone'] as const
export type Stands = (typeof STANDS)[number]

/** The summary of a decision. */
export interface Summary {
  readonly stands: Stands
  /** What is granted, see `core/consent.ts`. */
  readonly pairs?: Pairs
  /** The first day (`YYYY-MM-DD`) on which the decision no longer holds. */
  readonly expires?: string
}

export interface Site extends Summary {
  readonly origin: string
  /** Days (`YYYY-MM-DD`, UTC). */
  readonly firstSeen: string
  readonly lastSeen: string
}

/** Where something was seen, as the browser tells it, not the page. */
export interface Where {
  readonly origin: string
  /** Was it in a private window? */
  readonly incognito: boolean
}

/** About 150 kB; the sites not seen for longest go first. */
export const MOST_SITES = 1000
const ALL_PAIRS = 0xffff

const day = text(10, DATE, 'a date')

const summary = {
  stands: oneOf(STANDS),
  pairs: optional(integer(0, ALL_PAIRS) as Parser<Pairs>),
  expires: optional(day),
}

export const parseSummary: Parser<Summary> = object(summary)

const parseSites: Parser<readonly Site[]> = list(
  object({ origin: parseOrigin, firstSeen: day, lastSeen: day, ...summary }),
  0,
  MOST_SITES,
)

const shelf = createShelf<readonly Site[]>('sites', parseSites, [])

/** In no order that means anything. */
export const readIndex = shelf.read
/** @returns what ends it */
export const watchIndex = shelf.watch

const same = (a: Site, b: Site): boolean =>
  a.lastSeen === b.lastSeen && a.stands === b.stands && a.pairs === b.pairs && a.expires === b.expires

const latest = (sites: readonly Site[]): readonly Site[] =>
  sites.length <= MOST_SITES
    ? sites
    : [...sites].sort((a, b) => b.lastSeen.localeCompare(a.lastSeen)).slice(0, MOST_SITES)

/**
 * Writes down that a site was seen. `gone` is only worth a line where there is one already.
 * @param now milliseconds since 1970; only its day is kept
 */
export const noteSite = async ({ origin, incognito }: Where, seen: Summary, now: number): Promise<void> => {
  if (incognito) return
  await shelf.edit(sites => {
    const before = sites.find(site => site.origin === origin)
    if (!before && seen.stands === 'gone') return sites
    const lastSeen = dateOf(now)
    const site: Site = { origin, firstSeen: before?.firstSeen ?? lastSeen, lastSeen, ...seen }
    if (before && same(before, site)) return sites
    return latest([...sites.filter(each => each !== before), site])
  })
}

/** What of a sight goes into the index. */
export const summaryOf = (sight: Sight): Summary => {
  switch (sight.seen) {
    case 'absent':
      return { stands: 'gone' }
    case 'undecided':
    case 'erased':
    case 'unreadable':
      return { stands: sight.seen }
    case 'granted':
    case 'refused':
    case 'leftover': {
      const { decision } = sight
      const stands = sight.seen === 'granted' && decision?.paused ? 'paused' : sight.seen
      return { stands, ...(decision && { pairs: pairsOf(decision.grants), expires: decision.expires }) }
    }
  }
}

export const unlist = async (origins: readonly string[]): Promise<void> => {
  await shelf.edit(sites => sites.filter(({ origin }) => !origins.includes(origin)))
}

export const forgetIndex = async (): Promise<void> => {
  await shelf.edit(() => [])
}
