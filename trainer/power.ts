/** How many devices it takes to tell two shares apart (Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 4.2). */

import { likelihoods } from '../core/randomised-response.ts'

export interface Trial {
  /** Shares of devices with the outcome, 0 to 1, without and with personalisation. */
  readonly from: number
  readonly to: number
  /** Share of devices in the control group. */
  readonly control: number
  /** How surely a real effect is seen. */
  readonly power: number
  /** Where each device answers yes or no by chance as well; absent: exactly. */
  readonly epsilon?: number
}

export interface Needed {
  readonly devices: number
  readonly control: number
  readonly treated: number
}

/** Two-sided, 95 %. */
const CONFIDENCE = 0.975

/** Peter Acklam's rational approximation of the normal distribution's quantile: good to 1.15e-9. */
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
]
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1]
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]
const TAIL = 0.02425

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, c) => sum * x + c, 0)

/** @param p between 0 and 1 */
export const normalQuantile = (p: number): number => {
  if (p > 1 - TAIL) return -normalQuantile(1 - p)
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(C, q) / polynomial(D, q)
  }
  const q = p - 0.5
  return (polynomial(A, q * q) * q) / polynomial(B, q * q)
}

/** What share answers yes where `share` have it, noised or not. */
const told = (share: number, epsilon: number | undefined): number => {
  if (epsilon === undefined) return share
  const { truth, other } = likelihoods(epsilon, 2)
  return share * truth + (1 - share) * other
}

export const devicesNeeded = ({ from, to, control, power, epsilon }: Trial): Needed => {
  const [p, q] = [told(from, epsilon), told(to, epsilon)]
  const mean = control * p + (1 - control) * q
  const spread = (share: number, part: number): number => (share * (1 - share)) / part
  const alike = Math.sqrt(mean * (1 - mean) * (1 / control + 1 / (1 - control)))
  const apart = Math.sqrt(spread(p, control) + spread(q, 1 - control))
  const root = (normalQuantile(CONFIDENCE) * alike + normalQuantile(power) * apart) / (q - p)
  const devices = root * root
  const inControl = Math.ceil(devices * control)
  const treated = Math.ceil(devices * (1 - control))
  return { devices: inControl + treated, control: inControl, treated }
}
