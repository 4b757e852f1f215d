/**
 * What may be asked of the script in a site's page, and what it answers. Each request names the origin that the visitor is shown: no
 * other is ever changed, or taken for it. What was done is told with what is seen afterwards.
 */

import type { Category } from '../core/consent.ts'
import { CATEGORIES, type Grants, PURPOSES, type Purpose } from '../core/consent.ts'
import type { Correction } from '../core/correction.ts'
import { type LogHead, parseHead } from '../core/log.ts'
import { DIFFERING, type Differing, MODEL_FAULTS } from '../core/model-fault.ts'
import { integer, list, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { type Account, type Act, parseSight, type Sight } from './sight.ts'

/** Milliseconds since 1970, both included; without any of it nothing is meant. */
export interface Scope {
  readonly category?: Category
  readonly from?: number
  readonly to?: number
}

export type Change =
  /** From now on exactly this, which is no more than the site asks for. `seq` is that of the decision the visitor was shown. */
  | {
      readonly ask: 'decide'
      readonly seq: number
      readonly grants: Grants
      /** Who may receive, by name; absent, those who may now. */
      readonly recipients?: readonly string[]
    }
  /** Nothing is noted or sent until it is ended; what is kept stays. */
  | { readonly ask: 'pause'; readonly paused: boolean }
  /** A signal or an answer changed or removed; a segment chosen, ruled out, or left to be computed again. */
  | { readonly ask: 'correct'; readonly correction: Correction }
  /** Signals of a category, of a stretch of time, or both. */
  | { readonly ask: 'remove'; readonly scope: Scope }

/** Compares what is at work here, and what the site serves to one who brings no cookie, with the site's public log. */
export interface Check {
  readonly ask: 'check'
  /** The log's head as the extension saw it last. */
  readonly seen?: LogHead
}

/** `origin`: of the page that is meant. */
export type Request = ({ readonly ask: 'look' | Act } | Change | Check) & { readonly origin: string }

export type Answer = Sight | Account | Changed | Checked | null

/**
 * Why nothing was changed: the decision is not the one that was shown; nothing is granted; more than the site asks for; what is
 * kept cannot be opened or written; or the correction does not fit what is kept.
 */
export const REFUSED = ['outdated', 'not-granted', 'not-offered', 'unwritable', 'unfit'] as const
export type Refused = (typeof REFUSED)[number]

/** What became of a change. */
export interface Changed {
  /** How many signals, answers or choices it touched; 0 where it was refused, or there was nothing to do. */
  readonly count: number
  readonly refused?: Refused
  /** In more words, for whoever looks closer: English. */
  readonly problem?: string
  /** What is seen on the site afterwards. */
  readonly sight: Sight
}

/** `logged`: it stands last in the log of the site, which begins as it did when it was last seen. */
export const VERDICTS = ['logged', ...MODEL_FAULTS] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Checked {
  /** Of the config and the model that are at work here. */
  readonly kept: Verdict
  /** Of those that the site serves now. */
  readonly served: Verdict
  /** The log's head: the next check is to begin with it. Absent where the site has no log, or it could not be had. */
  readonly head?: LogHead
  /** Signs that others may be served something else. */
  readonly differing?: readonly Differing[]
}

const MOST = 1_000_000

/** What is left when a switch is turned: of a purpose, of a category, or of the pair of both. Only what is offered is turned on. */
export const switched = (
  grants: Grants,
  offer: { readonly purposes: readonly Purpose[]; readonly categories: readonly Category[] },
  { purpose, category, on }: { readonly purpose?: Purpose; readonly category?: Category; readonly on: boolean },
): Grants => {
  const after = (of: Purpose): readonly Category[] =>
    CATEGORIES.filter(each => {
      const meant = (!purpose || purpose === of) && (!category || category === each)
      if (!meant) return grants[of]?.includes(each)
      return on && offer.purposes.includes(of) && offer.categories.includes(each)
    })
  const made = PURPOSES.map(of => [of, after(of)] as const).filter(([, categories]) => categories.length)
  return Object.fromEntries(made)
}

/** Reads what a page answered to a change. @throws ParseError */
export const parseChanged: Parser<Changed> = object({
  count: integer(0, MOST),
  refused: optional(oneOf(REFUSED)),
  problem: optional(text(300)),
  sight: parseSight,
})

/** Reads what a page answered to a check. @throws ParseError */
export const parseChecked: Parser<Checked> = object({
  kept: oneOf(VERDICTS),
  served: oneOf(VERDICTS),
  head: optional(parseHead),
  differing: optional(list(oneOf(DIFFERING), 1, DIFFERING.length)),
})
