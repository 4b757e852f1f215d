/** Where clustering starts: k-means++ (Arthur & Vassilvitskii 2007), greedy as scikit-learn does it. */

import { squaredDistance } from '../core/assign.ts'
import { log } from '../core/elementary.ts'
import type { Random } from '../core/ports.ts'

type Points = readonly (readonly number[])[]

/** Index of the point in which `target` falls, when each is as wide as its weight. */
const drawn = (weights: Float64Array, target: number): number => {
  let left = target
  let last = 0
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number
    if (weight === 0) continue
    left -= weight
    last = i
    if (left < 0) return i
  }
  return last
}

const nearer = (points: Points, center: readonly number[], before?: Float64Array): Float64Array =>
  Float64Array.from(points, (point, i) => {
    const distance = squaredDistance(point, center)
    return before && (before[i] as number) < distance ? (before[i] as number) : distance
  })

const total = (weights: Float64Array): number => {
  let sum = 0
  for (const weight of weights) sum += weight
  return sum
}

/**
 * `k` points of `points` to start from: each next one is the best of a few, drawn with a chance that grows with the squared
 * distance to those already chosen. Fewer than `k` where there are not so many different points.
 */
export const starts = (points: Points, k: number, random: Random): number[][] => {
  const trials = 2 + Math.floor(log(k))
  const first = points[Math.floor(random() * points.length)] as readonly number[]
  const chosen = [[...first]]
  let distances = nearer(points, first)
  while (chosen.length < k) {
    const whole = total(distances)
    if (whole === 0) break
    let best: { readonly at: number; readonly distances: Float64Array; readonly total: number } | undefined
    for (let trial = 0; trial < trials; trial++) {
      const at = drawn(distances, random() * whole)
      const left = nearer(points, points[at] as readonly number[], distances)
      const sum = total(left)
      if (!best || sum < best.total) best = { at, distances: left, total: sum }
    }
    if (!best) break
    chosen.push([...(points[best.at] as readonly number[])])
    distances = best.distances
  }
  return chosen
}
