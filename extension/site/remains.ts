/** What of Nearside's is on this origin. Runs in the page's isolated world, where the page's own patches do not reach. */

import { NONE } from '../../core/consent.ts'
import { type Decision, grantedBy } from '../../core/decision.ts'
import { DATE } from '../../core/epoch.ts'
import {
  type Batch,
  PAGE_KEY,
  type PageState,
  parsePageState,
  parseStanding,
  parseTail,
  printPageState,
  STANDING_KEY,
  TAIL_KEY,
} from '../../core/standing.ts'
import { DATABASE } from '../../store/database.ts'
import type { Remains } from '../sight.ts'
import { within } from './within.ts'

/** Pages keep a tail of 2,000 characters and some tickets; what is longer was not written by the SDK, and is not parsed. */
const LONGEST_KEY = 100_000
const ANSWER_WITHIN_MS = 3000

/** A key's text; null where there is none, or where the page may not have storage at all. */
const readKey = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const short = (raw: string | null): string | null => (raw !== null && raw.length <= LONGEST_KEY ? raw : null)

/** The browser's own opt-out signal, which holds here as it does in the page. */
export const optedOut = (): boolean | undefined =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

/** @param signal whether that is to count: whoever writes the decision again looks past it */
export const readStanding = (signal = optedOut()): Decision | undefined =>
  parseStanding(short(readKey(STANDING_KEY)), signal)
export const readPage = (): PageState => parsePageState(short(readKey(PAGE_KEY)))

/** The keys of pages' last words: signals on their way to the database. */
export const tailKeys = (): string[] => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(TAIL_KEY))
  } catch {
    return []
  }
}

/** What waits in them. */
export const readTails = (): { readonly key: string; readonly batches: readonly Batch[] }[] =>
  tailKeys().map(key => ({ key, batches: parseTail(short(readKey(key)) ?? '') }))

/** How many signals wait in them. */
export const tailLength = (): number =>
  readTails()
    .flatMap(({ batches }) => batches)
    .flatMap(batch => batch.signals).length

/** Anything but tickets, and anything that is not understood. */
const hasPageNotes = (): boolean => {
  const raw = readKey(PAGE_KEY)
  return tailKeys().length > 0 || (raw !== null && raw !== printPageState({ tickets: readPage().tickets }, false))
}

/** Names of all databases of this origin; none where it may not have any. */
const databases = async (): Promise<(string | undefined)[]> => {
  try {
    return (await within(ANSWER_WITHIN_MS, indexedDB.databases())).map(({ name }) => name)
  } catch {
    return []
  }
}

/** @param now milliseconds since 1970 */
export const remainsHere = async (now: number): Promise<Remains> => {
  const decision = readStanding()
  const { tickets = [] } = readPage()
  const names = await databases()
  const until = tickets
    .map(ticket => String(ticket?.until))
    .filter(day => DATE.test(day))
    .sort()
    .at(-1)
  return {
    decision: readKey(STANDING_KEY) !== null,
    page: hasPageNotes(),
    granted: grantedBy(decision, now, decision?.notice ?? '') !== NONE,
    database: names.includes(DATABASE),
    tickets: tickets.length,
    ...(until ? { until } : {}),
    others: names.filter(name => name !== DATABASE).length,
  }
}
