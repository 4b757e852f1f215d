/** Whole-number noise for differential privacy: the difference of two geometric draws (Ghosh, Roughgarden & Sundararajan 2009). */

import { log } from '../../core/elementary.ts'
import type { Random } from '../../core/ports.ts'

/**
 * Draws discrete Laplace noise. Sums of whole numbers with whole noise have no low bits that could give the sum away (Mironov 2012).
 * @param random nobody else may know it: from a seed in a recipe anybody could subtract the noise
 * @param scale sensitivity by epsilon
 */
export const noiseOf = (random: Random, scale: number): (() => number) => {
  // Failures before the first success of a draw that fails with exp(-1 / scale).
  const geometric = (): number => Math.floor(-scale * log(1 - random()))
  return () => geometric() - geometric()
}
