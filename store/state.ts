/** What the device remembers from one commit to the next, as one sealed record. */

import type { Epoch } from '../core/epoch.ts'
import { emptyFold, type FoldState } from '../core/feature.ts'
import type { Entry } from '../core/ledger.ts'
import type { SegmentId } from '../core/segmentation.ts'

/** One segmentation's reports in one epoch. */
export interface ReportState {
  readonly epoch: Epoch
  /** Of the latest report made. */
  readonly seq: number
  /** What the collector was last told; null where that is nothing, or not sure. */
  readonly told: SegmentId | null
  /** The segment now, and since when (ms since 1970). */
  readonly segment: SegmentId
  readonly since: number
  readonly queued: { readonly body: string; readonly due: number; readonly attempts: number } | null
}

export interface DeviceState {
  /** The model whose features are folded: another one folds afresh. */
  model: string
  fold: FoldState
  assigned: { [segmentation: string]: SegmentId }
  reports: { [segmentation: string]: ReportState }
  /** The latest batches taken in, as `page.n`: none is taken twice. */
  batches: string[]
  ledger?: Pick<Entry, 'n' | 'hash'>
}

export const emptyState = (): DeviceState => ({ model: '', fold: emptyFold(), assigned: {}, reports: {}, batches: [] })

/** What was read, or an empty state where it is not one: the fold is a cache, and can be made again. */
export const parseState = (value: unknown): DeviceState => {
  const it = value as Partial<DeviceState> | null | undefined
  const whole = it?.fold?.days && it.assigned && it.reports && Array.isArray(it.batches)
  return whole ? (it as DeviceState) : emptyState()
}
