/**
 * What the visitor wants of every site that uses Nearside, before it asks: kept by the extension, and said to a site only where the
 * visitor has let the extension in. What was chosen on a site itself stands until it is changed there.
 */

import { CATEGORIES, type Grants, grantsOf, NONE, type Pairs, PURPOSES, pairsOf } from '../core/consent.ts'
import { list, mapOf, object, oneOf, optional, type Parser } from '../core/parse.ts'
import { hostOf, parseOrigin } from './origin.ts'
import type { Reach } from './reach.ts'
import { createShelf } from './shelf.ts'

/** `ask`: the site's own question is shown. `refuse`: answered with no. `only`: answered with these pairs, as far as the site offers them. */
export type Answer =
  | { readonly answer: 'ask' }
  | { readonly answer: 'refuse' }
  | { readonly answer: 'only'; readonly grants: Grants }

export interface Defaults {
  readonly everywhere: Answer
  /** By host (`https://shop.example`): all ports of a host share its exception, as browsers let scripts in by host. */
  readonly exceptions: { readonly [host: string]: Answer }
  /** Nothing is noted or sent on any site that the extension may reach; all stays as it is meanwhile. */
  readonly paused: boolean
  /** Sends Global Privacy Control to sites. Chromium only: Firefox has a setting of its own. */
  readonly gpc: boolean
  /**
   * Every page is looked at for Nearside, as far as the browser lets the extension everywhere. A wish of its own: who has the opt-out
   * signal sent to all sites lets it everywhere too, and has not asked for a list of them.
   */
  readonly finds?: true
}

export const NO_DEFAULTS: Defaults = { everywhere: { answer: 'ask' }, exceptions: {}, paused: false, gpc: false }

const MOST_EXCEPTIONS = 1000
const flag = oneOf([true, false])
const parseGrants = mapOf(oneOf(PURPOSES), list(oneOf(CATEGORIES), 0, CATEGORIES.length))

const answers = {
  ask: object({ answer: oneOf(['ask']) }),
  refuse: object({ answer: oneOf(['refuse']) }),
  only: object({ answer: oneOf(['only']), grants: parseGrants }),
} satisfies { [A in Answer['answer']]: Parser<Answer> }

const parseAnswer: Parser<Answer> = (value, place) => {
  const kind = oneOf(Object.keys(answers) as Answer['answer'][])(
    (value as { answer?: unknown } | null)?.answer,
    `${place}.answer`,
  )
  return answers[kind](value, place)
}

/** @throws ParseError */
export const parseDefaults: Parser<Defaults> = object({
  everywhere: parseAnswer,
  exceptions: mapOf(parseOrigin, parseAnswer, MOST_EXCEPTIONS),
  paused: flag,
  gpc: flag,
  finds: optional(oneOf([true])),
})

const shelf = createShelf('defaults', parseDefaults, NO_DEFAULTS)

export const readDefaults = shelf.read
/** @returns what ends it */
export const watchDefaults = shelf.watch

export const setEverywhere = (everywhere: Answer): Promise<Defaults> => shelf.edit(now => ({ ...now, everywhere }))

/** @param answer undefined takes the exception back */
export const setException = (origin: string, answer: Answer | undefined): Promise<Defaults> =>
  shelf.edit(now => {
    const { [hostOf(origin)]: _, ...others } = now.exceptions
    const all = Object.entries(answer ? { ...others, [hostOf(origin)]: answer } : others)
    return { ...now, exceptions: Object.fromEntries(all.slice(-MOST_EXCEPTIONS)) }
  })

export const setPaused = (paused: boolean): Promise<Defaults> => shelf.edit(now => ({ ...now, paused }))

/** Works only where the permissions that `reach.ts` asks for are given. */
export const setGpc = (gpc: boolean): Promise<Defaults> => shelf.edit(now => ({ ...now, gpc }))

/** Works only where the browser lets the extension everywhere. */
export const setFinds = (finds: boolean): Promise<Defaults> =>
  shelf.edit(({ finds: _, ...now }) => ({ ...now, ...(finds ? { finds } : {}) }))

/** Is the opt-out signal really sent? */
export const signals = ({ gpc }: Defaults, reach: Reach): boolean => gpc && reach.gpc && reach.everywhere

/** Is every page really looked at? */
export const findsAll = ({ finds }: Defaults, { everywhere }: Reach): boolean => everywhere && finds === true

/** The answer that a site gets. */
export const answerFor = (defaults: Defaults, origin: string): Answer =>
  defaults.exceptions[hostOf(origin)] ?? defaults.everywhere

/** The pairs an answer grants; undefined where the site is to ask. */
export const pairsIn = (answer: Answer): Pairs | undefined => {
  switch (answer.answer) {
    case 'ask':
      return undefined
    case 'refuse':
      return NONE
    case 'only':
      return pairsOf(answer.grants)
  }
}

/** An answer that grants these pairs and nothing else. */
export const only = (pairs: Pairs): Answer => ({ answer: 'only', grants: grantsOf(pairs) })
