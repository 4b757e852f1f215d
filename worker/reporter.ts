/** When a segment is reported: once it has held, after a random delay, persisted first, and only if it changed. */

import type { Config } from '../core/config.ts'
import { EPOCH_MS, epochOf } from '../core/epoch.ts'
import type { Random } from '../core/ports.ts'
import { LAST_SEQ } from '../core/report.ts'
import type { SegmentId } from '../core/segmentation.ts'
import type { ReportState } from '../store/state.ts'

export type ReportSettings = NonNullable<Config['reports']>

/** Before a second try; doubled each time, up to an hour. */
const RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000

/** Takes note of the segment at `now`. What waits for a segment since left is dropped: something newer will be said. */
export const observe = (
  before: ReportState | undefined,
  segment: SegmentId,
  unassigned: SegmentId,
  now: number,
): ReportState | undefined => {
  const epoch = epochOf(now)
  if (before?.epoch !== epoch) {
    // Unassigned says nothing, unless it takes back what was said.
    return segment === unassigned ? undefined : { epoch, seq: 0, told: null, segment, since: now, queued: null }
  }
  if (segment === unassigned && !before.seq) return undefined
  if (before.segment === segment) return before
  return { ...before, segment, since: now, queued: null, told: before.queued?.attempts ? null : before.told }
}

/** Is there something new to say, that has held long enough? */
export const isRipe = (state: ReportState, settings: ReportSettings, now: number): boolean =>
  !state.queued && state.segment !== state.told && now - state.since >= settings.stable && state.seq < LAST_SEQ

/** Queues a report. The delay is drawn from `random` alone, so that it says nothing about the visitor. */
export const enqueue = (
  state: ReportState,
  body: string,
  settings: ReportSettings,
  random: Random,
  now: number,
): ReportState => ({
  ...state,
  seq: state.seq + 1,
  queued: { body, due: now + Math.floor(random() * settings.maxDelay), attempts: 0 },
})

/** Takes the report on: whoever commits this sends it, and nobody else until the retry is due. */
export const claim = (state: ReportState, random: Random, now: number): ReportState => {
  if (!state.queued) return state
  const attempts = state.queued.attempts + 1
  const wait = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** (attempts - 1)) * (0.5 + random())
  return { ...state, told: state.segment, queued: { ...state.queued, attempts, due: now + Math.floor(wait) } }
}

/** Answers that another try would not change: taken, or refused for good. */
export const isFinal = (status: number): boolean => status >= 200 && status < 500 && status !== 408 && status !== 429

export const settle = (state: ReportState, body: string): ReportState =>
  state.queued?.body === body ? { ...state, queued: null } : state

/** When to look again, ms since 1970; Infinity where nothing waits. */
export const nextLook = (states: readonly ReportState[], settings: ReportSettings): number => {
  let next = Infinity
  for (const { queued, segment, told, since, seq, epoch } of states) {
    const own = queued ? queued.due : segment !== told && seq < LAST_SEQ ? since + settings.stable : Infinity
    next = Math.min(next, own, (epoch + 1) * EPOCH_MS)
  }
  return next
}
