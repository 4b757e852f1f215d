/** Changes what the device remembers, by compare-and-set: correctness rests on the disk's transaction, never on a lock. */

import { append, type Event } from '../core/ledger.ts'
import type { Head } from '../core/ports.ts'
import { ledgerKey, STATE } from '../store/keys.ts'
import { type DeviceState, parseState } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'

/** A change in the making. `step` functions write into it; nothing is on disk until all of it is. */
export interface Draft {
  head: Head
  state: DeviceState
  readonly put: Item[]
  readonly remove: (readonly [string, string])[]
  readonly events: Event[]
}

/** Every lost race means that another tab won one: so many in a row do not happen to a person. */
const ATTEMPTS = 64

export const createChanges = (vault: Vault) => {
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
      if (!(await step(draft))) return draft
      const entries = await append(vault.cipher, draft.state.ledger, now, draft.events)
      const last = entries.at(-1)
      if (last) draft.state.ledger = { n: last.n, hash: last.hash }
      draft.head = { ...draft.head, commit: after + 1 }
      const ledger = entries.map(entry => ({ key: ledgerKey(entry.n), value: entry }))
      const put = [...draft.put, ...ledger, { key: STATE, value: draft.state }]
      if (await vault.commit({ after, head: draft.head, put, remove: draft.remove })) {
        cache = { commit: draft.head.commit, state: structuredClone(draft.state) }
        return draft
      }
    }
    throw new Error(`gave way to other tabs ${ATTEMPTS} times in a row`)
  }

  return { change }
}

export type Changes = ReturnType<typeof createChanges>
