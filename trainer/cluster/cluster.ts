/** Points to clusters, by the method that the recipe asks for. Whatever the method, what ships is a centroid for each. */

import { fault } from '../../core/parse.ts'
import { load } from '../kernels/loaded.ts'
import type { Recipe } from '../recipe.ts'
import { byDensity, type DensityFigures } from './by-density.ts'
import { byTree, type Dendrogram } from './by-tree.ts'
import { type Clustered, kmeans, type Progress } from './kmeans.ts'
import { ksOf } from './method.ts'
import { pointsFrom } from './points.ts'

export interface Found extends Clustered {
  /** Of `dbscan`. */
  readonly density?: DensityFigures
  /** Of `ward`. */
  readonly dendrogram?: Dendrogram
}

/**
 * @param rows n x d, scaled
 * @throws ParseError where there are not enough different points, or the clusters are too small
 */
export const cluster = (rows: readonly (readonly number[])[], recipe: Recipe, progress?: Progress): Found => {
  const { seed, restarts, minimumSize, place, segmentation } = recipe
  const { method, engine, k } = segmentation
  const points = pointsFrom(rows)
  const ks = ksOf(k).filter(each => each <= points.n)
  if (!ks.length) fault(`${place}.k`, `${points.n} rows`, 'Ask for fewer clusters, or give more data')
  const options = { ks, seed, restarts, minimumSize, engine, place }
  switch (method) {
    case 'kmeans':
      return kmeans(points, options, progress)
    case 'ward':
      return byTree(points, options, progress)
    case 'dbscan':
      return byDensity(load(points), { ...options, ...segmentation }, progress)
    default:
      return method satisfies never
  }
}
