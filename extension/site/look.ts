/** Looks at what a site keeps, with the same code as the site's own worker, and leaves no trace of having looked. */

import type { AccessDocument } from '../../core/access.ts'
import type { Config } from '../../core/config.ts'
import { categoriesIn, grantsOf, pairsOf } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import { readAccess } from '../../store/access.ts'
import type { Decided } from '../parse-kept.ts'
import { parseSight, type Remains, type Sight } from '../sight.ts'
import { loadsNearside } from '../visit/loads-nearside.ts'
import { filesIn, withKept } from './kept.ts'
import { readStanding, remainsHere, tailLength } from './remains.ts'
import { within } from './within.ts'

const LONGEST_PROBLEM = 300

interface Kept {
  readonly kept: AccessDocument | null
  readonly config: Config | null
}

const NOTHING: Kept = { kept: null, config: null }

const readDatabase = (decision: Decision | undefined, now: number): Promise<Kept> =>
  withKept(async vault => {
    try {
      return { kept: await readAccess(vault, decision, now), config: (await filesIn(vault)).config }
    } catch (error) {
      // Only just made: its page has not written yet.
      const { items, damaged } = await vault.read([''])
      if (items.length || damaged.length) throw error
      return NOTHING
    }
  })

const decided = ({ seq, grants, expires, notice, paused }: Decision): Decided => ({
  seq,
  grants: grantsOf(pairsOf(grants)),
  expires,
  notice,
  ...(paused === true ? { paused } : {}),
})

const unreadable = (error: unknown, remains: Remains): Sight => ({
  seen: 'unreadable',
  problem: (error instanceof Error && error.message ? error.message : 'unknown').slice(0, LONGEST_PROBLEM),
  remains,
})

const read = async (now: number, remains: Remains): Promise<Sight> => {
  const stands = readStanding()
  if (remains.decision && !stands) throw new Error('the decision is not one that this version writes')
  const found = remains.database ? await readDatabase(stands, now) : NOTHING
  const decision = stands ? decided(stands) : null
  if (remains.granted && decision) {
    const tail = tailLength()
    return { seen: 'granted', decision, ...found, tail, remains }
  }
  if (remains.database || remains.page || (stands && categoriesIn(stands.grants).length))
    return { seen: 'leftover', decision, ...found, remains }
  return decision ? { seen: 'refused', decision, remains } : { seen: 'erased', remains }
}

/** A page that is longer than this in coming is looked at as it is. */
const READ_WITHIN_MS = 2000

/** Further down in a page that is still coming there may be the tag. */
const pageRead = async (): Promise<void> => {
  if (document.readyState !== 'loading') return
  const read = new Promise(done => addEventListener('DOMContentLoaded', done, { once: true }))
  await within(READ_WITHIN_MS, read).catch(() => {})
}

/** @param now milliseconds since 1970 */
export const look = async (now: number): Promise<Sight> => {
  const remains = await remainsHere(now)
  const { decision, page, database, tickets } = remains
  if (!decision && !page && !database && !tickets) {
    if (!loadsNearside()) await pageRead()
    return { seen: loadsNearside() ? 'undecided' : 'absent' }
  }
  try {
    return parseSight(await read(now, remains))
  } catch (error) {
    return unreadable(error, remains)
  }
}
