/** From rows to a model and its card. Pure: the same recipe, table and digest always give the same two. */

import { scaled } from '../core/assign.ts'
import { type FeatureSpec, transform } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import type { Random } from '../core/ports.ts'
import {
  type CentroidSegmentation,
  type PropensitySegmentation,
  practiceOf,
  type Segment,
  type SegmentId,
} from '../core/segmentation.ts'
import { checkAssigned, elsewhereOf, segmentOfEach } from './assigned.ts'
import { type Card, cardOf } from './card.ts'
import { type CleanRow, clean } from './clean.ts'
import { cluster } from './cluster/cluster.ts'
import type { Progress } from './cluster/kmeans.ts'
import { withOutliers } from './cluster/outliers.ts'
import { type Points, pointsFrom } from './cluster/points.ts'
import { keepSegments } from './compare/keep.ts'
import { checkData } from './data-check.ts'
import { evidenceOf } from './evidence.ts'
import { axesOf } from './maps/axes.ts'
import { predict } from './predict/propensity.ts'
import { privately } from './private/privately.ts'
import type { Recipe } from './recipe.ts'
import { scalingOf } from './robust.ts'
import type { Scaler } from './scale.ts'
import { bySize, clustersNamed, inOrderOf, segmentsOf, sortedBySize } from './segments.ts'
import type { Table } from './table.ts'
import { type Split, split } from './test-set.ts'

export interface Trained {
  /** As a device takes it. Where the recipe binds offline columns, print it with `printModel`, which marks it. */
  readonly model: Model
  readonly card: Card
  /** Training rows in scaled space, and the segment of each: for pictures, and for nobody outside. */
  readonly clustered: { readonly points: Points; readonly segments: readonly SegmentId[] }
  /** The rows themselves, as secret. */
  readonly split: Split
}

/** n x d: the features of the segmentation, transformed, not yet scaled. */
export const pointsOf = (recipe: Recipe, rows: readonly CleanRow[]): number[][] => {
  const columns = recipe.segmentation.features.map(name => {
    const at = recipe.bound.findIndex(spec => spec.name === name)
    return { at, spec: recipe.bound[at] as FeatureSpec }
  })
  return rows.map(({ raws }) => columns.map(({ at, spec }) => transform(spec, raws[at] as number)))
}

const modelOf = (
  recipe: Recipe,
  it: CentroidSegmentation,
  digest: string,
  propensities: readonly PropensitySegmentation[] = [],
): Model => {
  const { title, source, licence, basis } = recipe.dataset
  return {
    v: 1,
    name: recipe.name,
    revision: recipe.revision,
    issued: recipe.issued,
    expires: recipe.expires,
    features: [...recipe.bound, ...recipe.features],
    segmentations: [it, ...propensities, ...recipe.rules],
    guarantee: {
      minimumSize: recipe.minimumSize,
      dataset: `${title} (${source}, ${licence})`,
      // A digest would confirm a guess of the whole file, and with it of everybody in it.
      digest: recipe.privacy ? 'withheld' : digest,
      basis,
      ...(recipe.privacy ? { epsilon: recipe.privacy.epsilon } : {}),
    },
  }
}

const segmentationOf = (recipe: Recipe, scaler: Scaler, centroids: number[][], names: number) => {
  const { id, label, features } = recipe.segmentation
  const segments = segmentsOf(recipe, centroids, names)
  return {
    kind: 'centroids',
    id,
    label,
    ...practiceOf(recipe.segmentation),
    segments,
    features,
    scaler,
    centroids,
  } as const
}

/**
 * Centroids in the order of the names, so that ids mean the same after the next training; a public file in order of size
 * would tell more than it has to.
 */
const inOrder = (recipe: Recipe, scaler: Scaler, centroids: number[][]): CentroidSegmentation => {
  const draft = segmentationOf(recipe, scaler, centroids, 0)
  const named = clustersNamed(recipe, modelOf(recipe, draft, ''), draft)
  return segmentationOf(recipe, scaler, inOrderOf(centroids, named), named.length)
}

