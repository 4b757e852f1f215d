/** What clusters are called: their order, their ids, and the words that the recipe has for each. */

import { assign } from '../core/assign.ts'
import type { FeatureSpec } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import type { CentroidSegmentation, Segment, SegmentId } from '../core/segmentation.ts'
import { untransform } from './binding.ts'
import { sizesOf } from './cluster/criteria.ts'
import type { Fit } from './cluster/engine.ts'
import { besideEachOther } from './names/beside.ts'
import { draftNames, type Words } from './names/draft-name.ts'
import type { Recipe } from './recipe.ts'
import { rounded, type Scaler } from './scale.ts'

/** The largest cluster first; of two equals, the one whose centroid is smaller in its first differing number. */
export const sortedBySize = (centroids: Fit['centroids'], sizes: readonly number[]): number[][] =>
  centroids
    .map((centroid, i) => ({ centroid: centroid.map(rounded), size: sizes[i] as number }))
    .sort((a, b) => b.size - a.size || compare(a.centroid, b.centroid))
    .map(({ centroid }) => centroid)

export const bySize = (fit: Fit): number[][] => sortedBySize(fit.centroids, sizesOf(fit.labels, fit.centroids.length))

const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((x, i) => x !== b[i])
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number)
}

/** `prefix` and a number, padded so that all are equally long, and as long as the ids of the recipe's rules. */
export const idsOf = (recipe: Recipe, k: number): SegmentId[] => {
  const { ids, outliers } = recipe.segmentation
  const wanted = recipe.rules[0]?.segments[0]?.id.length ?? 0
  const width = Math.max(String(outliers ? k + 1 : k).length, wanted - ids.length)
  return Array.from({ length: k + 1 }, (_, i) => `${ids}${String(i).padStart(width, '0')}` as SegmentId)
}

const NOTHING = 1e-6

/** A centroid as the raw numbers of a visit, by feature, to four digits: what `typical` of a recipe may say. */
export const typicalIn = (
  specs: readonly FeatureSpec[],
  { features, scaler }: { readonly features: readonly string[]; readonly scaler: Scaler },
  centroid: readonly number[],
): { [feature: string]: number } =>
  Object.fromEntries(
    features.map((name, i) => {
      const spec = specs.find(it => it.name === name) as FeatureSpec
      const x = (centroid[i] as number) * (scaler.scale[i] as number) + (scaler.center[i] as number)
      const raw = untransform(spec, x)
      // Signals are counted in whole units: what is left of a mean of zeros is a rounding.
      return [name, Math.abs(raw) < NOTHING ? 0 : Number(raw.toPrecision(4))]
    }),
  )

export const typicalOf = ({ bound, segmentation }: Recipe, scaler: Scaler, centroid: readonly number[]) =>
  typicalIn(bound, { features: segmentation.features, scaler }, centroid)

/** Segments in the order of their centroids: `unassigned`, the first `names` of the recipe, and the rest by drafted names. */
export const segmentsOf = (recipe: Recipe, centroids: readonly (readonly number[])[], names: number): Segment[] => {
  const { unassigned, segments, features } = recipe.segmentation
  const specs = features.map(name => recipe.bound.find(it => it.name === name) as FeatureSpec)
  const drafted = draftNames(specs, recipe.privacy ? besideEachOther(centroids) : centroids)
  return idsOf(recipe, centroids.length).map((id, i) => {
    const { label, description } = i === 0 ? unassigned : ((i <= names ? segments[i - 1] : drafted[i - 1]) as Words)
    return { id, label, description }
  })
}

/**
 * The cluster of each segment that the recipe names: the one to which the model assigns its typical visit.
 * @param model with segments still without names
 * @returns for each name, an index into the centroids
 * @throws ParseError where two typical visits fall into one cluster, or one into none
 */
export const clustersNamed = (recipe: Recipe, model: Model, it: CentroidSegmentation): number[] => {
  const place = `${recipe.place}: segments of ${it.id}`
  const names = recipe.segmentation.segments
  const found: number[] = []
  for (const { label, typical } of names) {
    const raws = model.features.map(spec => typical[spec.name] ?? null)
    const { segment } = assign(model, it, raws)
    const at = it.segments.findIndex(each => each.id === segment) - 1
    if (at < 0)
      fault(place, `the typical visit of "${label}" is all zeros`, 'Describe a visit in which something was seen')
    const before = names[found.indexOf(at)]
    if (before) {
      const mend = `Change one to resemble a cluster without a name yet: ${free(recipe, it, found)}`
      fault(place, `the typical visits of "${before.label}" and "${label}" are of one cluster`, mend)
    }
    found.push(at)
  }
  return found
}

const free = (recipe: Recipe, it: CentroidSegmentation, taken: readonly number[]): string =>
  it.centroids
    .filter((_, i) => !taken.includes(i))
    .map(centroid => JSON.stringify(typicalOf(recipe, it.scaler, centroid)))
    .join(' or ')

/** Centroids in the order of the recipe's names; those without one follow, as they were. */
export const inOrderOf = (centroids: readonly number[][], named: readonly number[]): number[][] => [
  ...named.map(i => centroids[i] as number[]),
  ...centroids.filter((_, i) => !named.includes(i)),
]
