/**
 * Deleting what a site keeps while no tab of it is open. The wish is written down first; the background brings it about, however often
 * it is ended meanwhile; what was found afterwards is written last.
 */

import { DATE, dateOf } from '../core/epoch.ts'
import { integer, list, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { attend } from './attend.ts'
import { parseOrigin } from './origin.ts'
import { createShelf } from './shelf.ts'

/**
 * `next-visit`: before the site's own code runs next, where the visitor lets the extension in. `at-once`: by the browser, now, with all
 * else that the site keeps in its databases and its local storage, erasure tickets included.
 */
export const STRENGTHS = ['next-visit', 'at-once'] as const
export type Strength = (typeof STRENGTHS)[number]

const STATES = ['asked', 'waits', 'gone', 'failed', 'returned'] as const
export type State = (typeof STATES)[number]

export interface Deletion {
  readonly origin: string
  readonly by: Strength
  /** The day (`YYYY-MM-DD`, UTC) on which the visitor asked for it. */
  readonly asked: string
  /**
   * `asked`: written down. `waits`: it is in place, and happens before the site's own code runs next. `gone`: done. `failed`: it cannot
   * be done, see `problem`. `returned`: it was gone, and the site has written anew since.
   */
  readonly state: State
  /** The day of that. */
  readonly since: string
  /** Who saw that it is gone: the site's own page, or only the browser, which says so. */
  readonly verified?: 'page' | 'browser'
  /** `no-access`: the visitor has taken back what it takes. `refused`: the browser would not. */
  readonly problem?: 'no-access' | 'refused'
  /** Requests to forget that still wait on the site for the collector, and the day by which it has forgotten without them. */
  readonly tickets?: number
  readonly until?: string
  /** The visitor has had everything forgotten meanwhile: once it is done, so is this. */
  readonly quiet?: true
}

const MOST = 1000
const day = text(10, DATE, 'a date')

const parseDeletions: Parser<readonly Deletion[]> = list(
  object({
    origin: parseOrigin,
    by: oneOf(STRENGTHS),
    asked: day,
    state: oneOf(STATES),
    since: day,
    verified: optional(oneOf(['page', 'browser'])),
    problem: optional(oneOf(['no-access', 'refused'])),
    tickets: optional(integer(0, 1_000_000)),
    until: optional(day),
    quiet: optional(oneOf([true])),
  }),
  0,
  MOST,
)

const shelf = createShelf<readonly Deletion[]>('deletions', parseDeletions, [])

export const readDeletions = shelf.read
/** @returns what ends it */
export const watchDeletions = shelf.watch

export const isPending = ({ state }: Deletion): boolean => state === 'asked' || state === 'waits'

/** How a deletion turned out. */
export type Found = Pick<Deletion, 'state' | 'verified' | 'problem' | 'tickets' | 'until'>

/** How that of one site turned out, if it was in such a state. */
export interface Outcome {
  readonly origin: string
  readonly from: readonly State[]
  readonly found: Found
}

/** What the background writes as it goes, in one. A deletion that is in another state by now, or was taken back, is left alone. */
export const settleAll = async (outcomes: readonly Outcome[], now: number): Promise<void> => {
  const byOrigin = new Map(outcomes.map(it => [it.origin, it]))
  const outcomeOf = ({ origin, state }: Deletion): Found | undefined => {
    const outcome = byOrigin.get(origin)
    return outcome?.from.includes(state) ? outcome.found : undefined
  }
  const settled = (before: Deletion): readonly Deletion[] => {
    const found = outcomeOf(before)
    if (!found) return [before]
    const { origin, by, asked, quiet } = before
    if (quiet && found.state === 'gone') return []
    return [{ origin, by, asked, since: dateOf(now), ...found, ...(quiet ? { quiet } : {}) }]
  }
  await shelf.edit(all => (all.some(outcomeOf) ? all.flatMap(settled) : all))
}

export const settle = (origin: string, from: readonly State[], found: Found, now: number): Promise<void> =>
  settleAll([{ origin, from, found }], now)

/** The site was seen again. @param kept whether there is a database of Nearside's on it */
export const noteReturn = async (origin: string, kept: boolean, now: number): Promise<void> => {
  if (kept) return settle(origin, ['gone'], { state: 'returned' }, now)
  await shelf.edit(all =>
    all.some(each => each.origin === origin && each.verified === 'browser')
      ? all.map(each => (each.origin === origin ? { ...each, verified: 'page' as const } : each))
      : all,
  )
}

const wish = async (origins: readonly string[], by: Strength, now: number): Promise<readonly Deletion[]> => {
  const today = dateOf(now)
  await shelf.edit(all => {
    const others = all.filter(each => !origins.includes(each.origin))
    const asked = origins.map(origin => ({ origin, by, asked: today, state: 'asked' as const, since: today }))
    // What is done goes first, where there are too many.
    return [...others.filter(it => !isPending(it)), ...others.filter(isPending), ...asked].slice(-MOST)
  })
  await attend()
  const after = await shelf.read()
  return after.filter(each => origins.includes(each.origin))
}

/**
 * Has each site's data deleted before its own code runs next. Ask for access first (`keepEyeOn`).
 * @returns how each stands now: `waits` where it is in place
 */
export const deleteAtNextVisit = (origins: readonly string[], now: number): Promise<readonly Deletion[]> =>
  wish(origins, 'next-visit', now)

/**
 * Has the browser delete each site's databases and local storage, all of it. Ask for that first (`allowAtOnce`).
 * @returns how each stands now: `gone` where the browser has done it
 */
export const deleteAtOnce = (origins: readonly string[], now: number): Promise<readonly Deletion[]> =>
  wish(origins, 'at-once', now)

/** Takes back what still waits, and forgets the account of what is done. */
export const dropDeletion = async (origin: string): Promise<void> => {
  await shelf.edit(all => all.filter(each => each.origin !== origin))
  await attend()
}

/** Forgets every account; what still waits is kept until it is done, since it could not be done otherwise. */
export const forgetAccounts = async (): Promise<void> => {
  await shelf.edit(all => all.filter(isPending).map(each => ({ ...each, quiet: true })))
}
