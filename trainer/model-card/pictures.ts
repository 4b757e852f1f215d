/** What a model card draws: maps and spreads. Of rows, nothing but counts and rounded quantiles goes in. */

import type { FeatureSpec } from '../../core/feature.ts'
import type { CentroidSegmentation, SegmentId } from '../../core/segmentation.ts'
import { FEWEST_TOLD } from '../../view/few.ts'
import { spoken } from '../../view/format.ts'
import type { Spread } from '../../view/plot/spreads.ts'
import type { Progress } from '../cluster/kmeans.ts'
import { mapsOf, type RowMap } from '../maps/maps.ts'
import type { Recipe } from '../recipe.ts'
import type { Trained } from '../train.ts'

export interface Pictures {
  readonly maps: readonly RowMap[]
  /** The segment of each place on every map, by its number from 0. */
  readonly groups: readonly number[]
  readonly spreads: readonly { readonly feature: string; readonly spreads: readonly Spread[] }[]
}

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const

/** A quantile is somebody's number; to two digits it is many people's. */
const rough = (x: number): number => Number(x.toPrecision(2))

const spreadOf = (name: string, values: readonly number[]): Spread => {
  const sorted = Float64Array.from(values).sort()
  // Never one of the outermost: of a small segment their tenth would be somebody's.
  const [first, last] = [FEWEST_TOLD - 1, sorted.length - FEWEST_TOLD]
  const within = (i: number): number => (first < last ? Math.min(Math.max(i, first), last) : sorted.length >> 1)
  const at = SHARES.map(share => rough(sorted[within(Math.floor(share * (sorted.length - 1)))] ?? 0))
  return { name, at: at as unknown as Spread['at'] }
}

/** The number as it is said: milliseconds of a feature in seconds are seconds. */
export const shown = ({ per, aggregate }: FeatureSpec, raw: number): number =>
  per && aggregate !== 'recency' ? raw / per : raw

const UNITS: { readonly [ms: number]: string } = { 1: 'ms', 1000: 's', 60000: 'min', 3600000: 'h', 86400000: 'days' }

/** The unit of {@link shown}; none of what is counted. */
export const unitOf = ({ aggregate, field, per = 1 }: FeatureSpec): string => {
  const isTime = aggregate === 'recency' || aggregate === 'span' || field === 'ms'
  return isTime && aggregate !== 'distinct' ? (UNITS[per] ?? '') : ''
}

/** `Shelf time, s`. */
export const titleOf = (spec: FeatureSpec): string => {
  const unit = unitOf(spec)
  return `${spoken(spec.name)}${unit ? `, ${unit}` : ''}`
}

export const picturesOf = (recipe: Recipe, trained: Trained, progress?: Progress): Pictures => {
  const { model, clustered, split } = trained
  const it = model.segmentations[0] as CentroidSegmentation
  const groupOf = (id: SegmentId): number => it.segments.findIndex(each => each.id === id) - 1
  const { rows, maps } = mapsOf(clustered.points, recipe.seed, progress)
  const spreads = it.features.map(feature => {
    const at = recipe.bound.findIndex(({ name }) => name === feature)
    const spec = recipe.bound[at] as FeatureSpec
    const values: number[][] = it.segments.slice(1).map(() => [])
    split.training.forEach(({ raws }, row) => {
      values[groupOf(clustered.segments[row] as SegmentId)]?.push(shown(spec, raws[at] as number))
    })
    return {
      feature: titleOf(spec),
      spreads: it.segments.slice(1).map(({ label }, i) => spreadOf(label, values[i] ?? [])),
    }
  })
  return {
    maps,
    groups: rows.map(row => groupOf(clustered.segments[row] as SegmentId)),
    spreads,
  }
}
