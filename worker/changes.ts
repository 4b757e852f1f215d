/** Changes what the device remembers, by compare-and-set: correctness rests on the disk's transaction, never on a lock. */

import { epochOf } from '../core/epoch.ts'
import { append, type Event } from '../core/ledger.ts'
import type { Head } from '../core/ports.ts'
import { ledgerKey, SEEN, STATE } from '../store/keys.ts'
import { type DeviceState, parseState } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'
import type * as Records from './records.entry.ts'

/** A change in the making. `step` functions write into it; nothing is on disk until all of it is. */
export interface Draft {
  head: Head
  state: DeviceState
  readonly put: Item[]
  readonly remove: (readonly [string, string])[]
  readonly events: Event[]
  /** Seals under a fresh key: all that is kept must be in `put`. */
  afresh?: boolean
}

/** Every lost race means that another tab won one: so many in a row do not happen to a person. */
const ATTEMPTS = 64

/** @param records loaded where what the device remembers cannot be read */
export const createChanges = (vault: Vault, records: () => Promise<Pick<typeof Records, 'overhaul'>>) => {
  let cache: { commit: number; state: DeviceState } | undefined

  const load = async (): Promise<{ head: Head; state: DeviceState }> => {
    const head = await vault.head()
    if (cache?.commit === head.commit) return { head, state: structuredClone(cache.state) }
    const read = await vault.read([STATE])
    const value = read.items[0]?.value
    return { head: read.head, state: parseState(value) }
  }

  /**
   * Runs `step` on a fresh draft until it is committed. A step that answers false has nothing to write.
   * @returns the draft as committed, or as left
   */
  const change = async (now: number, step: (draft: Draft) => Promise<boolean>): Promise<Draft> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const draft: Draft = { ...(await load()), put: [], remove: [], events: [] }
      const after = draft.head.commit
      const before = JSON.stringify(draft.state.fold.seen ?? null)
      // Something was written, and what it was is lost: what is left is put in order first, in a commit of its own.
      const lost = after > 0 && !draft.state.ledger
      const wrote = lost ? await (await records()).overhaul(vault, draft, now) : await step(draft)
      if (!wrote) return draft
      const entries = await append(vault.cipher, draft.state.ledger, now, draft.events)
      const last = entries.at(-1)
      if (last) draft.state.ledger = { n: last.n, hash: last.hash }
      if (!after) draft.state.keyed = epochOf(now)
      draft.head = { ...draft.head, commit: after + 1 }
      const ledger = entries.map(entry => ({ key: ledgerKey(entry.n), value: entry }))
      const { head, remove, afresh } = draft
      const firm = draft.events.some(({ type }) => type === 'report')
      const { seen = null } = draft.state.fold
      const known = JSON.stringify(seen) === before ? [] : [{ key: SEEN, value: seen }]
      const put = [...draft.put, ...known, ...ledger, { key: STATE, value: draft.state }]
      if (!(await vault.commit({ after, head, put, remove, afresh, firm }))) continue
      cache = { commit: head.commit, state: structuredClone(draft.state) }
      if (!lost) return draft
    }
    throw new Error(`gave way to other tabs ${ATTEMPTS} times in a row`)
  }

  return { change }
}

export type Changes = ReturnType<typeof createChanges>
