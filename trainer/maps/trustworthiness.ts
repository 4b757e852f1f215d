/** How far a map's neighbours are neighbours in the space it is of (Venna & Kaski 2001): 1 at best. */

import { type Points, pointAt, squareTo } from '../cluster/points.ts'
import { neighboursOf } from './neighbours.ts'
import type { Place } from './place.ts'

/** As scikit-learn has it. */
const NEIGHBOURS = 5

/** @param points n x d, n above 10, of which `places` are the map */
export const trustworthiness = (points: Points, places: readonly Place[]): number => {
  const { n } = points
  const m = NEIGHBOURS
  const onMap = neighboursOf({ n, d: 2, flat: Float64Array.from(places.flat()) }, m)
  let strangers = 0
  for (let i = 0; i < n; i++) {
    const point = pointAt(points, i)
    const squares = Float64Array.from({ length: n }, (_, j) => squareTo(points, j, point))
    for (const neighbour of onMap.indices.subarray(i * m, i * m + m)) {
      const own = squares[neighbour] as number
      // Its rank: how many others are nearer, or as near and earlier, itself counted.
      let rank = 0
      for (let j = 0; j < n; j++) {
        const square = squares[j] as number
        if (j !== i && (square < own || (square === own && j <= neighbour))) rank++
      }
      if (rank > m) strangers += rank - m
    }
  }
  return 1 - (2 / (n * m * (2 * n - 3 * m - 1))) * strangers
}
