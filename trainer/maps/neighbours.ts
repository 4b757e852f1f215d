/** The nearest neighbours of every point, which both curved maps start from. */

import type { Points } from '../cluster/points.ts'
import { type Loaded, load } from '../kernels/loaded.ts'

export interface Neighbours {
  /** Neighbours a point. */
  readonly m: number
  /** n x m indices, the nearest first; a point is none of its own. */
  readonly indices: Int32Array
  /** n x m distances. */
  readonly distances: Float64Array
}

/** @param m below n */
export const neighboursIn = ({ kernel, n, d, tiles }: Loaded, m: number): Neighbours => {
  const [found, squares] = [kernel.take(4 * m), kernel.take(4 * (m + 8))]
  const indices = new Int32Array(n * m)
  const distances = new Float64Array(n * m)
  for (let i = 0; i < n; i++) {
    kernel.nearestTo(tiles, n, d, i, m, found, squares)
    indices.set(kernel.i32(found, m), i * m)
    kernel.f32(squares, m).forEach((square, j) => {
      distances[i * m + j] = Math.sqrt(square)
    })
  }
  return { m, indices, distances }
}

export const neighboursOf = (points: Points, m: number): Neighbours => neighboursIn(load(points), m)

/** A sparse symmetric matrix: each pair once, the lower index first. */
export interface Pairs {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weights: Float64Array
}

/**
 * Joins what two points say of each other.
 * @param weights n x m, beside `indices`
 * @param join of the weight one way and the weight the other way, 0 where there is none
 */
export const paired = (
  { m, indices }: Neighbours,
  weights: Float64Array,
  join: (one: number, other: number) => number,
): Pairs => {
  const n = indices.length / m
  const both = new Map<number, [number, number]>()
  for (let at = 0; at < n * m; at++) {
    const [i, j] = [Math.floor(at / m), indices[at] as number]
    const key = i < j ? i * n + j : j * n + i
    const pair = both.get(key) ?? [0, 0]
    pair[i < j ? 0 : 1] = weights[at] as number
    both.set(key, pair)
  }
  const entries = [...both]
  return {
    from: Int32Array.from(entries, ([key]) => Math.floor(key / n)),
    to: Int32Array.from(entries, ([key]) => key % n),
    weights: Float64Array.from(entries, ([, [one, other]]) => join(one, other)),
  }
}

/** The x between two ends at which a rising function reaches a target, by halving. */
export const solved = (rising: (x: number) => number, target: number): number => {
  let [low, high, x] = [0, Infinity, 1]
  for (let step = 0; step < 50; step++) {
    const value = rising(x)
    if (Math.abs(value - target) < 1e-6) break
    if (value > target) high = x
    else low = x
    x = high === Infinity ? x * 2 : (low + high) / 2
  }
  return x
}
