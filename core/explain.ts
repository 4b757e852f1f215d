/** What would have to be otherwise for another segment: the smallest change of one feature that moves it. */

import { assign, scaled, squaredDistance } from './assign.ts'
import { exp, log } from './elementary.ts'
import { type FeatureSpec, type FeatureVector, transform } from './feature.ts'
import { type Model, numberOf } from './model.ts'
import { scoreOf } from './propensity.ts'
import type { CentroidSegmentation, PropensitySegmentation, Segmentation, SegmentId } from './segmentation.ts'

export interface Change {
  readonly feature: string
  /** Raw numbers, in the feature's own unit. */
  readonly from: number
  readonly to: number
  /** The segment it would lead to. */
  readonly segment: SegmentId
}

/** What is counted or added up moves in whole steps; a mean or a share by as little as it takes. */
const isWhole = ({ aggregate }: FeatureSpec): boolean => !['mean', 'ratio', 'share', 'entropy'].includes(aggregate)
/** Candidates that are tried, the smallest first: the time is bounded for the strangest model too. */
const MOST_TRIED = 500
/** How far past a boundary a real number is put, as a part of its size: distances are sums of rounded squares. */
const NUDGE = 1e-6

/** The raw number that `transform` turns into `value`, but for rounding. */
const inverse = (spec: FeatureSpec, value: number): number => {
  const scaled = spec.transform === 'log1p' ? exp(value) - 1 : spec.transform === 'sqrt' ? value * value : value
  return spec.per && spec.aggregate !== 'recency' ? scaled * spec.per : scaled
}

/** Raw numbers at a boundary and to either side of it, as far as there can be such: which of them is past it, `assign` tells. */
const around = (spec: FeatureSpec, from: number, boundary: number): number[] => {
  const step = isWhole(spec) ? 1 : Math.max(1, Math.abs(boundary)) * NUDGE
  const first = isWhole(spec) ? Math.floor(boundary) : boundary
  const most = spec.aggregate === 'share' ? 1 : Number.MAX_SAFE_INTEGER
  // The inverse of a transform may come out a little beside the boundary.
  return [first - step, first, first + step, first + 2 * step].filter(to => to !== from && to >= 0 && to <= most)
}

/** Where a feature, moved alone, meets the cell of another centroid: the difference of two squared distances is linear along a line. */
const cells = ({ centroids }: CentroidSegmentation, i: number, z: readonly number[], own: number): number[] => {
  const mine = centroids[own]
  return centroids.flatMap((centroid, j) => {
    const way = mine ? 2 * ((centroid[i] as number) - (mine[i] as number)) : 0
    if (!mine || j === own || way === 0) return []
    return [(z[i] as number) + (squaredDistance(z, centroid) - squaredDistance(z, mine)) / way]
  })
}

/** Where it comes within the reach of a centroid, or out of it: twice for each line that meets the ball. */
const balls = ({ centroids, reach }: CentroidSegmentation, i: number, z: readonly number[]): number[] =>
  centroids.flatMap(centroid => {
    const along = (z[i] as number) - (centroid[i] as number)
    const room = reach === undefined ? -1 : reach * reach - squaredDistance(z, centroid) + along * along
    return room < 0 ? [] : [-1, 1].map(side => (centroid[i] as number) + side * Math.sqrt(room))
  })

/** All of these, in raw units. */
const boundaries = (it: CentroidSegmentation, i: number, spec: FeatureSpec, z: readonly number[], own: number) =>
  [...cells(it, i, z, own), ...balls(it, i, z)].flatMap(moved => {
    const value = moved * (it.scaler.scale[i] as number) + (it.scaler.center[i] as number)
    return value >= 0 || !spec.transform ? [inverse(spec, value)] : []
  })

interface Candidate {
  readonly spec: FeatureSpec
  readonly from: number
  readonly to: number
}

const nearCentroids = (
  model: Model,
  it: CentroidSegmentation,
  raws: FeatureVector,
  segment: SegmentId,
): Candidate[] => {
  const own = it.segments.findIndex(({ id }) => id === segment) - 1
  const specs = it.features.map(name => model.features.find(spec => spec.name === name) as FeatureSpec)
  const values = it.features.map(name => numberOf(model, raws, name) as number)
  const z = scaled(
    it.scaler,
    specs.map((spec, i) => transform(spec, values[i] as number)),
  )
  return specs.flatMap((spec, i) => {
    const from = values[i] as number
    return boundaries(it, i, spec, z, own)
      .flatMap(boundary => around(spec, from, boundary))
      .map(to => ({ spec, from, to }))
  })
}

