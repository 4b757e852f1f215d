/** What stands on this page's site, for the index: keys and the names of databases, and nothing that is kept in them. */

import { pairsOf } from '../../core/consent.ts'
import type { Remains } from '../sight.ts'
import { readStanding, remainsHere } from '../site/remains.ts'
import { pause } from '../site/within.ts'
import type { Stands, Summary } from '../site-index.ts'
import { loadsNearside } from './loads-nearside.ts'

const standsWith = (remains: Remains, readable: boolean, paused: boolean): Stands => {
  if (remains.decision && !readable) return 'unreadable'
  if (remains.granted) return paused ? 'paused' : 'granted'
  if (remains.database || remains.page) return 'leftover'
  if (remains.decision) return 'refused'
  return remains.tickets ? 'erased' : 'undecided'
}

/** A database that is being deleted, or only tried to be opened, is named for a moment more. */
const LOOK_AGAIN_MS = 400

const settled = async (now: number): Promise<Remains> => {
  const first = await remainsHere(now)
  if (!first.database) return first
  await pause(LOOK_AGAIN_MS)
  return remainsHere(now)
}

/**
 * @param asked whether the page has asked, which is use enough
 * @param now milliseconds since 1970
 * @returns undefined where nothing is Nearside's; `kept`: is there a database?
 */
export const summaryHere = async (
  asked: boolean,
  now: number,
): Promise<{ readonly summary: Summary; readonly kept: boolean } | undefined> => {
  const remains = await settled(now)
  const decision = readStanding()
  const kept = remains.database
  if (!(asked || remains.decision || remains.page || kept || remains.tickets || loadsNearside())) return undefined
  const stands = standsWith(remains, decision !== undefined, decision?.paused === true)
  return { summary: { stands, ...(decision && { pairs: pairsOf(decision.grants), expires: decision.expires }) }, kept }
}
