/** Clusters that no engine fitted, as if one had: the mean of each one's points. */

import type { Fit } from './engine.ts'
import { type Points, squareTo } from './points.ts'

/** The nearest of `centroids` to point `i`: the first of equals. */
export const nearestOf = (points: Points, i: number, centroids: Fit['centroids']): number => {
  let [best, at] = [Infinity, 0]
  centroids.forEach((centroid, c) => {
    const square = squareTo(points, i, centroid)
    if (square < best) [best, at] = [square, c]
  })
  return at
}

/** @param labels a negative one is of no cluster; every other has a point */
export const fitOf = (points: Points, labels: Int32Array, k: number): Fit => {
  const { n, d, flat } = points
  const sums = Array.from({ length: k }, () => new Array<number>(d).fill(0))
  const sizes = new Array<number>(k).fill(0)
  for (let i = 0; i < n; i++) {
    const own = labels[i] as number
    if (own < 0) continue
    sizes[own] = (sizes[own] as number) + 1
    const sum = sums[own] as number[]
    for (let j = 0; j < d; j++) sum[j] = (sum[j] as number) + (flat[i * d + j] as number)
  }
  const centroids = sums.map((sum, c) => sum.map(x => x / (sizes[c] as number)))
  let inertia = 0
  for (let i = 0; i < n; i++) {
    const own = labels[i] as number
    if (own >= 0) inertia += squareTo(points, i, centroids[own] as number[])
  }
  return { centroids, labels, inertia, iterations: 0 }
}
