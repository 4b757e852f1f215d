/**
 * Reads all that is kept, and seals it anew under a fresh key: once an epoch, and where what the device remembers is damaged.
 * What cannot be read is deleted, and the ledger says so. Loaded when it is needed.
 */

import type { Pins } from '../core/correction.ts'
import { type Day, dayOf, epochOf } from '../core/epoch.ts'
import { emptyFold, type FoldState } from '../core/feature.ts'
import { type Entry, type Event, FIRST_HASH, type Folded } from '../core/ledger.ts'
import { parseAnyReport } from '../core/private-report.ts'
import { countByGroup, LEDGER, ledgerKey, SEEN, SIGNALS, STATE } from '../store/keys.ts'
import { type DeviceState, emptyState } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'

/** What the ledger tells of the state: where it stopped, what was assigned, set right and sent. The fold is made again. */
const rebuild = (items: readonly Item[], keys: readonly string[], now: number): DeviceState => {
  const noted = items.find(({ key }) => key === SEEN)?.value as FoldState['seen']
  const ledger = items.filter(({ key }) => key.startsWith(LEDGER))
  const folded = ledger.find(({ key }) => key === ledgerKey(0))?.value as Folded | undefined
  const latest = ledger.filter(({ key }) => key !== ledgerKey(0)).map(({ value }) => value as Entry)
  const entries = [...(folded?.kept ?? []), ...latest]
  const state = emptyState()
  for (const { event } of entries) recall(state, event, now)
  state.fold = { ...emptyFold(), seen: noted ?? { all: dayOf(now) } }
  // Damaged entries have left their numbers: none is given twice.
  const numbers = keys.filter(key => key.startsWith(LEDGER)).map(key => Number(key.slice(LEDGER.length)))
  const n = Math.max(0, folded?.to ?? 0, ...numbers)
  if (n) state.ledger = { n, hash: latest.at(-1)?.hash ?? folded?.hash ?? FIRST_HASH }
  const reached = latest[0] ? latest[0].n - 1 : folded?.to
  if (reached) state.folded = reached
  return state
}

const recall = (state: DeviceState, event: Event, now: number): void => {
  // For how long it had been paused is not looked for: what came before is not known any more once it goes on.
  if (event.type === 'decision') state.paused = event.paused ? (0 as Day) : undefined
  else if (event.type === 'segment') state.assigned[event.segmentation] = event.segment
  else if (event.type === 'report') {
    const report = parseAnyReport(event.body)
    const { epoch, segment } = report
    if ('token' in report) {
      const forgotten = ((state.budget?.forgotten ?? 0) * 10 + (event.epsilon ?? 0) * 10) / 10
      state.budget = { asked: [], forgotten }
    }
    const once = 'token' in report ? ({ once: true } as const) : {}
    const seq = 'token' in report ? 1 : report.seq
    const before = state.reports[event.segmentation]
    const seqs = { ...before?.seqs, ...(before ? { [before.epoch]: before.seq } : {}) }
    // Whether it arrived is not known any more: it is said again, under the next number.
    state.reports[event.segmentation] = { epoch, seq, seqs, segment, told: null, since: now, queued: null, ...once }
  } else if (event.type === 'correction') state.pins = recallPin(state.pins ?? {}, event)
}

const recallPin = (pins: Pins, { what, of, segment }: Extract<Event, { type: 'correction' }>): Pins => {
  const { [of]: before, ...others } = pins
  if (what === 'pinned' && segment) return { ...others, [of]: { ...before, segment } }
  if (what === 'not-me' && segment) return { ...others, [of]: { not: [...(before?.not ?? []), segment] } }
  return what === 'undone' ? others : pins
}

/**
 * @param mends where something was found that cannot be read; else only the first in an epoch does it
 * @returns whether there was anything to do: another tab may have come first
 */
export const overhaul = async (vault: Vault, draft: Draft, now: number, mends = false): Promise<boolean> => {
  const epoch = epochOf(now)
  if (draft.state.ledger && draft.state.keyed === epoch && !mends) return false
  const { items, damaged } = await vault.read([''])
  if (mends && !damaged.length) return false
  // What the device remembers may be at hand still, whatever became of its record.
  const lost = countByGroup([...(draft.state.ledger ? [] : [STATE]), ...damaged.filter(key => key !== STATE)])
  for (const [what, count] of Object.entries(lost)) draft.events.push({ type: 'deletion', why: 'damaged', what, count })
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
