/** How far a map's neighbours are neighbours in the space it is of (Venna & Kaski 2001): 1 at best. */

import { type Points, pointAt, squareTo } from '../cluster/points.ts'
import { neighboursOf } from './neighbours.ts'
import type { Place } from './place.ts'

/** As scikit-learn has it. */
const NEIGHBOURS = 5

/**
 * @param points n x d, n above 10
 * @param maps of these points
 * @returns one number a map
 */
export const trustworthinessOf = (points: Points, maps: readonly (readonly Place[])[]): number[] => {
  const { n } = points
  const m = NEIGHBOURS
  const onMaps = maps.map(places => neighboursOf({ n, d: 2, flat: Float64Array.from(places.flat()) }, m))
  const strangers = maps.map(() => 0)
  const squares = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const point = pointAt(points, i)
    for (let j = 0; j < n; j++) squares[j] = squareTo(points, j, point)
    onMaps.forEach(({ indices }, map) => {
      for (const neighbour of indices.subarray(i * m, i * m + m))
        strangers[map] = (strangers[map] as number) + Math.max(0, rankOf(squares, i, neighbour) - m)
    })
  }
  return strangers.map(each => 1 - (2 / (n * m * (2 * n - 3 * m - 1))) * each)
}

/** How many others are nearer to `i` than `neighbour`, or as near and earlier, itself counted. */
const rankOf = (squares: Float64Array, i: number, neighbour: number): number => {
  const own = squares[neighbour] as number
  let rank = 0
  for (let j = 0; j < squares.length; j++) {
    const square = squares[j] as number
    if (j !== i && (square < own || (square === own && j <= neighbour))) rank++
  }
  return rank
}

export const trustworthiness = (points: Points, places: readonly Place[]): number =>
  trustworthinessOf(points, [places])[0] as number
