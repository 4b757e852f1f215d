/**
 * Features: named numbers over a window of signals. A fold takes signals one by one into small mergeable partials (one set for
 * the running session, one for each UTC day), so a new signal costs O(features) and the result equals a fresh fold bit for bit.
 */

import { log1p } from './elementary.ts'
import { DAY_MS, dayOf } from './epoch.ts'
import { concerns, join, type Partial, raw, SESSION_GAP_MS, take } from './partial.ts'
import type { Kind, Signal } from './signal.ts'

export const AGGREGATES = [
  'count',
  'sum',
  'mean',
  'max',
  'distinct',
  'recency',
  'span',
  'ratio',
  'share',
  'entropy',
  'sequence',
  'returns',
  'sessions',
] as const
export type Aggregate = (typeof AGGREGATES)[number]

/** Which values of a word field a feature looks at. */
export interface Filter {
  readonly [field: string]: readonly string[]
}

/** A kind of signal, narrowed by words. */
export interface Selection {
  readonly kind: Kind
  readonly where?: Filter
}

export interface FeatureSpec extends Selection {
  readonly name: string
  readonly aggregate: Aggregate
  /** The field that is summed, averaged, maximised, told apart, or followed. `distinct` without one counts UTC days. */
  readonly field?: string
  /** The denominator of a ratio; of a share, all signals of `kind`. */
  readonly over?: Selection
  /** The transition a sequence counts. */
  readonly from?: string
  readonly to?: string
  /** `session`, or how many UTC days back, today included. */
  readonly window: 'session' | number
  /** Divides the raw number: 1000 turns milliseconds into seconds. */
  readonly per?: number
  readonly transform?: 'log1p' | 'sqrt'
}

/** The ordered features; null where there is nothing to compute a feature from, undefined where its window is not known. */
export type FeatureVector = readonly (number | null | undefined)[]

interface Session {
  start: number
  last: number
  partials: (Partial | null)[]
}

/** A rebuildable cache: the signals are the truth. */
export interface FoldState {
  session: Session | null
  days: { [day: number]: (Partial | null)[] }
  /** The first UTC day that was not forgotten; absent: none was. */
  from?: number
  /** The UTC day from which all signals of a kind are known here, `all` for every other kind. Absent: known from the start. */
  seen?: { [kind in Kind | 'all']?: number }
}

export const emptyFold = (): FoldState => ({ session: null, days: {} })

/**
 * Folds one signal into `state`, in place: O(features). One that no feature looks at changes nothing, not even how long the
 * session lasts: so what the gate leaves out (see `needed`) makes no difference.
 * @returns false, with `state` untouched, where the signal is older than order-dependent state allows: then fold afresh.
 */
export const fold = (specs: readonly FeatureSpec[], state: FoldState, signal: Signal): boolean => {
  if (!specs.some(spec => concerns(spec, signal))) return true
  const { session } = state
  if (session && signal.at < session.last) {
    if (signal.at < session.start || specs.some(spec => spec.aggregate === 'sequence')) return false
  }
  const running =
    session && signal.at < session.last + SESSION_GAP_MS
      ? session
      : { start: signal.at, last: signal.at, partials: specs.map(() => null) }
  running.last = Math.max(running.last, signal.at)
  state.session = running
  const day = dayOf(signal.at)
  specs.forEach((spec, i) => {
    if (spec.window !== 'session') state.days[day] ??= specs.map(() => null)
    const partials = (spec.window === 'session' ? running.partials : state.days[day]) as (Partial | null)[]
    const made = take(spec, partials[i] ?? null, signal)
    if (made) partials[i] = made
  })
  return true
}

/** Folds signals from nothing, in the order of their times. */
export const foldAfresh = (specs: readonly FeatureSpec[], signals: readonly Signal[]): FoldState => {
  const state = emptyFold()
  for (const signal of [...signals].sort((a, b) => a.at - b.at)) fold(specs, state, signal)
  return state
}

const firstDay = (specs: readonly FeatureSpec[], now: number): number =>
  dayOf(now) + 1 - Math.max(0, ...specs.map(spec => (spec.window === 'session' ? 0 : spec.window)))

/** Forgets day buckets that no window can reach any more. */
export const trimFold = (specs: readonly FeatureSpec[], state: FoldState, now: number): void => {
  const first = firstDay(specs, now)
  for (const day of Object.keys(state.days)) {
    if (Number(day) >= first) continue
    delete state.days[Number(day)]
    state.from = first
  }
}

/** Is all there that windows reach now? Else, as after a clock that went back, fold afresh. */
export const reachesBack = (specs: readonly FeatureSpec[], { from = 0 }: FoldState, now: number): boolean =>
  from <= firstDay(specs, now)

const inWindow = (spec: FeatureSpec, index: number, state: FoldState, now: number): Partial | null => {
  if (spec.window === 'session') {
    const { session } = state
    return session && now < session.last + SESSION_GAP_MS ? (session.partials[index] ?? null) : null
  }
  let merged: Partial | null = null
  const today = dayOf(now)
  for (let day = today - spec.window + 1; day <= today; day++) {
    const partial = state.days[day]?.[index]
    if (partial) merged = join(spec, merged, partial)
  }
  return merged
}

/** When the latest signal of a recency was, ms since 1970. */
export const lastOf = (spec: FeatureSpec, index: number, state: FoldState, now: number): number | undefined =>
  (inWindow(spec, index, state, now) as readonly number[] | null)?.[0]

/** The divisor and transform of a feature, applied to what was aggregated. The trainer calls it on its columns. */
export const transform = (spec: Pick<FeatureSpec, 'aggregate' | 'per' | 'transform'>, value: number): number => {
  const scaled = spec.per && spec.aggregate !== 'recency' ? value / spec.per : value
  return spec.transform === 'log1p' ? log1p(scaled) : spec.transform === 'sqrt' ? Math.sqrt(scaled) : scaled
}

/** The features' raw numbers at `now` (milliseconds since 1970), in the units of their fields, before any transform. */
export const rawVector = (specs: readonly FeatureSpec[], state: FoldState, now: number): FeatureVector =>
  specs.map((spec, i) => (isSeen(spec, state, now) ? raw(spec, inWindow(spec, i, state, now), now) : undefined))

/** Does the window reach back no further than what is known here? A new device would else take a regular for a stranger. */
const isSeen = ({ kind, over, window }: FeatureSpec, { seen }: FoldState, now: number): boolean =>
  window === 'session' ||
  !seen ||
  [kind, over?.kind ?? kind].every(each => (seen[each] ?? seen.all ?? 0) <= dayOf(now) - window + 1)

/** Transforms a raw vector into the one that scalers and centroids speak of. */
export const transformVector = (specs: readonly FeatureSpec[], raws: FeatureVector): FeatureVector =>
  specs.map((spec, i) => {
    const value = raws[i] ?? null
    return value === null ? null : transform(spec, value)
  })

/** How far back a window reaches, in milliseconds. */
export const reachOf = (spec: FeatureSpec): number =>
  spec.window === 'session' ? SESSION_GAP_MS : spec.window * DAY_MS
