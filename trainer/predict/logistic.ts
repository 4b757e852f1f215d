/** Logistic regression by iteratively reweighted least squares, with a small ridge so that it always has one answer. */

import type { Logistic } from '../../core/propensity.ts'
import { probabilityOf } from '../../core/propensity.ts'
import { rounded, type Scaler } from '../scale.ts'

/** The customary strength: half the sum of squared weights beside the sum of losses. */
const RIDGE = 1
const MOST_STEPS = 50
const STILL = 1e-10

/** Solves a x = b for a symmetric positive definite matrix, by Cholesky's decomposition. */
export const solve = (a: readonly (readonly number[])[], b: readonly number[]): number[] => {
  const n = b.length
  const l = a.map(() => new Array<number>(n).fill(0))
  const at = (i: number, j: number): number => l[i]?.[j] as number
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]?.[j] as number
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      ;(l[i] as number[])[j] = i === j ? Math.sqrt(sum) : sum / at(j, j)
    }
  }
  const y: number[] = []
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number
    for (let k = 0; k < i; k++) sum -= at(i, k) * (y[k] as number)
    y.push(sum / at(i, i))
  }
  const x = new Array<number>(n).fill(0)
  for (let i = n - 1; i >= 0; i--) {
    let sum = y[i] as number
    for (let k = i + 1; k < n; k++) sum -= at(k, i) * (x[k] as number)
    x[i] = sum / at(i, i)
  }
  return x
}

/** Gradient and Hessian of the penalised loss at `w`, whose first weight is the intercept. */
const slopes = (
  points: readonly (readonly number[])[],
  yes: ArrayLike<number>,
  w: readonly number[],
  ridge: number,
) => {
  const d = w.length
  const gradient = w.map((weight, i) => (i ? ridge * weight : 0))
  const hessian = w.map((_, i) => w.map((_, j) => (i === j && i ? ridge : 0)))
  points.forEach((point, row) => {
    let score = 0
    for (let i = 0; i < d; i++) score += (w[i] as number) * (point[i] as number)
    const p = probabilityOf(score)
    const [error, weight] = [p - (yes[row] as number), Math.max(p * (1 - p), 1e-12)]
    for (let i = 0; i < d; i++) {
      const x = point[i] as number
      ;(gradient[i] as number) += error * x
      const line = hessian[i] as number[]
      for (let j = 0; j <= i; j++) (line[j] as number) += weight * x * (point[j] as number)
    }
  })
  for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) (hessian[i] as number[])[j] = hessian[j]?.[i] as number
  return { gradient, hessian }
}

/**
 * Weights of scaled points, the intercept first.
 * @param z n x d, scaled
 * @param yes 1 where it happened, else 0; or anything between
 */
export const fitLogistic = (z: readonly (readonly number[])[], yes: ArrayLike<number>, ridge = RIDGE): number[] => {
  const points = z.map(point => [1, ...point])
  let w = new Array<number>((z[0]?.length ?? 0) + 1).fill(0)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = slopes(points, yes, w, ridge)
    const move = solve(hessian, gradient)
    w = w.map((weight, i) => weight - (move[i] as number))
    if (move.every(part => Math.abs(part) < STILL)) break
  }
  return w
}

/** @param z scaled by `scaler` */
export const logistic = (z: readonly (readonly number[])[], yes: Uint8Array, scaler: Scaler): Logistic => {
  const [intercept = 0, ...weights] = fitLogistic(z, yes).map(rounded)
  return { method: 'logistic', ...scaler, weights, intercept }
}
