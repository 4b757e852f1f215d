/** How likely something is, worked out from a vector: by logistic regression or by trees. */

import { exp } from './elementary.ts'
import { type FeatureSpec, transform } from './feature.ts'
import { type Trees, treesScore } from './trees.ts'

/** Log-odds: intercept + the sum of weight x (x - center) / scale, over transformed numbers. */
export interface Logistic {
  readonly method: 'logistic'
  readonly center: readonly number[]
  readonly scale: readonly number[]
  readonly weights: readonly number[]
  readonly intercept: number
}

export type Predictor = Logistic | Trees

const logisticScore = (it: Logistic, specs: readonly FeatureSpec[], raws: readonly number[]): number => {
  let sum = it.intercept
  raws.forEach((raw, i) => {
    const x = transform(specs[i] as FeatureSpec, raw)
    sum += ((it.weights[i] as number) * (x - (it.center[i] as number))) / (it.scale[i] as number)
  })
  return sum
}

/**
 * Log-odds.
 * @param specs the segmentation's features, `raws` their raw numbers in the same order
 */
export const scoreOf = (it: Predictor, specs: readonly FeatureSpec[], raws: readonly number[]): number =>
  it.method === 'trees' ? treesScore(it, raws) : logisticScore(it, specs, raws)

/** Log-odds to a probability, 0 to 1. */
export const probabilityOf = (score: number): number => 1 / (1 + exp(-score))

/** The band that a probability falls in: as many as there are bounds that it reaches. */
export const bandOf = (bounds: readonly number[], probability: number): number =>
  bounds.filter(bound => probability >= bound).length
