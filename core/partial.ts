/**
 * Partials: what a stretch of time has to say of one feature, small and mergeable. Each is an integer sum, an extreme or a table
 * of counts, none of which depends on the order of addition; only a sequence minds which of two came first.
 */

import { log } from './elementary.ts'
import { dayOf, MINUTE_MS } from './epoch.ts'
import type { FeatureSpec, Selection } from './feature.ts'
import type { Signal } from './signal.ts'

/** A session ends after this long without a signal: the span that web analytics settled on. */
export const SESSION_GAP_MS = 30 * MINUTE_MS

/** From the first signal of a session to the last. */
type Stretch = [from: number, to: number]

/**
 * Numbers [a, b], or counts by word. Sequences keep [transitions] and the words at both ends; sessions their stretches, 48 at
 * most in a day.
 */
export type Partial = number[] | Stretch[] | { [word: string]: number } | { edge: [string, string]; n: number }

const matches = (selection: Selection, signal: Signal): boolean =>
  selection.kind === signal.kind &&
  Object.entries(selection.where ?? {}).every(([field, words]) => words.includes(signal[field] as string))

/** Does the signal count in the denominator of a ratio or share? */
const isBelow = (spec: FeatureSpec, signal: Signal): boolean =>
  spec.aggregate === 'share' ? spec.kind === signal.kind : spec.over !== undefined && matches(spec.over, signal)

const table = (partial: Partial | null): { [word: string]: number } =>
  (partial as { [word: string]: number } | null) ?? {}

/** Does the feature look at such a signal at all? */
export const concerns = (spec: FeatureSpec, signal: Signal): boolean => matches(spec, signal) || isBelow(spec, signal)

/** What one signal makes of a feature's partial; undefined where the signal does not concern it. */
export const take = (spec: FeatureSpec, before: Partial | null, signal: Signal): Partial | undefined =>
  concerns(spec, signal) ? join(spec, before, single(spec, signal)) : undefined

/** The partial of a single signal. */
const single = (spec: FeatureSpec, signal: Signal): Partial => {
  const { aggregate, field = '' } = spec
  const value = signal[field]
  const word = value ?? 'other'
  switch (aggregate) {
    case 'count':
      return [1]
    case 'sum':
    case 'max':
    case 'mean':
      return [Number(value ?? 0), 1]
    case 'recency':
    case 'span':
      return [signal.at, signal.at]
    case 'sessions':
      return [[signal.at, signal.at]]
    case 'sequence':
      return { edge: [`${word}`, `${word}`], n: 0 }
    case 'distinct':
    case 'entropy':
    case 'returns':
      // Without a field, the UTC days on which there was one.
      return { [field ? word : dayOf(signal.at)]: 1 }
    case 'ratio':
    case 'share':
      return [+matches(spec, signal), +isBelow(spec, signal)]
    default:
      return aggregate satisfies never
  }
}

/** Two partials made one; `a` is the earlier. */
export const join = (spec: FeatureSpec, a: Partial | null, b: Partial): Partial => {
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
    case 'sessions':
      return (b as Stretch[]).reduce(withSession, a as Stretch[])
    case 'distinct':
    case 'entropy':
    case 'returns': {
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

/** One session more; those less than the gap apart from it become one with it. Whichever came first, as many are left. */
const withSession = (sessions: readonly Stretch[], [from, to]: Stretch): Stretch[] => {
  const apart: Stretch[] = []
  for (const each of sessions) {
    const [first, last] = each
    if (Math.max(first - to, from - last) < SESSION_GAP_MS) {
      from = Math.min(from, first)
      to = Math.max(to, last)
    } else apart.push(each)
  }
  return [...apart, [from, to]]
}

const sum = (counts: { [word: string]: number }): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Shannon entropy of a table of counts, in bits; words in order, so that the sum is the same everywhere. */
const entropy = (counts: { [word: string]: number }): number => {
  const words = Object.keys(counts).sort()
  const total = sum(counts)
  let nats = 0
  for (const word of words) {
    const share = (counts[word] ?? 0) / total
    nats -= share * log(share)
  }
  return nats / log(2)
}

export const raw = (spec: FeatureSpec, partial: Partial | null, now: number): number | null => {
  const [a = 0, b = 0] = Array.isArray(partial) ? (partial as number[]) : []
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
      return entropy(table(partial))
    case 'sessions':
      return Array.isArray(partial) ? partial.length : 0
    case 'returns':
      return sum(table(partial)) - Object.keys(table(partial)).length
    case 'sequence':
      return (partial as { n: number } | null)?.n ?? 0
    default:
      return spec.aggregate satisfies never
  }
}
