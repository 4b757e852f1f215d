/** Whether other people of the same kind would give the same clusters: clustering again on parts, and comparing. */

import { load } from '../kernels/loaded.ts'
import { sample, seeded } from '../random.ts'
import { adjustedRand } from './criteria.ts'
import { type EngineName, engineOf, type Fit } from './engine.ts'
import { nearestOf } from './means.ts'
import { type Points, partOf } from './points.ts'

/** Parts that are drawn, and starts of each. More move the mean by less than 0.01. */
const PARTS = 6
const RESTARTS = 3
/** Half of the points, and at most so many: below that a part says more about its size than about the points. */
const MOST_POINTS = 4000

/** Tells these draws apart from others that a seed feeds. */
const PURPOSE = 0x57ab

/** The parts of a set of points, made ready once for all k. */
export const createStability = (points: Points, seed: number, engine: EngineName) => {
  const all = Array.from({ length: points.n }, (_, i) => i)
  const half = Math.min(MOST_POINTS, Math.ceil(points.n / 2))
  const parts = Array.from({ length: PARTS }, (_, p) => {
    const rows = sample(all, half, seeded(seed, PURPOSE, p))
    const part = partOf(points, rows)
    return { engine: engineOf(load(part), engine), rows }
  })
  /**
   * The mean adjusted Rand index between a clustering of everything and clusterings of the parts, over the points of the next
   * part, which that one has not been fitted to but for a half. 0 where a part holds fewer than k different points.
   */
  return (fit: Fit, k: number): number => {
    let sum = 0
    parts.forEach((part, p) => {
      let best: Fit | undefined
      for (let restart = 0; restart < RESTARTS; restart++) {
        const starts = part.engine.starts(k, seeded(seed, PURPOSE, p, k, restart))
        if (starts.length < k) return
        const found = part.engine.fit(starts)
        if (!best || found.inertia < best.inertia) best = found
      }
      const rows = parts[(p + 1) % parts.length]?.rows ?? []
      const again = rows.map(row => nearestOf(points, row, best?.centroids ?? []))
      sum += adjustedRand(
        rows.map(row => fit.labels[row] as number),
        again,
      )
    })
    return sum / PARTS
  }
}
