/** Looks at what a site keeps, with the same code as the site's own worker, and leaves no trace of having looked. */

import type { AccessDocument } from '../../core/access.ts'
import { categoriesIn, grantsOf, pairsOf } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import { readAccess } from '../../store/access.ts'
import { keyring } from '../../store/cipher.ts'
import { openExistingDisk } from '../../store/disk.ts'
import { createVault } from '../../store/vault.ts'
import type { Decided } from '../parse-kept.ts'
import { parseSight, type Remains, type Sight } from '../sight.ts'
import { readStanding, remainsHere, tailLength } from './remains.ts'
import { within } from './within.ts'

/** Opening waits for as long as another tab upgrades or deletes; longer than this is not a wait but a fault. */
const OPEN_WITHIN_MS = 3000
/** Ten times what 50,000 signals take on a slow laptop. */
const READ_WITHIN_MS = 10_000
const LONGEST_PROBLEM = 300

const SCRIPT = /(^|\/)nearside\.js([?#]|$)/

const readDatabase = async (decision: Decision | undefined, now: number): Promise<AccessDocument> => {
  const opening = openExistingDisk(() => {})
  const disk = await within(OPEN_WITHIN_MS, opening).catch(error => {
    void opening.then(late => late?.close()).catch(() => {})
    throw error
  })
  if (!disk) throw new Error('the database holds no key of this version')
  const vault = createVault(disk, keyring)
  try {
    return await within(READ_WITHIN_MS, readAccess(vault, decision, now))
  } finally {
    vault.close()
  }
}

const decided = ({ seq, grants, expires, notice, paused }: Decision): Decided => ({
  seq,
  grants: grantsOf(pairsOf(grants)),
  expires,
  notice,
  ...(paused === true ? { paused } : {}),
})

const loadsNearside = (): boolean =>
  [...document.querySelectorAll('script[data-config]')].some(it => SCRIPT.test(it.getAttribute('src') ?? ''))

const unreadable = (error: unknown, remains: Remains): Sight => ({
  seen: 'unreadable',
  problem: (error instanceof Error && error.message ? error.message : 'unknown').slice(0, LONGEST_PROBLEM),
  remains,
})

const read = async (now: number, remains: Remains): Promise<Sight> => {
  const stands = readStanding()
  if (remains.decision && !stands) throw new Error('the decision is not one that this version writes')
  const kept = remains.database ? await readDatabase(stands, now) : null
  const decision = stands ? decided(stands) : null
  if (remains.granted && decision) {
    const tail = tailLength()
    return { seen: 'granted', decision, kept, tail, remains }
  }
  if (kept || remains.page || (stands && categoriesIn(stands.grants).length))
    return { seen: 'leftover', decision, kept, remains }
  return decision ? { seen: 'refused', decision, remains } : { seen: 'erased', remains }
}

/** @param now milliseconds since 1970 */
export const look = async (now: number): Promise<Sight> => {
  const remains = await remainsHere(now)
  const { decision, page, database, tickets } = remains
  if (!decision && !page && !database && !tickets) return { seen: loadsNearside() ? 'undecided' : 'absent' }
  try {
    return parseSight(await read(now, remains))
  } catch (error) {
    return unreadable(error, remains)
  }
}
