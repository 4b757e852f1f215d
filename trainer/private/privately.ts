/** What training takes instead of scaling and clustering where the recipe asks for differential privacy, and what that costs. */

import { squaredDistance } from '../../core/assign.ts'
import { type FeatureSpec, transform } from '../../core/feature.ts'
import { fault } from '../../core/parse.ts'
import type { Random } from '../../core/ports.ts'
import type { Found } from '../cluster/cluster.ts'
import { adjustedRand } from '../cluster/criteria.ts'
import { engineOf } from '../cluster/engine.ts'
import { bestFit, createJudge, type Progress } from '../cluster/kmeans.ts'
import { pointsFrom } from '../cluster/points.ts'
import { load } from '../kernels/loaded.ts'
import type { Recipe } from '../recipe.ts'
import { rounded, type Scaler } from '../scale.ts'
import { privateMeans } from './private-means.ts'
import type { Privacy } from './recipe.ts'

export interface PrivacyCost {
  readonly epsilon: number
  readonly rounds: number
  /** Noised, the largest first. */
  readonly sizes: readonly number[]
  /** The noised centroids' inertia by that of the best without noise, 1 at best; on training rows. */
  readonly inertia: number
  /** Agreement of the two clusterings: the adjusted Rand index, 1 at best. */
  readonly agreement: number
  /** Rows that lay outside of the bounds, and were taken for their ends. */
  readonly cut: number
}

export interface Private {
  readonly scaler: Scaler
  readonly z: number[][]
  readonly cut: boolean[]
  readonly found: Found
  /** Noised sizes, in the order of `found`'s centroids. */
  readonly counts: readonly number[]
  readonly cost: PrivacyCost
}

/** The middle and half the width of each feature's bounds, after its transform: the data have no part in it. */
const scalerOf = (recipe: Recipe, { bounds }: Privacy): Scaler => {
  const ends = recipe.segmentation.features.map(name => {
    const spec = recipe.bound.find(it => it.name === name) as FeatureSpec
    const found =
      bounds[name] ??
      fault(`${recipe.place}.privacy.bounds.${name}`, 'nothing is there', 'Say within which numbers it lies')
    const [low, high] = found.map(x => transform(spec, x)) as [number, number]
    return { center: rounded((low + high) / 2), scale: rounded((high - low) / 2) }
  })
  return { center: ends.map(({ center }) => center), scale: ends.map(({ scale }) => scale) }
}

const checkTerms = (recipe: Recipe): number => {
  const { place, segmentation, propensities, key, duplicates, signals } = recipe
  if (typeof segmentation.k !== 'number')
    fault(
      `${place}.segmentations, k`,
      'a range, under differential privacy',
      'Choosing from it looks at the data: tell k',
    )
  if (segmentation.method !== 'kmeans')
    fault(`${place}.segmentations, method`, `${segmentation.method}, under differential privacy`, 'Use kmeans')
  if (propensities.length)
    fault(
      `${place}.segmentations`,
      'propensities, under differential privacy',
      'They are learned without noise: leave them out',
    )
  if (segmentation.outliers)
    fault(
      `${place}.segmentations, outliers`,
      'set apart, under differential privacy',
      'They are found without noise: leave them out',
    )
  // A row more would else move others from the test set to training, and a person have several.
  if (!signals && !key)
    fault(`${place}.key`, 'nothing is there, under differential privacy', 'Name the column that tells whose a row is')
  if (key && duplicates === 'keep')
    fault(`${place}.duplicates`, 'several rows of a key, under differential privacy', 'Say "duplicates": "leave"')
  return segmentation.k as number
}

const labelsOf = (z: readonly (readonly number[])[], centroids: readonly (readonly number[])[]): Int32Array =>
  Int32Array.from(z, point => {
    const squares = centroids.map(centroid => squaredDistance(point, centroid))
    return squares.indexOf(Math.min(...squares))
  })

/**
 * @param points n x d, transformed
 * @param noise nobody else may know it
 * @throws ParseError where the recipe asks for what would look at the data beside the budget, or a noised size is too small
 */
export const privately = (
  recipe: Recipe,
  privacy: Privacy,
  points: readonly (readonly number[])[],
  noise: Random,
  progress?: Progress,
): Private => {
  const k = checkTerms(recipe)
  const scaler = scalerOf(recipe, privacy)
  const free = points.map(point =>
    point.map((x, j) => (x - (scaler.center[j] as number)) / (scaler.scale[j] as number)),
  )
  const z = free.map(point => point.map(x => Math.min(1, Math.max(-1, x))))
  const cut = free.map(point => point.some(x => Math.abs(x) > 1))
  const { epsilon, rounds } = privacy
  const { centroids, counts } = privateMeans(z, { k, epsilon, rounds, seed: recipe.seed, noise })
  const small = Math.min(...counts)
  if (small < recipe.minimumSize)
    fault(
      `${recipe.place}.minimumSize`,
      `the smallest noised size is ${small}, fewer than ${recipe.minimumSize}`,
      'Ask for fewer clusters, or a larger epsilon',
    )
  const loaded = load(pointsFrom(z))
  const labels = labelsOf(z, centroids)
  const inertia = z.reduce(
    (sum, point, i) => sum + squaredDistance(point, centroids[labels[i] as number] as number[]),
    0,
  )
  const fit = { centroids, labels, inertia, iterations: rounds }
  const say = (done: number): void => progress?.(done, 'looking what the noise costs')
  const best = bestFit(engineOf(loaded, recipe.segmentation.engine), k, recipe, say)
  const order = [...counts.keys()].sort((a, b) => (counts[b] as number) - (counts[a] as number))
  const digits = (x: number): number => Number(x.toPrecision(4))
  return {
    scaler,
    z,
    cut,
    counts,
    found: {
      fit,
      tried: [{ ...createJudge(loaded, recipe.seed, k)(fit), elbow: 0 }],
      choice: { k, because: `k = ${k} was told; noised to epsilon ${epsilon}.` },
    },
    cost: {
      epsilon,
      rounds,
      sizes: order.map(i => counts[i] as number),
      inertia: digits(best.inertia ? inertia / best.inertia : 1),
      agreement: digits(adjustedRand([...labels], [...best.labels])),
      cut: cut.filter(Boolean).length,
    },
  }
}
