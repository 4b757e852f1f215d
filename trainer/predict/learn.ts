/** One predictor by each method, and its probabilities by the code that runs on a device. */

import { scaled } from '../../core/assign.ts'
import { type FeatureSpec, transform } from '../../core/feature.ts'
import { type Predictor, probabilityOf, scoreOf } from '../../core/propensity.ts'
import { scalingOf } from '../robust.ts'
import { rounded } from '../scale.ts'
import { boost } from './boost.ts'
import { forest } from './forest.ts'
import { fitLogistic, logistic } from './logistic.ts'
import type { PropensityRecipe } from './recipe.ts'
import { countYes, type Rows, rowAt } from './rows.ts'

export interface Fitting {
  readonly method: PropensityRecipe['method']
  readonly specs: readonly FeatureSpec[]
  /** Rows that a leaf, or a side of a threshold, holds at least. */
  readonly least: number
  readonly seed: number
  readonly scale: 'standard' | 'robust'
  readonly progress?: (done: number) => void
}

export const learn = (rows: Rows, { method, specs, least, seed, scale, progress }: Fitting): Predictor => {
  const told = progress ? { progress } : {}
  if (method === 'boosting') return boost(rows, { least, ...told })
  if (method === 'forest') return forest(rows, { least, seed, ...told })
  const raws = Array.from(rows.yes.keys(), row =>
    rowAt(rows, row).map((raw, i) => transform(specs[i] as FeatureSpec, raw)),
  )
  const { scaler, points } = scalingOf(scale, raws)
  return logistic(
    points.map(point => scaled(scaler, point)),
    rows.yes,
    scaler,
  )
}

/** Log-odds of each row. */
export const scoresOf = (it: Predictor, specs: readonly FeatureSpec[], rows: Rows): Float64Array =>
  Float64Array.from(rows.yes.keys(), row => scoreOf(it, specs, rowAt(rows, row)))

export const probabilities = (scores: Float64Array): Float64Array => scores.map(probabilityOf)

/** Log-odds become `slope` x log-odds + `shift`, so that a probability is how often it comes (Platt 1999). */
export interface Platt {
  readonly slope: number
  readonly shift: number
}

/** @param scores of rows that the predictor did not learn from */
export const calibrate = (scores: Float64Array, yes: Uint8Array): Platt => {
  const points = Array.from(scores, score => [score])
  // As if one more of either kind had come and stayed away: else a predictor without a fault would be sure beyond all numbers.
  const came = countYes(yes)
  const [sure, never] = [(came + 1) / (came + 2), 1 / (yes.length - came + 2)]
  const [shift = 0, slope = 1] = fitLogistic(
    points,
    Float64Array.from(yes, each => (each ? sure : never)),
    0,
  )
  return { slope, shift }
}

/** The same predictor, calibrated. */
export const calibrated = (it: Predictor, { slope, shift }: Platt): Predictor => {
  if (it.method === 'trees') return { ...it, base: rounded(it.base * slope + shift), unit: rounded(it.unit * slope) }
  return {
    ...it,
    weights: it.weights.map(weight => rounded(weight * slope)),
    intercept: rounded(it.intercept * slope + shift),
  }
}
