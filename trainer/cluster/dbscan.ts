/** DBSCAN (Ester and others 1996): clusters are where points lie densely; what lies alone is in none. */

import { HALF_ULP, type Loaded } from '../kernels/loaded.ts'
import { sample, seeded } from '../random.ts'
import { bends } from './criteria.ts'

export interface Density {
  /** Points nearer than this are neighbours, in scaled space. */
  readonly radius: number
  /** A point with so many neighbours, itself among them, is in the middle of a cluster. */
  readonly neighbours: number
}

/** Label of what is in no cluster. */
export const OUTLIER = -1

/** How far a squared distance near `radius` squared may be off in 32 bits, for a point of this length. */
const slackOf = (d: number, radius: number, length: number): number => {
  const apart = 2 * length + radius
  const coordinates = HALF_ULP * apart
  return 2 * (2 * radius * coordinates + coordinates * coordinates + (d + 4) * HALF_ULP * radius * radius)
}

/**
 * Clusters in the order of their first core point; a point at the edge of two belongs to the first: as scikit-learn has it.
 * @returns the cluster of each point, or {@link OUTLIER}
 */
export const dbscan = (
  { kernel, n, d, points, tiles, norms }: Loaded,
  { radius, neighbours }: Density,
  progress?: (done: number) => void,
): Int32Array => {
  const found = kernel.take(4 * n)
  const around = (i: number): number => {
    const slack = slackOf(d, radius, kernel.f32(norms, n)[i] as number)
    return kernel.within(points, tiles, n, d, i, radius * radius, slack, found)
  }
  const core = Uint8Array.from({ length: n }, (_, i) => {
    if (i % 1000 === 0) progress?.(i / n / 2)
    return around(i) >= neighbours ? 1 : 0
  })
  const labels = new Int32Array(n).fill(OUTLIER)
  let [clusters, done] = [0, 0]
  for (let first = 0; first < n; first++) {
    if (!core[first] || labels[first] !== OUTLIER) continue
    const waiting = [first]
    labels[first] = clusters
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      if (++done % 1000 === 0) progress?.(0.5 + done / n / 2)
      for (const j of kernel.i32(found, around(i))) {
        if (labels[j] !== OUTLIER) continue
        labels[j] = clusters
        if (core[j]) waiting.push(j)
      }
    }
    clusters++
  }
  return labels
}

/** Of so many points the curve below is drawn. */
const SAMPLED = 2000

/**
 * The distance from points to their `neighbours`-th nearest (themselves counted), the largest first: where it bends is a radius
 * that tells dense from sparse.
 */
export const neighbourDistances = ({ kernel, n, d, tiles }: Loaded, neighbours: number, seed: number): number[] => {
  const m = Math.max(1, Math.min(neighbours - 1, n - 1))
  const [found, squares] = [kernel.take(4 * m), kernel.take(4 * (m + 8))]
  const all = Array.from({ length: n }, (_, i) => i)
  const distances = sample(all, SAMPLED, seeded(seed, n)).map(i => {
    kernel.nearestTo(tiles, n, d, i, m, found, squares)
    return Math.sqrt(kernel.f32(squares, m)[m - 1] as number)
  })
  return distances.sort((a, b) => b - a)
}

/** The distance at which the curve bends most. @param distances the largest first */
export const radiusAt = (distances: readonly number[]): number => {
  const bend = bends(
    distances.map((_, i) => i),
    distances,
  )
  return distances[bend.indexOf(Math.max(...bend))] ?? 0
}
