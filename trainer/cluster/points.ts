/** Points of scaled space, one after the other in one array: a million of them would not fit in as many arrays. */

export interface Points {
  readonly n: number
  readonly d: number
  /** n x d, row by row. */
  readonly flat: Float64Array
}

/** @param rows n x d, n at least 1 */
export const pointsFrom = (rows: readonly (readonly number[])[]): Points => {
  const d = rows[0]?.length ?? 0
  const flat = new Float64Array(rows.length * d)
  rows.forEach((row, i) => {
    flat.set(row, i * d)
  })
  return { n: rows.length, d, flat }
}

/** The point as an array of its own. */
export const pointAt = ({ d, flat }: Points, i: number): number[] => Array.from(flat.subarray(i * d, i * d + d))

export const rowsOf = (points: Points): number[][] => Array.from({ length: points.n }, (_, i) => pointAt(points, i))

/** Squared distance of point `i` to `to`, added in the order of `core`. */
export const squareTo = ({ d, flat }: Points, i: number, to: ArrayLike<number>): number => {
  let sum = 0
  for (let j = 0; j < d; j++) {
    const difference = (flat[i * d + j] as number) - (to[j] as number)
    sum += difference * difference
  }
  return sum
}

/** The points of these numbers alone, in their order. */
export const partOf = ({ d, flat }: Points, rows: readonly number[]): Points => {
  const part = new Float64Array(rows.length * d)
  rows.forEach((row, i) => {
    part.set(flat.subarray(row * d, row * d + d), i * d)
  })
  return { n: rows.length, d, flat: part }
}
