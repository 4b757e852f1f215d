/** What a prediction rests on, and what looks too good: features that nearly are what they should foretell. */

import type { FeatureSpec } from '../../core/feature.ts'
import type { Predictor } from '../../core/propensity.ts'
import { sample, seeded } from '../random.ts'
import { binned, thresholdsOf } from './bins.ts'
import { scoresOf } from './learn.ts'
import { aucOf } from './measures.ts'
import { countYes, pick, type Rows } from './rows.ts'

export interface Importance {
  readonly feature: string
  /** How much AUC is lost on rows it did not learn from when the feature's numbers change places among them. */
  readonly lost: number
  /** The AUC of the feature by itself, whatever of its numbers speak for it: the larger, the smaller, or those in between. */
  readonly alone: number
  /** It reaches alone nearly all that all reach together. */
  readonly suspect: boolean
}

const shuffled = (rows: Rows, feature: number, seed: number): Rows => {
  const column = rows.columns[feature] as Float64Array
  const order = sample([...column.keys()], column.length, seeded(seed, feature, 0x5f))
  const mixed = Float64Array.from(order, row => column[row] as number)
  return { ...rows, columns: rows.columns.map((each, i) => (i === feature ? mixed : each)) }
}

/** Of each fold; more would say no more. */
const MOST_ROWS = 1500

/** By feature: AUC lost when its numbers change places. */
export const lostBy = (it: Predictor, specs: readonly FeatureSpec[], all: Rows, seed: number): number[] => {
  const rows = pick(all, sample([...all.yes.keys()], MOST_ROWS, seeded(seed, 0x5e)))
  const whole = aucOf({ scores: scoresOf(it, specs, rows), yes: rows.yes })
  return specs.map((_, i) => whole - aucOf({ scores: scoresOf(it, specs, shuffled(rows, i, seed)), yes: rows.yes }))
}

/** By each half of the rows: how often it came in each bin of the other half. A bin of few rows is taken for nearly as all are. */
const HALVES = 2
const PRIOR_ROWS = 5

/** How often it comes where a feature's number is in the same bin, told by other rows: so no order of the numbers is taken for granted. */
const byBins = (column: Float64Array, yes: Uint8Array, least: number): Float64Array => {
  const { of, thresholds } = binned(column, thresholdsOf(column, least))
  const share = countYes(yes) / Math.max(1, yes.length)
  const sums = Array.from({ length: HALVES }, () => ({
    rows: new Float64Array(thresholds.length + 1).fill(PRIOR_ROWS),
    yes: new Float64Array(thresholds.length + 1).fill(PRIOR_ROWS * share),
  }))
  of.forEach((bin, row) => {
    const half = sums[row % HALVES] as (typeof sums)[number]
    half.rows[bin] = (half.rows[bin] as number) + 1
    half.yes[bin] = (half.yes[bin] as number) + (yes[row] as number)
  })
  return column.map((_, row) => {
    const [bin, other] = [of[row] as number, sums[(row + 1) % HALVES] as (typeof sums)[number]]
    return (other.yes[bin] as number) / (other.rows[bin] as number)
  })
}

/** What a feature reaches by itself. */
const aloneOf = (column: Float64Array, yes: Uint8Array, least: number): number => {
  const single = aucOf({ scores: column, yes })
  return Math.max(single, 1 - single, aucOf({ scores: byBins(column, yes, least), yes }))
}

/** Of what all features together add to guessing, one alone must not add so much. */
const SUSPECT_SHARE = 0.8
/** Below this a feature may well stand alone: there is simply not more to tell. */
const SUSPECT_AUC = 0.8

const twoDigits = (x: number): number => Number(x.toFixed(4)) + 0

/**
 * @param lost by feature, over all folds
 * @param auc of all features together
 * @param least rows that are looked at together
 * @param isAhead what is foretold lies in the days after those that are learned from: nothing can give it away
 */
export const importanceOf = (
  specs: readonly FeatureSpec[],
  rows: Rows,
  lost: readonly number[],
  { auc, least, isAhead }: { readonly auc: number; readonly least: number; readonly isAhead: boolean },
): Importance[] =>
  specs
    .map(({ name }, i) => {
      const alone = aloneOf(rows.columns[i] as Float64Array, rows.yes, least)
      const suspect = !isAhead && alone >= SUSPECT_AUC && alone - 0.5 >= SUSPECT_SHARE * (auc - 0.5)
      return { feature: name, lost: twoDigits(lost[i] ?? 0), alone: twoDigits(alone), suspect }
    })
    .sort((a, b) => b.lost - a.lost)
