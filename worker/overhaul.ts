/**
 * Reads all that is kept, and seals it anew under a fresh key: once an epoch, and where what the device remembers is damaged.
 * What cannot be read is deleted, and the ledger says so. Loaded when it is needed.
 */

import type { Pins } from '../core/correction.ts'
import { dayOf, epochOf } from '../core/epoch.ts'
import { emptyFold, type FoldState } from '../core/feature.ts'
import { type Entry, type Event, FIRST_HASH, type Folded } from '../core/ledger.ts'
import { parseReport } from '../core/report.ts'
import type { Signal } from '../core/signal.ts'
import { GIVEN, LEDGER, ledgerKey, SIGNALS, STATE } from '../store/keys.ts'
import { type DeviceState, emptyState } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'

/** `signals/browsing/020600/000000012` is one of the `records of browsing`. */
const groupOf = (key: string): string => `records of ${key.startsWith(SIGNALS) ? key.split('/')[1] : key.split('/')[0]}`

/** What the site gave is there still; of what the device saw itself it is known only since when. */
const seenIn = (items: readonly Item[], since: number): NonNullable<FoldState['seen']> => ({
  all: dayOf(since),
  ...Object.fromEntries(
    items
      .filter(({ key }) => key.startsWith(GIVEN))
      .flatMap(({ value }) => (value as Signal[]).map(it => [it.kind, 0])),
  ),
})

/** What the ledger tells of the state: where it stopped, what was assigned, set right and sent. The fold is made again. */
const rebuild = (items: readonly Item[], keys: readonly string[], now: number): DeviceState => {
  const ledger = items.filter(({ key }) => key.startsWith(LEDGER))
  const folded = ledger.find(({ key }) => key === ledgerKey(0))?.value as Folded | undefined
  const latest = ledger.filter(({ key }) => key !== ledgerKey(0)).map(({ value }) => value as Entry)
  const entries = [...(folded?.kept ?? []), ...latest]
  const state = emptyState()
  for (const { event } of entries) recall(state, event, now)
  const [first] = entries
  state.fold = { ...emptyFold(), seen: seenIn(items, first?.n === 1 ? first.at : now) }
  // Damaged entries have left their numbers: none is given twice.
  const numbers = keys.filter(key => key.startsWith(LEDGER)).map(key => Number(key.slice(LEDGER.length)))
  const n = Math.max(0, folded?.to ?? 0, ...numbers)
  if (n) state.ledger = { n, hash: latest.at(-1)?.hash ?? folded?.hash ?? FIRST_HASH }
  const reached = latest[0] ? latest[0].n - 1 : folded?.to
  if (reached) state.folded = reached
  return state
}

const recall = (state: DeviceState, event: Event, now: number): void => {
  if (event.type === 'segment') state.assigned[event.segmentation] = event.segment
  else if (event.type === 'report') {
    const { epoch, seq, segment } = parseReport(event.body)
    const before = state.reports[event.segmentation]
    const seqs = { ...before?.seqs, ...(before ? { [before.epoch]: before.seq } : {}) }
    // Whether it arrived is not known any more: it is said again, under the next number.
    state.reports[event.segmentation] = { epoch, seq, seqs, segment, told: null, since: now, queued: null }
  } else if (event.type === 'correction') state.pins = recallPin(state.pins ?? {}, event)
}

const recallPin = (pins: Pins, { what, of, segment }: Extract<Event, { type: 'correction' }>): Pins => {
  const { [of]: before, ...others } = pins
  if (what === 'pinned' && segment) return { ...others, [of]: { ...before, segment } }
  if (what === 'not-me' && segment) return { ...others, [of]: { not: [...(before?.not ?? []), segment] } }
  return what === 'undone' ? others : pins
}

/** @returns whether there was anything to do: another tab may have come first */
export const overhaul = async (vault: Vault, draft: Draft, now: number): Promise<boolean> => {
  const epoch = epochOf(now)
  if (draft.state.ledger && draft.state.keyed === epoch) return false
  const { items, damaged } = await vault.read([''])
  const lost = new Map(draft.state.ledger ? [] : [[groupOf(STATE), 1]])
  for (const key of damaged) if (key !== STATE) lost.set(groupOf(key), (lost.get(groupOf(key)) ?? 0) + 1)
  for (const [what, count] of lost) draft.events.push({ type: 'deletion', why: 'damaged', what, count })
  if (!draft.state.ledger) draft.state = rebuild(items, [...items.map(({ key }) => key), ...damaged], now)
  if (damaged.some(key => key.startsWith(SIGNALS))) {
    draft.state.model = ''
    draft.state.fold.seen = { all: dayOf(now) }
  }
  draft.state.keyed = epoch
  draft.remove.push(...damaged.map(key => [key, `${key}\0`] as const))
  draft.put.push(...items.filter(({ key }) => key !== STATE))
  draft.afresh = true
  return true
}
