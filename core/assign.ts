/** One segment per segmentation, with the distances and contributions that explain it. Device and trainer both call this. */

import { type FeatureSpec, type FeatureVector, transform } from './feature.ts'
import { type Model, numberOf } from './model.ts'
import { bandOf, probabilityOf, scoreOf } from './propensity.ts'
import {
  type CentroidSegmentation,
  type Condition,
  type PropensitySegmentation,
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
  /**
   * How strongly it spoke for this segment and against the runner-up, in squared scaled units; below zero: against. Of a
   * propensity: how much more likely than with an ordinary value, in log-odds.
   */
  readonly weight: number
}

export interface Assignment {
  readonly segmentation: string
  readonly segment: SegmentId
  /** Euclidean distance to the centroid in scaled space; centroids alone have it. */
  readonly distance?: number
  /** How likely it is, 0 to 1; a propensity alone has it. */
  readonly probability?: number
  readonly runnerUp?: { readonly segment: SegmentId; readonly distance: number }
  /** To every centroid, in the model's order. */
  readonly distances?: readonly number[]
  readonly contributions: readonly Contribution[]
  /** Why no segment could be given. */
  readonly unassigned?: 'no-signals' | 'missing-feature' | 'denied' | 'not-me'
  /** The visitor chose it; the site's reports say `unassigned`. */
  readonly pinned?: true
  /** It would be another by now, and stays a while longer: see `hold.ts`. */
  readonly held?: true
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

const toCentroid = (it: CentroidSegmentation, specs: readonly FeatureSpec[], values: readonly number[]): Assignment => {
  const z = scaled(
    it.scaler,
    specs.map((spec, i) => transform(spec, values[i] as number)),
  )
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
  // An outlier is not near to anything: what sets it apart from the nearest centroid speaks for it.
  const out = (distances[best] as number) > (it.reach ?? Infinity)
  const weight = (i: number): number => (out ? gap(i, own) : other ? gap(i, other) - gap(i, own) : 0)
  return {
    segmentation: it.id,
    segment: idAt(it, out ? it.centroids.length : best),
    ...(out ? {} : { distance: distances[best] as number }),
    ...(other && !out ? { runnerUp: { segment: idAt(it, second), distance: distances[second] as number } } : {}),
    distances,
    contributions: it.features
      .map((feature, i) => ({ feature, value: values[i] as number, weight: weight(i) }))
      .sort((a, b) => b.weight - a.weight),
  }
}

const idAt = (it: Segmentation, centroid: number): SegmentId => it.segments[centroid + 1]?.id as SegmentId

const toBand = (it: PropensitySegmentation, specs: readonly FeatureSpec[], values: readonly number[]): Assignment => {
  const score = scoreOf(it.predictor, specs, values)
  const probability = probabilityOf(score)
  return {
    segmentation: it.id,
    segment: idAt(it, bandOf(it.bands, probability)),
    probability,
    contributions: it.features
      .map((feature, i) => {
        // Of most visitors most numbers are ordinary, and say nothing.
        if (values[i] === it.typical[i]) return { feature, value: values[i] as number, weight: 0 }
        const ordinary = values.map((value, j) => (i === j ? (it.typical[j] as number) : value))
        return { feature, value: values[i] as number, weight: score - scoreOf(it.predictor, specs, ordinary) }
      })
      .sort((a, b) => b.weight - a.weight),
  }
}

/** What is worked out from numbers of which none may be missing. */
const byNumbers = (
  model: Model,
  it: CentroidSegmentation | PropensitySegmentation,
  raws: FeatureVector,
): Assignment => {
  const values = it.features.map(name => numberOf(model, raws, name))
  if (values.some(value => value == null)) return unassigned(it, 'missing-feature')
  if (values.every(value => value === 0)) return unassigned(it, 'no-signals')
  const specs = it.features.map(name => model.features.find(each => each.name === name) as FeatureSpec)
  return it.kind === 'centroids' ? toCentroid(it, specs, values as number[]) : toBand(it, specs, values as number[])
}

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
  return it.kind === 'rules' ? byRules(model, it, raws) : byNumbers(model, it, raws)
}
