/** What a visitor may set right: a signal that was noted wrongly, or a segment that does not fit. */

import type { Assignment } from './assign.ts'
import { type Segmentation, type SegmentId, unassignedOf } from './segmentation.ts'
import type { Signal } from './signal.ts'

export type Correction =
  /** `signal` as it stands in the account of what is kept; `to` in its place, of the same kind, or null: it is removed. */
  | { readonly signal: Signal; readonly to: Signal | null }
  /** From now on this segment, whatever is computed; null: what is computed holds again, and nothing is ruled out. */
  | { readonly segmentation: string; readonly segment: SegmentId | null }
  /** Never this segment: where it is computed, there is none. */
  | { readonly segmentation: string; readonly not: SegmentId }

/** What the visitor said of a segmentation. */
export interface Pin {
  readonly segment?: SegmentId
  readonly not?: readonly SegmentId[]
}
export type Pins = { readonly [segmentation: string]: Pin }

/** What holds of an assignment after what the visitor said. What is not granted stays unassigned. */
export const corrected = (it: Segmentation, made: Assignment, pin: Pin | undefined): Assignment => {
  const { segmentation, segment } = made
  if (!pin || made.unassigned === 'denied') return made
  if (pin.segment !== undefined) return { segmentation, segment: pin.segment, contributions: [], pinned: true }
  return pin.not?.includes(segment)
    ? { segmentation, segment: unassignedOf(it), contributions: [], unassigned: 'not-me' }
    : made
}
