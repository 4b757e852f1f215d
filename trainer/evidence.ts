/** What speaks for a model on rows that training did not see: are they alike, and do segments differ in what matters? */

import type { Model } from '../core/model.ts'
import type { CentroidSegmentation, SegmentId } from '../core/segmentation.ts'
import { type Baseline, baselineOf, type Seen } from './compare/baseline.ts'
import { type Drift, driftOf } from './compare/drift.ts'
import { toldBy } from './predict/outcome.ts'
import { outcomeSaid } from './predict/outcome-said.ts'
import type { Recipe } from './recipe.ts'
import type { Table } from './table.ts'
import { type Split, vectorOf } from './test-set.ts'

/** A share, and where it lies in 95 of 100 such samples (Wilson 1927). */
export interface Share {
  readonly rows: number
  readonly yes: number
  readonly share: number
  readonly interval: readonly [low: number, high: number]
}

export interface SegmentOutcome extends Share {
  readonly id: string
  /** How many times the share of all rows; the interval's ends likewise. */
  readonly lift: number
  readonly liftInterval: readonly [low: number, high: number]
}

export interface Evidence {
  /** From training rows to test rows: none is to be expected. Empty where no rows were kept. */
  readonly drift: readonly Drift[]
  /** How all rows are spread: what new ones are held against later. */
  readonly baseline: Baseline
  /** How often what the recipe chose happened: on the test rows where there are any. */
  readonly outcome?: {
    /** In words. */
    readonly what: string
    readonly on: 'test' | 'training'
    readonly all: Share
    readonly segments: readonly SegmentOutcome[]
  }
}

const Z = 1.959964

const digits = (x: number): number => Number(x.toPrecision(4))

/** @param yes of how many `rows` it happened */
export const shareOf = (yes: number, rows: number): Share => {
  if (!rows) return { rows, yes, share: 0, interval: [0, 1] }
  const p = yes / rows
  const middle = p + (Z * Z) / (2 * rows)
  const reach = Z * Math.sqrt((p * (1 - p)) / rows + (Z * Z) / (4 * rows * rows))
  const whole = 1 + (Z * Z) / rows
  const [low, high] = [(middle - reach) / whole, (middle + reach) / whole].map(digits) as [number, number]
  return { rows, yes, share: digits(p), interval: [yes ? low : 0, yes < rows ? high : 1] }
}

interface Part {
  readonly name: 'test' | 'training'
  readonly indices: readonly number[]
  readonly segments: readonly SegmentId[]
}

const outcomeOf = (recipe: Recipe, table: Table, it: CentroidSegmentation, part: Part): Evidence['outcome'] => {
  if (!recipe.outcome) return undefined
  const told = toldBy({ id: 'the recipe', outcome: recipe.outcome }, recipe, table)
  const known = part.indices.flatMap((index, row) => {
    const yes = told(index)
    return yes === undefined ? [] : [{ yes, segment: part.segments[row] as SegmentId }]
  })
  const count = (rows: readonly { readonly yes: boolean }[]): Share =>
    shareOf(rows.filter(({ yes }) => yes).length, rows.length)
  const all = count(known)
  const segments = it.segments.slice(1).map(({ id }): SegmentOutcome => {
    const found = count(known.filter(({ segment }) => segment === id))
    const times = (share: number): number => (all.share ? digits(share / all.share) : 0)
    const [low, high] = found.interval
    return { id, ...found, lift: times(found.share), liftInterval: [times(low), times(high)] }
  })
  return { what: outcomeSaid(recipe.outcome, recipe), on: part.name, all, segments }
}

interface Given {
  readonly recipe: Recipe
  readonly table: Table
  readonly model: Model
  readonly it: CentroidSegmentation
  readonly split: Split
  readonly assigned: { readonly training: readonly SegmentId[]; readonly test: readonly SegmentId[] }
}

/** @throws ParseError where the chosen outcome cannot be told */
export const evidenceOf = ({ recipe, table, model, it, split, assigned }: Given): Evidence => {
  const seen = (part: 'training' | 'test'): Seen => ({
    raws: split[part].map(row => vectorOf(recipe, row)),
    segments: assigned[part],
  })
  const name = split.test.length ? 'test' : 'training'
  const outcome = outcomeOf(recipe, table, it, {
    name,
    indices: split[name].map(({ index }) => index),
    segments: assigned[name],
  })
  const drift = split.test.length ? driftOf(model, it, seen('training'), seen('test'), recipe.seed) : []
  const all = {
    raws: [...seen('training').raws, ...seen('test').raws],
    segments: [...assigned.training, ...assigned.test],
  }
  return { drift, baseline: baselineOf(model, it, all), ...(outcome ? { outcome } : {}) }
}
