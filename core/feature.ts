/**
 * Features: named numbers over a window of signals. A fold takes signals one by one into small mergeable partials (one set for
 * the running session, one for each UTC day), so a new signal costs O(features) and the result equals a fresh fold bit for bit:
 * every partial is an integer sum, an extreme or a table of counts, none of which depends on the order of addition.
 */

import { log, log1p } from './elementary.ts'
import { DAY_MS, dayOf, MINUTE_MS } from './epoch.ts'
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
  /** The field that is summed, averaged, maximised, told apart, or followed in sequence. */
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

/** The ordered features; null where there is nothing to compute a feature from. */
export type FeatureVector = readonly (number | null)[]

/** A session ends after this long without a signal that a feature looks at: the span that web analytics settled on. */
export const SESSION_GAP_MS = 30 * MINUTE_MS

/** Numbers [a, b], or counts by word. Sequences keep [transitions] and the words at both ends. */
type Partial = number[] | { [word: string]: number } | { edge: [string, string]; n: number }

interface Session {
  start: number
  last: number
  partials: (Partial | null)[]
}

/** A rebuildable cache: the signals are the truth. */
export interface FoldState {
  session: Session | null
  days: { [day: number]: (Partial | null)[] }
}

export const emptyFold = (): FoldState => ({ session: null, days: {} })

const matches = (selection: Selection, signal: Signal): boolean =>
  selection.kind === signal.kind &&
  Object.entries(selection.where ?? {}).every(([field, words]) => words.includes(signal[field] as string))

/** Does the signal count in the denominator of a ratio or share? */
const isBelow = (spec: FeatureSpec, signal: Signal): boolean =>
  spec.aggregate === 'share' ? spec.kind === signal.kind : spec.over !== undefined && matches(spec.over, signal)

const amount = (signal: Signal, field: string | undefined): number =>
  field ? ((signal[field] as number | undefined) ?? 0) : 1

const pair = (partial: Partial | null): number[] => (partial as number[] | null) ?? [0, 0]
const table = (partial: Partial | null): { [word: string]: number } =>
  (partial as { [word: string]: number } | null) ?? {}

/** What one signal makes of a feature's partial; undefined where the signal does not concern it. */
const take = (spec: FeatureSpec, before: Partial | null, signal: Signal): Partial | undefined => {
  const { aggregate, field } = spec
  const inside = matches(spec, signal)
  if (aggregate === 'ratio' || aggregate === 'share') {
    const below = isBelow(spec, signal)
    if (!inside && !below) return undefined
    const [a = 0, b = 0] = pair(before)
    return [a + (inside ? 1 : 0), b + (below ? 1 : 0)]
  }
  if (!inside) return undefined
  return join(spec, before, single(aggregate, field, signal))
}

/** The partial of a single signal. */
const single = (aggregate: Aggregate, field: string | undefined, signal: Signal): Partial => {
  switch (aggregate) {
    case 'count':
      return [1]
    case 'sum':
    case 'max':
      return [amount(signal, field)]
    case 'mean':
      return [amount(signal, field), 1]
    case 'recency':
      return [signal.at]
    case 'span':
      return [signal.at, signal.at]
    case 'sequence': {
      const at = String(signal[field ?? ''] ?? 'other')
      return { edge: [at, at], n: 0 }
    }
    case 'distinct':
    case 'entropy':
      return { [String(signal[field ?? ''] ?? 'other')]: 1 }
    case 'ratio':
    case 'share':
      return [0, 0]
    default:
      return aggregate satisfies never
  }
}

/** Two partials made one; `a` is the earlier. */
const join = (spec: FeatureSpec, a: Partial | null, b: Partial): Partial => {
  if (!a) return b
  switch (spec.aggregate) {
    case 'max':
    case 'recency':
      return [Math.max((a as number[])[0] ?? 0, (b as number[])[0] ?? 0)]
    case 'span': {
      const [from = 0, to = 0] = a as number[]
      const [first = 0, last = 0] = b as number[]
      return [Math.min(from, first), Math.max(to, last)]
    }
    case 'distinct':
    case 'entropy': {
      const made = { ...table(a) }
      // `constructor` is a word like any other, but every object has one.
      for (const [key, n] of Object.entries(table(b))) made[key] = (Object.hasOwn(made, key) ? (made[key] ?? 0) : 0) + n
      return made
    }
    case 'sequence': {
      const early = a as { edge: [string, string]; n: number }
      const late = b as { edge: [string, string]; n: number }
      const crossing = early.edge[1] === spec.from && late.edge[0] === spec.to ? 1 : 0
      return { edge: [early.edge[0], late.edge[1]], n: early.n + crossing + late.n }
    }
    default:
      return (a as number[]).map((x, i) => x + ((b as number[])[i] ?? 0))
  }
}

