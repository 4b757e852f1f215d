/** What of Nearside's is on this origin. Runs in the page's isolated world, where the page's own patches do not reach. */

import { NONE } from '../../core/consent.ts'
import { grantedBy } from '../../core/decision.ts'
import { DATE } from '../../core/epoch.ts'
import { parseStanding, STANDING_KEY, type Standing } from '../../core/standing.ts'
import { DATABASE } from '../../store/disk.ts'
import type { Remains } from '../sight.ts'
import { within } from './within.ts'

/** The SDK's key has a tail of 2,000 characters and some tickets; what is longer was not written by it, and is not parsed. */
const LONGEST_KEY = 100_000
const ANSWER_WITHIN_MS = 3000

/** The key's text; null where there is none, or where the page may not have storage at all. */
export const readKey = (): string | null => {
  try {
    return localStorage.getItem(STANDING_KEY)
  } catch {
    return null
  }
}

export const readStanding = (raw: string | null): Standing =>
  raw !== null && raw.length <= LONGEST_KEY ? parseStanding(raw) : {}

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
  const raw = readKey()
  const { decision, tickets = [] } = readStanding(raw)
  const names = await databases()
  const until = tickets
    .map(ticket => String(ticket?.until))
    .filter(day => DATE.test(day))
    .sort()
    .at(-1)
  return {
    key: raw !== null,
    granted: grantedBy(decision, now, decision?.notice ?? '') !== NONE,
    database: names.includes(DATABASE),
    tickets: tickets.length,
    ...(until ? { until } : {}),
    others: names.filter(name => name !== DATABASE).length,
  }
}
