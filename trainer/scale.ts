/** Standard scaling: z = (x - mean) / standard deviation, each feature alone. */

import type { CentroidSegmentation } from '../core/segmentation.ts'

export type Scaler = CentroidSegmentation['scaler']

/** Numbers in a model file: more digits than data ever has, fewer than would make the file look like noise. */
const DIGITS = 12

export const rounded = (x: number): number => Number(x.toPrecision(DIGITS))

/**
 * Mean and population standard deviation of each column, in two passes; a constant column has scale 1.
 * @param points n x d, n at least 1
 */
export const fitScaler = (points: readonly (readonly number[])[]): Scaler => {
  const columns = points[0]?.map((_, j) => points.map(point => point[j] as number)) ?? []
  const center = columns.map(column => rounded(mean(column)))
  const scale = columns.map((column, j) => {
    const deviation = Math.sqrt(mean(column.map(x => square(x - (center[j] as number)))))
    // Rounding leaves a constant column a deviation near zero, which would blow its noise up to a feature.
    const constant = column.every(x => x === column[0])
    return constant ? 1 : rounded(deviation)
  })
  return { center, scale }
}

// Not `** 2`: a power is the engine's own.
const square = (x: number): number => x * x

const mean = (values: readonly number[]): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
