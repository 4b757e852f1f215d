/** What the device remembers from one commit to the next, as one sealed record. */

import type { Budget } from '../core/budget.ts'
import type { Pins } from '../core/correction.ts'
import type { Day, Epoch } from '../core/epoch.ts'
import { emptyFold, type FoldState } from '../core/feature.ts'
import type { Since } from '../core/hold.ts'
import type { Entry } from '../core/ledger.ts'
import type { Refusals } from '../core/refusal.ts'
import type { SegmentId } from '../core/segmentation.ts'

/** Signals kept at most: more than a year of what the busiest visitor leaves, and still read in a second. */
export const MOST_SIGNALS = 50_000

export interface Queued {
  readonly body: string
  /** Milliseconds since 1970. */
  readonly due: number
  readonly attempts: number
  /** What a private report adds to what this device has given away; absent, the report names its segment. */
  readonly cost?: number
  /** The epoch it is about, where that is not the one it is sent in. */
  readonly of?: Epoch
  /** The budget did not reach: it says what was said before. */
  readonly stale?: true
}

/** One segmentation's reports in one epoch. */
export interface ReportState {
  readonly epoch: Epoch
  /** Of the latest report made. */
  readonly seq: number
  /** The same of other epochs, the latest few: a clock may go back to one. */
  readonly seqs?: { readonly [epoch: number]: number }
  /** What the collector was last told; null where that is nothing, or not sure. */
  readonly told: SegmentId | null
  /** The segment now, and since when (ms since 1970). */
  readonly segment: SegmentId
  readonly since: number
  readonly queued: Queued | null
  /** A private report: exactly one an epoch, whatever changes. */
  readonly once?: true
  /** Of the outcome alone: what the epoch before came to, which is told in this one; empty where there is nothing to tell. */
  readonly ended?: SegmentId
}

export interface DeviceState {
  /** The model whose features are folded: another one folds afresh. */
  model: string
  fold: FoldState
  assigned: { [segmentation: string]: SegmentId }
  /** When segments came that are held for a while. */
  since?: Since
  reports: { [segmentation: string]: ReportState }
  /** The latest batches taken in, as `page.n`: none is taken twice. */
  batches: string[]
  refused?: Refusals
  /** Absent before the first commit, which always writes an entry. */
  ledger?: Pick<Entry, 'n' | 'hash'>
  /** What the visitor said of segments. */
  pins?: Pins
  /** What private reports have given away. */
  budget?: Budget
  /** The UTC day on which it was last seen to that nothing is too old or too much; absent, that is due. */
  tidied?: Day
  /** The last UTC day on which it was at work before it was paused. */
  paused?: Day | undefined
  /** Signals on disk, or a little more. */
  count?: number
  /** The last ledger entry that was folded. */
  folded?: number
  /** The epoch in which the key was last renewed. */
  keyed?: Epoch
}

export const emptyState = (): DeviceState => ({ model: '', fold: emptyFold(), assigned: {}, reports: {}, batches: [] })

/** What was read, or an empty state where it is not one: then it is rebuilt from the ledger. */
export const parseState = (value: unknown): DeviceState => {
  const it = value as Partial<DeviceState> | null | undefined
  const whole = it?.fold?.days && it.assigned && it.reports && Array.isArray(it.batches)
  return whole ? (it as DeviceState) : emptyState()
}
