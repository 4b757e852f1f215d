/** K-Means from given starts, by ml-kmeans: the reference engine. */

import { kmeans } from 'ml-kmeans'
import { squaredDistance } from '../core/assign.ts'

export interface Fit {
  /** k x d */
  readonly centroids: readonly (readonly number[])[]
  /** The cluster of each point. */
  readonly labels: readonly number[]
  /** The sum of squared distances to the own centroid. */
  readonly inertia: number
  readonly iterations: number
}

/** Any engine that gives the same labels from the same starts may take this place. */
export type Engine = (points: readonly (readonly number[])[], starts: readonly (readonly number[])[]) => Fit

/** It ends when no centroid moves at all; measured: below 100. A cycle between ties would never end. */
const MOST_ITERATIONS = 1000

/**
 * Lloyd's iterations until nothing moves. An emptied cluster keeps its old centre (as ml-kmeans has it): `minimumSize` refuses it.
 * @param points n x d
 * @param starts k x d, k at most n
 */
export const lloyd: Engine = (points, starts) => {
  const { clusters, centroids, iterations } = kmeans(points as number[][], starts.length, {
    initialization: starts.map(start => [...start]),
    maxIterations: MOST_ITERATIONS,
    tolerance: 0,
  })
  let inertia = 0
  points.forEach((point, i) => {
    inertia += squaredDistance(point, centroids[clusters[i] as number] as number[])
  })
  // Copied: ml-kmeans' result holds a function, which no worker can post.
  return { centroids: centroids.map(centroid => [...centroid]), labels: [...clusters], inertia, iterations }
}
