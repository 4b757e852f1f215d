/** Clusters that DBSCAN finds, as centroids: a device knows no density. */

import { fault } from '../../core/parse.ts'
import type { Loaded } from '../kernels/loaded.ts'
import { sizesOf } from './criteria.ts'
import { type Density, dbscan, neighbourDistances, OUTLIER, radiusAt } from './dbscan.ts'
import { type Clustered, createJudge, type KmeansOptions, type Progress } from './kmeans.ts'
import { fitOf } from './means.ts'
import { MOST_CLUSTERS } from './method.ts'

export interface DensityFigures extends Density {
  /** Rows in no cluster, or in one below `minimumSize`. */
  readonly outliers: number
  /** Distances of rows to their last neighbour, the largest first, at even steps: the k-distance plot. */
  readonly distances: readonly number[]
}

/** Two for each feature (Sander and others 1998). */
const NEIGHBOURS_PER_FEATURE = 2
const FEWEST_NEIGHBOURS = 4
/** Enough to draw a line by. */
const DRAWN = 200

/** So many of the loneliest are left out: a distance that only they have would tell of them. */
const LONELIEST = 4

const thinned = (all: readonly number[]): number[] => {
  const values = all.slice(all.length > 2 * LONELIEST ? LONELIEST : 0)
  const steps = Math.min(DRAWN, values.length)
  const at = (i: number): number => Math.floor((i * (values.length - 1)) / Math.max(1, steps - 1))
  return Array.from({ length: steps }, (_, i) => Number((values[at(i)] as number).toPrecision(4)))
}

/** Clusters below `least` are outliers as well; the others keep their order. */
const large = (labels: Int32Array, least: number): { readonly labels: Int32Array; readonly k: number } => {
  const sizes = sizesOf(
    labels,
    labels.reduce((most, label) => Math.max(most, label + 1), 0),
  )
  let k = 0
  const numbers = sizes.map(size => (size >= least ? k++ : OUTLIER))
  return { labels: labels.map(label => (label < 0 ? OUTLIER : (numbers[label] as number))), k }
}

/** @throws ParseError where there are fewer than two clusters, or more than ids can name */
export const byDensity = (
  loaded: Loaded,
  { seed, minimumSize, place, ...given }: KmeansOptions & Partial<Density>,
  progress?: Progress,
): Clustered & { readonly density: DensityFigures } => {
  const neighbours = given.neighbours ?? Math.max(FEWEST_NEIGHBOURS, NEIGHBOURS_PER_FEATURE * loaded.d)
  progress?.(0, 'measuring distances')
  const distances = neighbourDistances(loaded, neighbours, seed)
  const radius = given.radius ?? Number(radiusAt(distances).toPrecision(4))
  if (!(radius > 0)) fault(`${place}.radius`, 'most rows equal their neighbours', 'Give a radius, or use kmeans')
  const found = dbscan(loaded, { radius, neighbours }, done => progress?.(0.1 + 0.8 * done, 'clustering by density'))
  const { labels, k } = large(found, minimumSize)
  if (k < 2 || k > MOST_CLUSTERS) {
    const mend = k < 2 ? 'Try a smaller radius or fewer neighbours, or use kmeans' : 'Try a larger radius'
    fault(`${place}.radius`, `${k} clusters of ${minimumSize} rows or more within ${radius}`, mend)
  }
  const fit = fitOf(loaded.source, labels, k)
  const tried = [{ ...createJudge(loaded, seed, k)(fit), elbow: 0 }]
  const outliers = labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
  const because = `Rows lie densely in ${k} places: ${neighbours} within ${radius} of each other. ${outliers} lie in none.`
  return {
    fit,
    tried,
    choice: { k, because },
    density: { radius, neighbours, outliers, distances: thinned(distances) },
  }
}
