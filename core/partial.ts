/**
 * Partials: what a stretch of time has to say of one feature, small and mergeable. Each is an integer sum, an extreme or a table
 * of counts, none of which depends on the order of addition; only a sequence minds which of two came first.
 */

import { log } from './elementary.ts'
import { dayOf } from './epoch.ts'
import type { Aggregate, FeatureSpec, Selection } from './feature.ts'
import type { Signal } from './signal.ts'

/** Numbers [a, b], or counts by word. Sequences keep [transitions] and the words at both ends. */
export type Partial = number[] | { [word: string]: number } | { edge: [string, string]; n: number }

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

/** Does the feature look at such a signal at all? */
export const concerns = (spec: FeatureSpec, signal: Signal): boolean => matches(spec, signal) || isBelow(spec, signal)

/** What one signal makes of a feature's partial; undefined where the signal does not concern it. */
export const take = (spec: FeatureSpec, before: Partial | null, signal: Signal): Partial | undefined => {
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
      // Without a field, the UTC days on which there was one.
      return { [field ? (signal[field] ?? 'other') : dayOf(signal.at)]: 1 }
    case 'ratio':
    case 'share':
      return [0, 0]
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

export const raw = (spec: FeatureSpec, partial: Partial | null, now: number): number | null => {
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
