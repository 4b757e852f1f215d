/** Which segment of one model is which of another: pairs whose centroids lie nearest, all pairs taken together. */

import { squaredDistance } from '../../core/assign.ts'
import type { CentroidSegmentation } from '../../core/segmentation.ts'

export interface Pair {
  /** Places among the centroids. */
  readonly a: number
  readonly b: number
  /** In the scaled units of `a`. */
  readonly distance: number
}

/**
 * The assignment of least sum (Kuhn 1955, by shortest augmenting paths).
 * @param costs n x m, n at most m
 * @returns for each row its column
 */
export const assignRows = (costs: readonly (readonly number[])[]): number[] => {
  const [n, m] = [costs.length, costs[0]?.length ?? 0]
  const [u, v] = [new Float64Array(n + 1), new Float64Array(m + 1)]
  const rowOf = new Int32Array(m + 1)
  for (let row = 1; row <= n; row++) {
    rowOf[0] = row
    const least = new Float64Array(m + 1).fill(Infinity)
    const before = new Int32Array(m + 1)
    const done = new Uint8Array(m + 1)
    let column = 0
    do {
      done[column] = 1
      const i = rowOf[column] as number
      let [delta, next] = [Infinity, 0]
      for (let j = 1; j <= m; j++) {
        if (done[j]) continue
        const cost = (costs[i - 1]?.[j - 1] as number) - (u[i] as number) - (v[j] as number)
        if (cost < (least[j] as number)) {
          least[j] = cost
          before[j] = column
        }
        if ((least[j] as number) < delta) [delta, next] = [least[j] as number, j]
      }
      for (let j = 0; j <= m; j++) {
        if (done[j]) {
          u[rowOf[j] as number] = (u[rowOf[j] as number] as number) + delta
          v[j] = (v[j] as number) - delta
        } else least[j] = (least[j] as number) - delta
      }
      column = next
    } while (rowOf[column] !== 0)
    for (; column; column = before[column] as number) rowOf[column] = rowOf[before[column] as number] as number
  }
  const found = new Array<number>(n).fill(-1)
  for (let j = 1; j <= m; j++) if (rowOf[j]) found[(rowOf[j] as number) - 1] = j - 1
  return found
}

/** The centroids of `b` in the scaled units of `a`, on the features that both have. */
const aligned = (a: CentroidSegmentation, b: CentroidSegmentation) => {
  const common = a.features.filter(name => b.features.includes(name))
  const project = (it: CentroidSegmentation) =>
    it.centroids.map(centroid =>
      common.map(name => {
        const [i, j] = [it.features.indexOf(name), a.features.indexOf(name)]
        const x = (centroid[i] as number) * (it.scaler.scale[i] as number) + (it.scaler.center[i] as number)
        return (x - (a.scaler.center[j] as number)) / (a.scaler.scale[j] as number)
      }),
    )
  return { common, mine: project(a), theirs: project(b) }
}

/** Of the way from a centroid to its nearest neighbour, a segment may have gone so much and is still the same. */
const SAME = 0.5

/** The segments that persist: paired so that all distances together are least, and none is more than half the way to another. */
export const matchSegments = (a: CentroidSegmentation, b: CentroidSegmentation): Pair[] => {
  const { common, mine, theirs } = aligned(a, b)
  if (!common.length) return []
  const squares = mine.map(x => theirs.map(y => squaredDistance(x, y)))
  const turned = mine.length > theirs.length
  const rows = turned ? theirs.map((_, j) => squares.map(row => row[j] as number)) : squares
  const pairs = assignRows(rows).map((j, i) => (turned ? { a: j, b: i } : { a: i, b: j }))
  const nearest = mine.map((x, i) => Math.min(...mine.map((y, j) => (i === j ? Infinity : squaredDistance(x, y)))))
  return pairs
    .map(pair => ({ ...pair, distance: Math.sqrt(squares[pair.a]?.[pair.b] as number) }))
    .filter(pair => pair.distance <= SAME * Math.sqrt(nearest[pair.a] as number))
    .sort((x, y) => x.a - y.a)
}
