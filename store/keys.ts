/** Names of records. Numbers are padded, so that key order is the order in time. */

import { CATEGORIES, type Category } from '../core/consent.ts'
import { dayOf } from '../core/epoch.ts'
import { startingWith } from './disk.ts'

export const STATE = 'state'
/** The config and model that what is kept was made with. */
export const SITE = 'site'
export const LEDGER = 'ledger/'
export const SIGNALS = 'signals/'

/** Since when which signals are known here, once more: the state cannot be made again without it. */
export const SEEN = 'seen'

/** Ids of what the visitor took out of an account: not taken in again. */
export const FORGOTTEN = 'forgotten'

/** `signals/browsing/020600/000000012` is one of the `records of browsing`. */
const groupOf = (key: string): string => `records of ${key.startsWith(SIGNALS) ? key.split('/')[1] : key.split('/')[0]}`

/** How many records of which kind these are. */
export const countByGroup = (keys: readonly string[]): { readonly [what: string]: number } => {
  const counts: { [what: string]: number } = {}
  for (const key of keys) counts[groupOf(key)] = (counts[groupOf(key)] ?? 0) + 1
  return counts
}

const pad = (n: number, digits: number): string => String(n).padStart(digits, '0')

export const ledgerKey = (n: number): string => LEDGER + pad(n, 9)

/** What the site gave of its customer's account, by the day on which it gave it. */
export const GIVEN = `${SIGNALS}account/`
export const givenKey = (at: number, commit: number): string => `${GIVEN}${pad(dayOf(at), 6)}/${pad(commit, 9)}`

/** Signals of one category and day, written by one commit. */
export const signalsKey = (category: Category, at: number, commit: number): string =>
  `${SIGNALS}${category}/${pad(dayOf(at), 6)}/${pad(commit, 9)}`

/** All signals of one category and day. */
export const dayPrefix = (category: Category, day: number): string =>
  `${SIGNALS}${category}/${pad(Math.max(0, day), 6)}`

export const allOf = (category: Category): [string, string] => startingWith(`${SIGNALS}${category}/`)

/** The signals of each category that are older than it is kept. @param retention UTC days, today included, by category */
export const outOfDate = (retention: { readonly [C in Category]?: number }, now: number): [string, string][] =>
  CATEGORIES.map(category => [
    `${SIGNALS}${category}/`,
    `${SIGNALS}${category}/${pad(Math.max(0, dayOf(now) - (retention[category] ?? 0) + 1), 6)}`,
  ])
