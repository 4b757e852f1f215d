/** One segment per segmentation, with the distances and contributions that explain it. Device and trainer both call this. */

import type { FeatureVector } from './feature.ts'
import { transform } from './feature.ts'
import { type Model, numberOf } from './model.ts'
import {
  type CentroidSegmentation,
  type Condition,
  type RuleSegmentation,
  type Segmentation,
  type SegmentId,
  unassignedOf,
} from './segmentation.ts'

/** What one feature said. */
export interface Contribution {
  readonly feature: string
  /** The raw number, in its own unit. */
  readonly value: number
  /** How strongly it spoke for this segment and against the runner-up, in squared scaled units; below zero: against. */
  readonly weight: number
}

export interface Assignment {
  readonly segmentation: string
  readonly segment: SegmentId
  /** Euclidean distance to the centroid in scaled space; absent for rules. */
  readonly distance?: number
  readonly runnerUp?: { readonly segment: SegmentId; readonly distance: number }
  /** To every centroid, in the model's order. */
  readonly distances?: readonly number[]
  readonly contributions: readonly Contribution[]
  /** Why no segment could be given. */
  readonly unassigned?: 'no-signals' | 'missing-feature' | 'denied' | 'not-me'
  /** The visitor chose it; the site's reports say `unassigned`. */
  readonly pinned?: true
}

const unassigned = (it: Segmentation, reason: NonNullable<Assignment['unassigned']>): Assignment => ({
  segmentation: it.id,
  segment: unassignedOf(it),
  contributions: [],
  unassigned: reason,
})

/** Squared Euclidean distance, summed in the order of features. */
export const squaredDistance = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    sum += difference * difference
  }
  return sum
}

/** z = (x - center) / scale. */
export const scaled = (scaler: CentroidSegmentation['scaler'], vector: readonly number[]): number[] =>
  vector.map((x, i) => (x - (scaler.center[i] as number)) / (scaler.scale[i] as number))

const toCentroid = (model: Model, it: CentroidSegmentation, raws: FeatureVector): Assignment => {
  const values = it.features.map(name => numberOf(model, raws, name))
  if (values.some(value => value == null)) return unassigned(it, 'missing-feature')
  if (values.every(value => value === 0)) return unassigned(it, 'no-signals')
  const x = it.features.map((name, i) => {
    const spec = model.features.find(each => each.name === name)
    return spec ? transform(spec, values[i] as number) : 0
  })
  const z = scaled(it.scaler, x)
  const squares = it.centroids.map(centroid => squaredDistance(z, centroid))
  let [best, second] = [0, -1]
  for (let i = 1; i < squares.length; i++) {
    if ((squares[i] as number) < (squares[best] as number)) [best, second] = [i, best]
    else if (second < 0 || (squares[i] as number) < (squares[second] as number)) second = i
  }
  const [own, other] = [it.centroids[best], it.centroids[second]]
  const gap = (i: number, centroid: readonly number[] | undefined): number =>
    centroid ? ((z[i] as number) - (centroid[i] as number)) * ((z[i] as number) - (centroid[i] as number)) : 0
  const distances = squares.map(Math.sqrt)
  return {
    segmentation: it.id,
    segment: idAt(it, best),
    distance: distances[best] as number,
    ...(other ? { runnerUp: { segment: idAt(it, second), distance: distances[second] as number } } : {}),
    distances,
    contributions: it.features
      .map((feature, i) => ({ feature, value: values[i] as number, weight: other ? gap(i, other) - gap(i, own) : 0 }))
      .sort((a, b) => b.weight - a.weight),
  }
}

const idAt = (it: Segmentation, centroid: number): SegmentId => it.segments[centroid + 1]?.id as SegmentId

/** The first rule that holds. One whose numbers are not all known may hold: then nobody can say which is the first. */
const byRules = (model: Model, it: RuleSegmentation, raws: FeatureVector): Assignment => {
  const numberIn = ({ feature }: Condition): FeatureVector[number] => numberOf(model, raws, feature)
  const fails = (each: Condition): boolean => {
    const value = numberIn(each)
    return (
      value === null ||
      (value !== undefined && !(value >= (each.least ?? -Infinity) && value <= (each.most ?? Infinity)))
    )
  }
  const rule = it.rules.find(each => !each.all.some(fails))
  if (rule?.all.some(each => numberIn(each) === undefined)) return unassigned(it, 'missing-feature')
  const looked = (rule ? [rule] : it.rules).flatMap(each => each.all.map(condition => condition.feature))
  return {
    segmentation: it.id,
    segment: rule?.segment ?? it.otherwise,
    contributions: [...new Set(looked)].map(feature => ({
      feature,
      value: numberOf(model, raws, feature) ?? 0,
      weight: rule ? 1 : 0,
    })),
  }
}

/**
 * @param raws raw vector in the order of `model.features` (see `rawVector`)
 * @param granted whether the visitor granted every category that the segmentation draws on
 */
export const assign = (model: Model, it: Segmentation, raws: FeatureVector, granted = true): Assignment => {
  if (!granted) return unassigned(it, 'denied')
  return it.kind === 'centroids' ? toCentroid(model, it, raws) : byRules(model, it, raws)
}
