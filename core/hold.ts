/** A segment that stays for a while, so that it does not flap where an answer lies on the edge. */

import type { Assignment } from './assign.ts'
import { MINUTE_MS } from './epoch.ts'
import { type Segmentation, type SegmentId, unassignedOf } from './segmentation.ts'

/** When each segment that is held came, ms since 1970. */
export type Since = { readonly [segmentation: string]: number }

/**
 * What is given for an answer. A segment stays as long as its question's `hold` says, unless there is nothing to tell from any
 * more, or the visitor chose.
 * @param given the segment so far, and `since` when
 */
export const steady = (
  it: Segmentation,
  answer: Assignment,
  given: SegmentId | undefined,
  since: number | undefined,
  now: number,
): Assignment =>
  !it.hold ||
  since === undefined ||
  given === undefined ||
  given === answer.segment ||
  given === unassignedOf(it) ||
  answer.unassigned ||
  answer.pinned ||
  // A clock that went back holds nothing.
  now < since ||
  now >= since + it.hold * MINUTE_MS
    ? answer
    : { segmentation: it.id, segment: given, contributions: [], held: true }
