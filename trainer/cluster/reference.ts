/** K-Means by ml-kmeans: the engine that ours is measured by. */

import { kmeans } from 'ml-kmeans'
import type { Engine } from './engine.ts'
import { type Points, rowsOf, squareTo } from './points.ts'
import { starts } from './starts.ts'

/** It ends when no centroid moves at all; measured: below 100. A cycle between ties would never end. */
export const MOST_ITERATIONS = 1000

export const reference = (points: Points): Engine => {
  const rows = rowsOf(points)
  return {
    starts: (k, random) => starts(points, k, random),
    fit: from => {
      const { clusters, centroids, iterations } = kmeans(rows, from.length, {
        initialization: from.map(start => [...start]),
        maxIterations: MOST_ITERATIONS,
        tolerance: 0,
      })
      let inertia = 0
      for (let i = 0; i < points.n; i++) inertia += squareTo(points, i, centroids[clusters[i] as number] as number[])
      // Copied: ml-kmeans' result holds a function, which no worker can post.
      const copied = centroids.map(centroid => [...centroid])
      return { centroids: copied, labels: Int32Array.from(clusters), inertia, iterations }
    },
  }
}