/** Just inside and just outside of every bound that a rule names. */
const nearRules = (model: Model, it: Extract<Segmentation, { kind: 'rules' }>, raws: FeatureVector): Candidate[] =>
  it.rules
    .flatMap(rule => rule.all)
    .flatMap(({ feature, least, most }) => {
      const from = numberOf(model, raws, feature)
      const spec = model.features.find(({ name }) => name === feature)
      if (from == null || !spec) return []
      const bounds = [least, most].filter(bound => bound !== undefined)
      return bounds.flatMap(bound => around(spec, from, bound)).map(to => ({ spec, from, to }))
    })

/** Where a feature, moved alone, makes a propensity another: at each threshold of trees, and where log-odds meet the bounds of bands. */
const turns = (it: PropensitySegmentation, i: number, specs: readonly FeatureSpec[], values: readonly number[]) => {
  const { predictor } = it
  if (predictor.method === 'trees') return predictor.thresholds[i] as readonly number[]
  const spec = specs[i] as FeatureSpec
  const weight = predictor.weights[i] as number
  const score = scoreOf(predictor, specs, values)
  const x = transform(spec, values[i] as number)
  const moved = it.bands.map(
    bound => x + ((log(bound / (1 - bound)) - score) * (predictor.scale[i] as number)) / weight,
  )
  return weight ? moved.filter(value => value >= 0 || !spec.transform).map(value => inverse(spec, value)) : []
}

const nearBands = (model: Model, it: PropensitySegmentation, raws: FeatureVector): Candidate[] => {
  const specs = it.features.map(name => model.features.find(spec => spec.name === name) as FeatureSpec)
  const values = it.features.map(name => numberOf(model, raws, name) as number)
  return specs.flatMap((spec, i) => {
    const from = values[i] as number
    return turns(it, i, specs, values)
      .flatMap(turn => around(spec, from, turn))
      .map(to => ({ spec, from, to }))
  })
}

const candidatesOf = (model: Model, it: Segmentation, raws: FeatureVector, segment: SegmentId): Candidate[] => {
  if (it.kind === 'rules') return nearRules(model, it, raws)
  return it.kind === 'centroids' ? nearCentroids(model, it, raws, segment) : nearBands(model, it, raws)
}

const scalesOf = (it: Segmentation): readonly number[] | undefined => {
  if (it.kind === 'centroids') return it.scaler.scale
  return it.kind === 'propensity' && it.predictor.method === 'logistic' ? it.predictor.scale : undefined
}

/** How large a change is, so that those of two features compare: in scaled units, or where there are none as a part of what is. */
const sizeOf = (it: Segmentation, { spec, from, to }: Candidate): number => {
  const scales = scalesOf(it)
  if (!scales || it.kind === 'rules') return Math.abs(to - from) / Math.max(1, Math.abs(from))
  return Math.abs(transform(spec, to) - transform(spec, from)) / (scales[it.features.indexOf(spec.name)] as number)
}

/**
 * The smallest change of one feature that puts a visitor into another segment; undefined where none does, or there is no segment
 * to leave. Each candidate is proved by `assign` itself.
 * @param raws raw vector in the order of `model.features`
 */
export const smallestChange = (model: Model, it: Segmentation, raws: FeatureVector): Change | undefined => {
  const now = assign(model, it, raws)
  if (now.unassigned) return undefined
  const bySize = candidatesOf(model, it, raws, now.segment)
    .map(each => ({ ...each, size: sizeOf(it, each) }))
    .sort((a, b) => a.size - b.size)
  for (const { spec, from, to } of bySize.slice(0, MOST_TRIED)) {
    const changed = model.features.map(({ name }, i) => (name === spec.name ? to : raws[i]))
    const then = assign(model, it, changed)
    if (then.unassigned || then.segment === now.segment) continue
    return { feature: spec.name, from, to, segment: then.segment }
  }
  return undefined
}
