/** Withdraws and deletes from outside the SDK, and gives an account of what the browser then still holds. */

import { decide } from '../../core/decision.ts'
import { PAGE_KEY, printPageState, printStanding, STANDING_KEY } from '../../core/standing.ts'
import { deleteDisk } from '../../store/disk.ts'
import type { Account, Act } from '../sight.ts'
import { readPage, readStanding, remainsHere, tailKeys } from './remains.ts'
import { pause, within } from './within.ts'

/** The channel on which the pages of a site hear that the decision is to be read again. */
const CHANNEL = 'nearside'
const READ_AGAIN = 'gone'
/** Held by a worker while it writes. A page can hold it for ever, so correctness never rests on it. */
const LOCK = 'nearside'
const LOCK_WITHIN_MS = 500
/** A page that steps aside does so in a few milliseconds; one that has not by now does not mean to. */
const LET_GO_MS = 1500
/** Long enough for a page that did not hear to write again, short enough to wait for. */
const LOOK_AGAIN_MS = 400
/** As long as the SDK keeps a refusal where the site sets nothing else, in days. */
const REFUSAL_DAYS = 180
const LONGEST_REFUSAL_DAYS = 400

/** Every open page stops on the ping itself, before it has read anything. */
const ping = (): void => {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(READ_AGAIN)
  channel.close()
}

/** Runs `act` under the workers' lock, or without it after a while. `act` does not throw. */
const underLock = async (act: () => Promise<void>): Promise<void> => {
  try {
    await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_WITHIN_MS) }, act)
  } catch {
    await act()
  }
}

const removeDatabase = (): Promise<void> => within(LET_GO_MS, deleteDisk()).catch(() => {})

const write = (key: string, text: string | null): void => {
  if (text === null) localStorage.removeItem(key)
  else localStorage.setItem(key, text)
}

/** As long as the site's own refusals hold, where that can be read. */
const refusalDays = (days: unknown): number =>
  Number.isInteger(days) && (days as number) > 0 && (days as number) <= LONGEST_REFUSAL_DAYS
    ? (days as number)
    : REFUSAL_DAYS

/** A refusal that comes after whatever stands. Where nothing that can be read does, there is nothing to withdraw. */
const refuse = async (now: number): Promise<void> => {
  const [decision, { needs, tickets }] = [readStanding(), readPage()]
  if (!decision) return
  const refusal = decide(decision, { grants: {} }, decision.notice, now, refusalDays(needs?.days))
  write(STANDING_KEY, printStanding(refusal))
  write(PAGE_KEY, printPageState({ tickets }, false))
  for (const key of tailKeys()) write(key, null)
}

/**
 * Tickets outlive the deletion, because they ask the collector to delete as well. Where nothing but tickets is left, deleting
 * means them.
 */
const forget = async (now: number): Promise<void> => {
  const { decision, page, database } = await remainsHere(now)
  const { tickets } = readPage()
  const more = decision || page || database
  write(STANDING_KEY, null)
  write(PAGE_KEY, more ? printPageState({ tickets }, false) : null)
  for (const key of tailKeys()) write(key, null)
}

const account = async (act: Act, now: number): Promise<Account> => {
  const first = await remainsHere(now)
  await pause(LOOK_AGAIN_MS)
  const remains = await remainsHere(now)
  const returned = (!first.database && remains.database) || (!first.granted && remains.granted)
  return { act, remains, blocked: first.database && remains.database, returned }
}

/** The key first, so that nothing is noticed from here on; then the pages are told; then the database goes. */
const once = async (act: Act, now: number): Promise<Account> => {
  await (act === 'withdraw' ? refuse(now) : forget(now))
  ping()
  await underLock(removeDatabase)
  return account(act, now)
}

/** A page that was about to write when the ping came writes once more, and hears the second ping. */
export const perform = async (act: Act, now: number): Promise<Account> => {
  const first = await once(act, now)
  const again = first.returned || first.remains.granted
  return again && !first.blocked ? once(act, now) : first
}
