/** When a segment is reported: once it has held, after a random delay, persisted first, and only if it changed. */

import type { Config } from '../core/config.ts'
import { DAY_MS, dayOf, EPOCH_MS, type Epoch, epochOf } from '../core/epoch.ts'
import type { Random } from '../core/ports.ts'
import { LAST_SEQ } from '../core/report.ts'
import type { SegmentId } from '../core/segmentation.ts'
import type { Queued, ReportState } from '../store/state.ts'

export type ReportSettings = NonNullable<Config['reports']>

/** Before a second try; doubled each time, up to an hour. */
const RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000

/** What the collector was told, or what there is to say, where that is nothing. */
const NOTHING = '' as SegmentId
/** Epochs whose last `seq` is remembered: more than any clock wanders through. */
const REMEMBERED_EPOCHS = 8

/**
 * Nothing is said any more, and nothing waits. Which report was the last is remembered: within an epoch `seq` only ever rises,
 * whatever is withdrawn and granted again.
 */
export const silence = (before: ReportState): ReportState => ({
  ...before,
  told: NOTHING,
  segment: NOTHING,
  queued: null,
})

const begin = (before: ReportState | undefined, epoch: Epoch, now: number): ReportState => {
  const known = before ? Object.entries({ ...before.seqs, [before.epoch]: before.seq }) : []
  const seqs = Object.fromEntries(known.slice(-REMEMBERED_EPOCHS))
  const seq = seqs[epoch] ?? 0
  return { epoch, seq, seqs, told: seq ? null : NOTHING, segment: NOTHING, since: now, queued: null }
}

/**
 * Takes note of the segment at `now`. What waits for a segment since left is dropped: something newer will be said. A private
 * report stays, and unassigned is an answer like any other: that it came or changed must tell nothing.
 */
export const observe = (
  before: ReportState | undefined,
  segment: SegmentId,
  unassigned: SegmentId,
  now: number,
  once = false,
): ReportState => {
  const epoch = epochOf(now)
  const from = before?.epoch === epoch ? before : begin(before, epoch, now)
  // What was told of an epoch in one way is not told in the other as well.
  if (once || from.once)
    return from.segment === segment && from.once ? from : { ...from, once: true, segment, since: now }
  // Unassigned says nothing, unless it takes back what was said.
  const latest = segment === unassigned && from.told === NOTHING ? NOTHING : segment
  if (from.segment === latest) return from
  return { ...from, segment: latest, since: now, queued: null, told: from.queued?.attempts ? null : from.told }
}

/**
 * Takes note of the outcome: what an epoch came to is told in the next one, so that it never arrives beside a segment. Where no
 * page was opened in that one it is told to nobody.
 */
export const observeOutcome = (
  before: ReportState | undefined,
  segment: SegmentId,
  unassigned: SegmentId,
  now: number,
  noised: boolean,
): ReportState => {
  const epoch = epochOf(now)
  if (before?.epoch === epoch && before.ended !== undefined)
    return before.segment === segment ? before : { ...before, segment }
  const fresh = { ...begin(before, epoch, now), segment }
  const last = before?.epoch === epoch - 1 ? before.segment : NOTHING
  return { ...fresh, ended: last === unassigned && !noised ? NOTHING : last }
}

/** Once it is told, or once an epoch, or as often as it changes. */
const hasMore = ({ once, ended, seq, segment, told }: ReportState): boolean =>
  ended === undefined ? (once ? !seq : segment !== told && seq < LAST_SEQ) : ended !== NOTHING && !seq

/** Is there something new to say, that has held long enough? */
export const isRipe = (state: ReportState, settings: ReportSettings, now: number): boolean =>
  !state.queued && hasMore(state) && now - state.since >= settings.stable

/** Queues a report. The delay is drawn from `random` alone, so that it says nothing about the visitor. */
export const enqueue = (
  state: ReportState,
  body: string,
  settings: ReportSettings,
  random: Random,
  now: number,
  more: Pick<Queued, 'cost' | 'stale' | 'of'> = {},
): ReportState => ({
  ...state,
  seq: state.seq + 1,
  queued: { body, due: now + Math.floor(random() * settings.maxDelay), attempts: 0, ...more },
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

/** Its erasure was asked for: nothing more is said in its epoch. */
const GONE = 410

export const settle = (state: ReportState, body: string, status: number): ReportState =>
  state.queued?.body === body ? { ...state, queued: null, ...(status === GONE && { seq: LAST_SEQ }) } : state

/**
 * When to look again, ms since 1970: at midnight at the latest, when what is kept may grow too old.
 * @param turn when a segment may change by itself
 */
export const nextLook = (
  states: readonly ReportState[],
  { reports: settings }: Pick<Config, 'reports'>,
  turn: number,
  now: number,
): number => {
  let next = Math.min((dayOf(now) + 1) * DAY_MS, turn)
  if (!settings) return next
  for (const state of states) {
    const { queued, segment, told, since, epoch } = state
    if (segment === NOTHING && told === NOTHING) continue
    const own = queued ? queued.due : hasMore(state) ? since + settings.stable : Infinity
    next = Math.min(next, own, (epoch + 1) * EPOCH_MS)
  }
  return next
}
