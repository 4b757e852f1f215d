/** Points to clusters, by the method that the recipe asks for. Whatever the method, what ships is a centroid for each. */

import { fault } from '../../core/parse.ts'
import { load } from '../kernels/loaded.ts'
import type { Recipe } from '../recipe.ts'
import { byDensity, type DensityFigures } from './by-density.ts'
import { byTree, type Dendrogram } from './by-tree.ts'
import { type Clustered, type KmeansOptions, kmeans, type Progress } from './kmeans.ts'
import { ksOf } from './method.ts'
import { type Points, pointsFrom } from './points.ts'

export interface Found extends Clustered {
  /** Of `dbscan`. */
  readonly density?: DensityFigures
  /** Of `ward`. */
  readonly dendrogram?: Dendrogram
}

/** How many rows differ, as far as it matters. */
const different = (rows: readonly (readonly number[])[], most: number): number => {
  const seen = new Set<string>()
  for (const row of rows) {
    seen.add(row.join(' '))
    if (seen.size === most) break
  }
  return seen.size
}

/** Of a range, as many as there are different rows; of a number that is told, that one. */
const possible = (ks: readonly number[], rows: readonly (readonly number[])[]): readonly number[] => {
  const [first = 0] = ks
  const most = different(rows, ks.at(-1) ?? first)
  return most > first ? ks.filter(k => k <= most) : ks.slice(0, 1)
}

/**
 * @param rows n x d, scaled
 * @throws ParseError where there are not enough different points, or the clusters are too small
 */
export const cluster = (rows: readonly (readonly number[])[], recipe: Recipe, progress?: Progress): Found => {
  const { seed, restarts, minimumSize, place, segmentation } = recipe
  const { engine, k } = segmentation
  const points = pointsFrom(rows)
  const ks = ksOf(k).filter(each => each <= points.n)
  if (!ks.length) fault(`${place}.k`, `${points.n} rows`, 'Ask for fewer clusters, or give more data')
  const tried = segmentation.method === 'dbscan' ? ks : possible(ks, rows)
  const found = clusteredBy(points, { ks: tried, seed, restarts, minimumSize, engine, place, segmentation }, progress)
  if (tried.length === ks.length) return found
  const [last] = tried.slice(-1)
  const all = `There are only ${last} different rows`
  const because = tried.length > 1 ? `${found.choice.because} ${all}.` : `${all}, so k = ${last}.`
  return { ...found, choice: { ...found.choice, because } }
}

type Options = KmeansOptions & Pick<Recipe, 'segmentation'>

const clusteredBy = (points: Points, { segmentation, ...options }: Options, progress?: Progress): Found => {
  const { method } = segmentation
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
