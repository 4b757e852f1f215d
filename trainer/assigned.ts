/** Which row belongs where, by the code that assigns on a device; and whether that is what clustering found. */

import { assign } from '../core/assign.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import type { CentroidSegmentation, SegmentId } from '../core/segmentation.ts'
import type { Card } from './card.ts'
import type { CleanRow } from './clean.ts'
import type { Fit } from './cluster/engine.ts'
import type { Recipe } from './recipe.ts'
import { rounded } from './scale.ts'
import { vectorOf } from './test-set.ts'

/** The segment of each row. */
export const segmentOfEach = (
  recipe: Recipe,
  model: Model,
  it: CentroidSegmentation,
  rows: readonly CleanRow[],
): SegmentId[] => rows.map(row => assign(model, it, vectorOf(recipe, row)).segment)

/** The segment of each cluster, found by its centroid. */
const segmentOfClusters = (it: CentroidSegmentation, fit: Fit): (SegmentId | undefined)[] =>
  fit.centroids.map(centroid => {
    const at = it.centroids.findIndex(each => each.every((x, i) => x === rounded(centroid[i] as number)))
    return it.segments[at + 1]?.id
  })

/** Clustered rows that the device puts elsewhere, and how many were clustered at all: density knows outliers, a tree may be of a sample. */
export interface Elsewhere {
  readonly rows: number
  readonly of: number
}

/**
 * @param assigned the segment of each training row
 * @param cut rows that were clustered at less than their full extent: they may go elsewhere with it
 */
export const elsewhereOf = (
  it: CentroidSegmentation,
  fit: Fit,
  assigned: readonly SegmentId[],
  cut: readonly boolean[],
): Elsewhere => {
  const clustered = segmentOfClusters(it, fit)
  // Who is beyond the centroids' reach is told as the size of that segment.
  const beyond = it.reach === undefined ? undefined : it.segments.at(-1)?.id
  const found = { rows: 0, of: 0 }
  fit.labels.forEach((label, row) => {
    if (label < 0 || cut[row] || assigned[row] === beyond) return
    found.of++
    if (clustered[label] !== assigned[row]) found.rows++
  })
  return found
}

/** Rows equally far from two centroids may go either way. More than this share of them, and the clusters mean little. */
const MOST_BETWEEN = 0.001

/** @throws ParseError where more rows than a few go elsewhere than K-Means put them, or a segment is too small */
export const checkAssigned = (recipe: Recipe, { clusters, segments, rows: { training } }: Card): void => {
  const { rows } = clusters.elsewhere
  if (clusters.method === 'kmeans' && rows > training * MOST_BETWEEN) {
    const mend = 'Use features that take more than a few values, or another k'
    fault(recipe.place, `${rows} rows lie between two clusters`, mend)
  }
  const small = segments.find(({ size }) => size < recipe.minimumSize)
  if (small) {
    const problem = `segment ${small.id} has ${small.size} rows, fewer than ${recipe.minimumSize}`
    fault(`${recipe.place}.minimumSize`, problem, 'Ask for fewer clusters (k), or give more data')
  }
}
