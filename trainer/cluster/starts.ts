/** Where clustering starts: k-means++ (Arthur & Vassilvitskii 2007), greedy as scikit-learn does it. */

import { log } from '../../core/elementary.ts'
import type { Random } from '../../core/ports.ts'
import { type Points, pointAt, squareTo } from './points.ts'

/** One number a point, and their sum in the order of the points. */
export interface Weighed<W> {
  readonly weights: W
  readonly total: number
}

/** What k-means++ asks of all points; `W` is wherever the answers lie. */
export interface Weigher<W> {
  /** For each candidate (an index), the squared distances of all points to the nearer of it and of what `before` knows. */
  readonly nearer: (candidates: readonly number[], before: W | undefined) => readonly Weighed<W>[]
  /** Index of the point in which `target` falls, when each is as wide as its weight. */
  readonly drawn: (weights: W, target: number) => number
  /** They are not asked for again. */
  readonly done: (weights: W) => void
}

/**
 * `k` points to start from: each next one is the best of a few, drawn with a chance that grows with the squared distance to those
 * already chosen. Fewer than `k` where there are not so many different points.
 */
export const startsBy = <W>(weigher: Weigher<W>, points: Points, k: number, random: Random): number[][] => {
  const trials = 2 + Math.floor(log(k))
  const chosen = [Math.floor(random() * points.n)]
  let [now] = weigher.nearer(chosen, undefined) as [Weighed<W>]
  while (chosen.length < k && now.total > 0) {
    const { weights, total } = now
    const candidates = Array.from({ length: trials }, () => weigher.drawn(weights, random() * total))
    const weighed = weigher.nearer(candidates, weights)
    let best = 0
    weighed.forEach((each, i) => {
      if (each.total < (weighed[best] as Weighed<W>).total) best = i
    })
    chosen.push(candidates[best] as number)
    weigher.done(weights)
    weighed.forEach((each, i) => {
      if (i !== best) weigher.done(each.weights)
    })
    now = weighed[best] as Weighed<W>
  }
  weigher.done(now.weights)
  return chosen.map(i => pointAt(points, i))
}

const weigher = (points: Points): Weigher<Float64Array> => ({
  nearer: (candidates, before) =>
    candidates.map(candidate => {
      const center = pointAt(points, candidate)
      let total = 0
      const weights = Float64Array.from({ length: points.n }, (_, i) => {
        const square = squareTo(points, i, center)
        const least = before && (before[i] as number) < square ? (before[i] as number) : square
        total += least
        return least
      })
      return { weights, total }
    }),
  drawn: (weights, target) => {
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
  },
  done: () => {},
})

export const starts = (points: Points, k: number, random: Random): number[][] =>
  startsBy(weigher(points), points, k, random)