/**
 * A model of centroids that were found elsewhere.
 * @param centroids k x d, scaled
 * @param sizes of the clusters: the largest comes first, but for those the recipe names
 */
export const modelFrom = (
  recipe: Recipe,
  scaler: Scaler,
  centroids: readonly (readonly number[])[],
  sizes: readonly number[],
  digest: string,
): Model => modelOf(recipe, inOrder(recipe, scaler, sortedBySize(centroids, sizes)), digest)

/** Has the recipe words for a segment, or were they drafted? */
export const isNamed =
  ({ segmentation }: Recipe) =>
  ({ label }: { readonly label: string }): boolean =>
    segmentation.segments.some(each => each.label === label)

const openly = (recipe: Recipe, uncut: number[][], progress?: Progress) => {
  const { scaler, points, cut } = scalingOf(recipe.scale, uncut)
  const z = points.map(point => scaled(scaler, point))
  return { scaler, z, cut, found: cluster(z, recipe, progress) }
}

const needNoise = ({ place }: Recipe): never =>
  fault(`${place}.privacy`, 'no source of noise', 'Give one that nobody else knows')

/**
 * Trains the recipe's segmentation on the table; the rules are copied through.
 * @param digest of the file that the table was read from, `sha256:` and hex
 * @param before the segmentation until now, whose ids segments keep that persist
 * @param noise for a recipe with `privacy`: nobody else may know it
 * @throws ParseError where a column is missing, no rows are left, a cluster is too small, or the names do not fit
 */
export const train = (
  recipe: Recipe,
  table: Table,
  digest: string,
  progress?: Progress,
  before?: CentroidSegmentation,
  noise?: Random,
): Trained => {
  progress?.(0, 'cleaning')
  const cleaned = clean(recipe, table)
  progress?.(0, 'cleaned')
  const parts = split(recipe, cleaned.rows)
  const uncut = pointsOf(recipe, parts.training)
  if (!uncut.length) fault(`${recipe.place}.test`, 'no row is left for training', 'Keep fewer for the test set')
  const hidden = recipe.privacy && privately(recipe, recipe.privacy, uncut, noise ?? needNoise(recipe), progress)
  const { scaler, z, cut, found } = hidden ?? openly(recipe, uncut, progress)
  const { fit } = found
  const centroids = hidden ? sortedBySize(fit.centroids, hidden.counts) : bySize(fit)
  const fresh = { ...inOrder(recipe, scaler, centroids), map: axesOf(hidden ? centroids : z) }
  const kept = before ? keepSegments(before, fresh, isNamed(recipe)) : fresh
  const { outliers } = recipe.segmentation
  const seen = (): number[][] => uncut.map(point => scaled(scaler, point))
  const beyond = outliers && withOutliers(kept, outliers, seen(), fit.labels, before)
  const it = beyond?.it ?? kept
  const length = (it.segments[0] as Segment).id.length
  const predicted = recipe.propensities.map(each => predict(each, { recipe, table, split: parts, length }, progress))
  const propensities = predicted.map(each => each.segmentation)
  const model = modelOf(recipe, it, digest, propensities)
  const assigned = {
    training: segmentOfEach(recipe, model, it, parts.training),
    test: segmentOfEach(recipe, model, it, parts.test),
  }
  const check = checkData(recipe, table, cleaned)
  const elsewhere = elsewhereOf(it, fit, assigned.training, cut)
  const likely = predicted.map(each => each.card)
  const evidence = evidenceOf({ recipe, table, model, it, split: parts, assigned })
  const middle = beyond?.middle
  const parted = { clean: cleaned, middle, check, evidence, split: parts, assigned, elsewhere, propensities: likely }
  const card = cardOf(recipe, model, it, { ...parted, ...found, ...(hidden ? { privacy: hidden.cost } : {}) })
  // Under differential privacy the noised sizes were looked at, and exact ones must not decide.
  if (!hidden) checkAssigned(recipe, card)
  return { model, card, clustered: { points: pointsFrom(z), segments: assigned.training }, split: parts }
}
