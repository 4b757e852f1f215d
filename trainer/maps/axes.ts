/** Two directions in scaled space along which points differ most, for pictures. */

import { PCA } from 'ml-pca'

/** A picture needs no more. */
const DIGITS = 6

/** An axis has no sign of its own: its largest part points up, so that pictures do not flip. */
const upright = (axis: readonly number[]): number[] => {
  const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  return axis.map(x => Number((largest < 0 ? -x : x).toPrecision(DIGITS)) + 0)
}

/**
 * The first two principal axes.
 * @param points n x d, scaled
 * @returns 2 x d, each of length 1; the second is all 0 where d is 1
 */
export const axesOf = (points: readonly (readonly number[])[]): number[][] => {
  const d = points[0]?.length ?? 0
  if (d < 2) return [new Array<number>(d).fill(1), new Array<number>(d).fill(0)]
  const vectors = new PCA(points as number[][], { method: 'covarianceMatrix' }).getEigenvectors()
  return [0, 1].map(axis => upright(vectors.getColumn(axis)))
}