const takeAll = (
  specs: readonly FeatureSpec[],
  partials: (Partial | null)[],
  signal: Signal,
  windowed: boolean,
): void => {
  specs.forEach((spec, i) => {
    if ((spec.window !== 'session') !== windowed) return
    const made = take(spec, partials[i] ?? null, signal)
    if (made) partials[i] = made
  })
}

/**
 * Folds one signal into `state`, in place: O(features). One that no feature looks at changes nothing, not even how long the
 * session lasts: so what the gate leaves out (see `needed`) makes no difference.
 * @returns false, with `state` untouched, where the signal is older than order-dependent state allows: then fold afresh.
 */
export const fold = (specs: readonly FeatureSpec[], state: FoldState, signal: Signal): boolean => {
  if (!specs.some(spec => matches(spec, signal) || isBelow(spec, signal))) return true
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
  takeAll(specs, running.partials, signal, false)
  if (specs.some(spec => spec.window !== 'session')) {
    const day = dayOf(signal.at)
    state.days[day] ??= specs.map(() => null)
    takeAll(specs, state.days[day], signal, true)
  }
  return true
}

/** Folds signals from nothing, in the order of their times. */
export const foldAfresh = (specs: readonly FeatureSpec[], signals: readonly Signal[]): FoldState => {
  const state = emptyFold()
  for (const signal of [...signals].sort((a, b) => a.at - b.at)) fold(specs, state, signal)
  return state
}

/** Forgets day buckets that no window can reach any more. */
export const trimFold = (specs: readonly FeatureSpec[], state: FoldState, now: number): void => {
  const longest = Math.max(0, ...specs.map(spec => (spec.window === 'session' ? 0 : spec.window)))
  for (const day of Object.keys(state.days)) if (Number(day) <= dayOf(now) - longest) delete state.days[Number(day)]
}

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

/** Shannon entropy of a table of counts, in bits; words in order, so that the sum is the same everywhere. */
const entropy = (counts: { [word: string]: number }): number => {
  const words = Object.keys(counts).sort()
  let total = 0
  for (const word of words) total += counts[word] ?? 0
  let nats = 0
  for (const word of words) {
    const share = (counts[word] ?? 0) / total
    nats -= share * log(share)
  }
  return nats / log(2)
}

const raw = (spec: FeatureSpec, partial: Partial | null, now: number): number | null => {
  const [a = 0, b = 0] = Array.isArray(partial) ? partial : []
  switch (spec.aggregate) {
    case 'count':
    case 'sum':
    case 'max':
      return a
    case 'mean':
    case 'ratio':
    case 'share':
      return b ? a / b : 0
    case 'recency':
      return partial ? Math.floor(Math.max(0, now - a) / (spec.per ?? 1)) : null
    case 'span':
      return b - a
    case 'distinct':
      return Object.keys(table(partial)).length
    case 'entropy':
      return partial ? entropy(table(partial)) : 0
    case 'sequence':
      return partial ? (partial as { n: number }).n : 0
    default:
      return spec.aggregate satisfies never
  }
}

/** The divisor and transform of a feature, applied to what was aggregated. The trainer calls it on its columns. */
export const transform = (spec: Pick<FeatureSpec, 'aggregate' | 'per' | 'transform'>, value: number): number => {
  const scaled = spec.per && spec.aggregate !== 'recency' ? value / spec.per : value
  return spec.transform === 'log1p' ? log1p(scaled) : spec.transform === 'sqrt' ? Math.sqrt(scaled) : scaled
}

/** The features' raw numbers at `now` (milliseconds since 1970), in the units of their fields, before any transform. */
export const rawVector = (specs: readonly FeatureSpec[], state: FoldState, now: number): FeatureVector =>
  specs.map((spec, i) => raw(spec, inWindow(spec, i, state, now), now))

/** Transforms a raw vector into the one that scalers and centroids speak of. */
export const transformVector = (specs: readonly FeatureSpec[], raws: FeatureVector): FeatureVector =>
  specs.map((spec, i) => {
    const value = raws[i] ?? null
    return value === null ? null : transform(spec, value)
  })

/** How far back a window reaches, in milliseconds. */
export const reachOf = (spec: FeatureSpec): number =>
  spec.window === 'session' ? SESSION_GAP_MS : spec.window * DAY_MS
