/** The best of many starts, and how many clusters there should be. */

import { fault } from '../core/parse.ts'
import { type Engine, type Fit, lloyd } from './lloyd.ts'
import { seeded } from './random.ts'
import type { CentroidRecipe, Recipe } from './recipe.ts'
import { silhouetteOf } from './silhouette.ts'
import { starts } from './starts.ts'

/** Told how much is done, 0 to 1. */
export type Progress = (done: number, what: string) => void

export interface Tried {
  readonly k: number
  readonly inertia: number
  /** Mean silhouette, -1 to 1; from a sample above 5,000 points. */
  readonly silhouette: number
  /** Points of the smallest cluster. */
  readonly smallest: number
}

/**
 * The clustering of least inertia out of `restarts` k-means++ starts.
 * @param points n x d, scaled
 * @throws ParseError where there are fewer than `k` different points
 */
export const bestFit = (
  points: readonly (readonly number[])[],
  k: number,
  {
    seed,
    restarts,
    progress,
    engine = lloyd,
  }: { seed: number; restarts: number; progress?: (done: number) => void; engine?: Engine },
): Fit => {
  let best: Fit | undefined
  for (let restart = 0; restart < restarts; restart++) {
    const from = starts(points, k, seeded(seed, k, restart))
    if (from.length < k)
      fault('k', `${k} clusters of ${from.length} different points`, 'Ask for fewer clusters, or give more data')
    const fit = engine(points, from)
    if (!best || fit.inertia < best.inertia) best = fit
    progress?.((restart + 1) / restarts)
  }
  return best as Fit
}

export const sizesOf = (labels: readonly number[], k: number): number[] => {
  const sizes = new Array<number>(k).fill(0)
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1
  return sizes
}

const candidates = (k: CentroidRecipe['k']): number[] =>
  typeof k === 'number' ? [k] : Array.from({ length: k.to - k.from + 1 }, (_, i) => k.from + i)

/**
 * Clusters for each `k` the recipe allows, and keeps the best silhouette among those without a cluster below `minimumSize`;
 * of two equals, the smaller k.
 * @throws ParseError where no k gives clusters that are large enough
 */
export const cluster = (
  points: readonly (readonly number[])[],
  recipe: Recipe,
  progress?: Progress,
): { readonly fit: Fit; readonly tried: readonly Tried[] } => {
  const ks = candidates(recipe.segmentation.k)
  const tried: Tried[] = []
  let chosen: { readonly fit: Fit; readonly silhouette: number } | undefined
  ks.forEach((k, i) => {
    const fit = bestFit(points, k, {
      seed: recipe.seed,
      restarts: recipe.restarts,
      progress: done => progress?.((i + done) / ks.length, `clustering, k = ${k}`),
    })
    const silhouette = silhouetteOf(points, fit.labels, k, seeded(recipe.seed, k, -1))
    const smallest = Math.min(...sizesOf(fit.labels, k))
    tried.push({ k, inertia: fit.inertia, silhouette, smallest })
    if (smallest >= recipe.minimumSize && (!chosen || silhouette > chosen.silhouette)) chosen = { fit, silhouette }
  })
  if (chosen) return { fit: chosen.fit, tried }
  const sizes = tried.map(({ k, smallest }) => `${smallest} at k = ${k}`).join(', ')
  return fault(
    `${recipe.place}.minimumSize`,
    `the smallest cluster has fewer than ${recipe.minimumSize} rows (${sizes})`,
    'Ask for fewer clusters (k), or give more data',
  )
}
