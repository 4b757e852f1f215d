/**
 * The boundary between the popup and a site's page. The popup asks; the script in the page's isolated world answers with plain
 * data. What a site stores is what the site claims, so an answer is parsed on both sides of the boundary.
 */

import type { AccessDocument } from '../core/access.ts'
import { type Config, parseDraft } from '../core/config.ts'
import { DATE } from '../core/epoch.ts'
import { integer, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { type Decided, nullable, parseDecided, parseKept } from './parse-kept.ts'

export const ACTS = ['withdraw', 'erase'] as const
export type Act = (typeof ACTS)[number]

/** What of Nearside's is on the site's origin, as the browser itself tells it. */
export interface Remains {
  /** Does a decision stand in `localStorage`, readable or not? */
  readonly decision: boolean
  /** Does it grant anything today? */
  readonly granted: boolean
  /** Do pages keep anything there for the next one, tickets apart? */
  readonly page: boolean
  readonly database: boolean
  /** Erasure tickets that wait, and the day by which the collector has forgotten without them. */
  readonly tickets: number
  readonly until?: string
  /** The site's databases that are not Nearside's: never opened, never deleted. */
  readonly others: number
}

/** What is seen on a site. */
export type Sight =
  /** Nothing of Nearside's: no script, no key, no database. */
  | { readonly seen: 'absent' }
  /** The site's page loads Nearside; nothing is decided and nothing kept. */
  | { readonly seen: 'undecided' }
  /** A refusal, and nothing else. */
  | { readonly seen: 'refused'; readonly decision: Decided; readonly remains: Remains }
  /** A grant in force. `kept` is null where nothing is yet; `tail` counts notes that still wait beside the key. */
  | {
      readonly seen: 'granted'
      readonly decision: Decided
      /** As the site's own `exportData()` tells it. */
      readonly kept: AccessDocument | null
      /** What the site asks for and in whose name, as it was kept when it was last asked: what switches and receipts need. */
      readonly config: Config | null
      readonly tail: number
      readonly remains: Remains
    }
  /** Nothing is granted today, and yet something is kept: the decision is missing, ran out, or is a refusal. */
  | {
      readonly seen: 'leftover'
      readonly decision: Decided | null
      readonly kept: AccessDocument | null
      readonly config: Config | null
      readonly remains: Remains
    }
  /** All is deleted but the requests to forget that the collector has not answered. */
  | { readonly seen: 'erased'; readonly remains: Remains }
  /** Something is kept that this version does not understand. */
  | { readonly seen: 'unreadable'; readonly problem: string; readonly remains: Remains }

/** What was found on the site after an act. */
export interface Account {
  readonly act: Act
  readonly remains: Remains
  /** A page holds the database open, and does not let go. */
  readonly blocked: boolean
  /** It was gone, and a page has written it anew since. */
  readonly returned: boolean
}

const MOST = 1_000_000
const flag = oneOf([true, false])

export const parseRemains: Parser<Remains> = object({
  decision: flag,
  granted: flag,
  page: flag,
  database: flag,
  tickets: integer(0, MOST),
  until: optional(text(10, DATE, 'a date')),
  others: integer(0, MOST),
})

const kept = nullable(parseKept)
/** Read anew from its own text on either side: the parser of configs fills in what is absent, and lets through what it has read. */
const config = nullable<Config>((value, place) => parseDraft(JSON.stringify(value), place))

const sights = {
  absent: object({ seen: oneOf(['absent']) }),
  undecided: object({ seen: oneOf(['undecided']) }),
  refused: object({ seen: oneOf(['refused']), decision: parseDecided, remains: parseRemains }),
  granted: object({
    seen: oneOf(['granted']),
    decision: parseDecided,
    kept,
    config,
    tail: integer(0, MOST),
    remains: parseRemains,
  }),
  leftover: object({
    seen: oneOf(['leftover']),
    decision: nullable(parseDecided),
    kept,
    config,
    remains: parseRemains,
  }),
  erased: object({ seen: oneOf(['erased']), remains: parseRemains }),
  unreadable: object({ seen: oneOf(['unreadable']), problem: text(300), remains: parseRemains }),
} satisfies { [S in Sight['seen']]: Parser<Sight> }

/** Reads what a page answered to `look`. @throws ParseError */
export const parseSight = (value: unknown, place = 'sight'): Sight => {
  const seen = oneOf(Object.keys(sights) as Sight['seen'][])(
    (value as { seen?: unknown } | null)?.seen,
    `${place}.seen`,
  )
  return sights[seen](value, place)
}

/** Reads what a page answered to an act. @throws ParseError */
export const parseAccount: Parser<Account> = object({
  act: oneOf(ACTS),
  remains: parseRemains,
  blocked: flag,
  returned: flag,
})
