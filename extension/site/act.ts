/** Withdraws and deletes from outside the SDK, and gives an account of what the browser then still holds. */

import { decide, SIX_MONTHS } from '../../core/decision.ts'
import { PAGE_KEY, type WaitingTicket } from '../../core/standing.ts'
import { deleteDisk } from '../../store/disk.ts'
import { ticketsFor } from '../../worker/erasure.ts'
import type { Account, Act } from '../sight.ts'
import { withKept } from './kept.ts'
import { dropTails, keepOnlyTickets, ping, write, writeDecision } from './key.ts'
import { readPage, readStanding, remainsHere } from './remains.ts'
import { pause, within } from './within.ts'

/** Held by a worker while it writes. A page can hold it for ever, so correctness never rests on it. */
const LOCK = 'nearside'
const LOCK_WITHIN_MS = 500
/** A page that steps aside does so in a few milliseconds; one that has not by now does not mean to. */
const LET_GO_MS = 1500
/** A ledger that cannot be read in this time keeps nothing from being deleted. */
const TICKETS_WITHIN_MS = 2000
/** Long enough for a page that did not hear to write again, short enough to wait for. */
const LOOK_AGAIN_MS = 400
const LONGEST_REFUSAL_DAYS = 400

/** Runs `act` under the workers' lock, or without it after a while. `act` does not throw. */
const underLock = async (act: () => Promise<void>): Promise<void> => {
  try {
    await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_WITHIN_MS) }, act)
  } catch {
    await act()
  }
}

const removeDatabase = (): Promise<void> => within(LET_GO_MS, deleteDisk()).catch(() => {})

/** As long as the site's own refusals hold, where that can be read. */
export const termOf = (days: unknown): number =>
  Number.isInteger(days) && (days as number) > 0 && (days as number) <= LONGEST_REFUSAL_DAYS
    ? (days as number)
    : SIX_MONTHS

/** What the collector is to be asked to forget. Nothing is sent from here. */
const ticketsDue = (now: number): Promise<readonly WaitingTicket[]> =>
  within(
    TICKETS_WITHIN_MS,
    withKept(vault => ticketsFor(vault, now)),
  ).catch(() => [])

/** A refusal that comes after whatever stands. Where nothing that can be read does, there is nothing to withdraw. */
const refuse = (now: number): number | undefined => {
  const before = readStanding()
  if (!before) return undefined
  const by = (before.by as number) >= 0 ? before.by : undefined
  const refusal = decide(before, { grants: {}, by }, before.notice, now, termOf(readPage().needs?.days))
  writeDecision(refusal)
  return refusal.seq
}

/** The key first, so that nothing is noticed from here on; then the pages are told, and stop; then the database goes. */
const withdraw = async (now: number): Promise<void> => {
  const seq = refuse(now)
  if (seq === undefined) return
  ping(seq)
  keepOnlyTickets(await ticketsDue(now))
  dropTails()
}

/**
 * Tickets outlive the deletion, because they ask the collector to delete as well. Where nothing but tickets is left, deleting
 * means them.
 */
const forget = async (now: number): Promise<void> => {
  const { decision, page, database } = await remainsHere(now)
  const seq = readStanding()?.seq ?? 0
  writeDecision(null)
  ping(seq + 1)
  if (decision || page || database) keepOnlyTickets(await ticketsDue(now))
  else write(PAGE_KEY, null)
  dropTails()
}

const account = async (act: Act, now: number): Promise<Account> => {
  const first = await remainsHere(now)
  await pause(LOOK_AGAIN_MS)
  const remains = await remainsHere(now)
  const returned = (!first.database && remains.database) || (!first.granted && remains.granted)
  return { act, remains, blocked: first.database && remains.database, returned }
}

const once = async (act: Act, now: number): Promise<Account> => {
  await (act === 'withdraw' ? withdraw(now) : forget(now))
  ping('gone')
  await underLock(removeDatabase)
  return account(act, now)
}

/** A page that was about to write when the ping came writes once more, and hears the second ping. */
export const perform = async (act: Act, now: number): Promise<Account> => {
  const first = await once(act, now)
  const again = first.returned || first.remains.granted
  return again && !first.blocked ? once(act, now) : first
}
