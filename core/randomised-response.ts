/**
 * k-ary randomised response: a device tells its segment with a known probability, else one of the others, so that no single
 * answer says where anybody is while many together can be counted. Kairouz, Bonawitz and Ramage, "Discrete distribution
 * estimation under local privacy" (2016); memoised as in RAPPOR (Erlingsson, Pihur and Korolova, 2014).
 */

import { exp } from './elementary.ts'
import type { SegmentId } from './segmentation.ts'

/** 95 % of a normal distribution lie within so many standard deviations. */
const Z_95 = 1.959963984540054
const TWO_32 = 4294967296

/** How likely a device tells the truth, and how likely it tells any one of the others. Their ratio is e to the epsilon. */
export const likelihoods = (epsilon: number, symbols: number): { readonly truth: number; readonly other: number } => {
  const weight = exp(epsilon)
  return { truth: weight / (weight + symbols - 1), other: 1 / (weight + symbols - 1) }
}

/** Words of 32 bits, big end first. */
const wordsOf = (bytes: Uint8Array): number[] => {
  const words: number[] = []
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(i, i + 4)
    words.push(a * 16777216 + b * 65536 + c * 256 + d)
  }
  return words
}

/**
 * The answer of one device.
 * @param segments all that could be said, unassigned included
 * @param random 32 bytes nobody else can foresee, the same whenever the same truth is told: asked again it repeats itself
 */
export const respond = (
  segments: readonly SegmentId[],
  truth: SegmentId,
  epsilon: number,
  random: Uint8Array,
): SegmentId => {
  const [high = 0, low = 0, ...rest] = wordsOf(random)
  // 53 bits, as many as a number holds.
  const uniform = (Math.floor(high / 32) * 67108864 + Math.floor(low / 64)) / 9007199254740992
  if (uniform < likelihoods(epsilon, segments.length).truth) return truth
  const others = segments.filter(it => it !== truth)
  // What does not divide evenly is drawn again, so that none is likelier; six draws that all fail are as rare as a broken key.
  const fair = TWO_32 - (TWO_32 % others.length)
  const word = rest.find(it => it < fair) ?? 0
  return others[word % others.length] ?? truth
}

/** A share of all devices, as far as noised answers tell it. May be negative, or above 1: clip to show, never to add up. */
export interface Estimate {
  readonly share: number
  /** Half the width of the 95 % interval around it. */
  readonly within: number
}

/**
 * Unbiased; the interval is that of the answers counted, which covers as it says once each is in the dozens.
 * @param count of the answers that name this segment
 * @param total of all answers
 * @param symbols segments that could be said, unassigned included
 */
export const estimateShare = (count: number, total: number, epsilon: number, symbols: number): Estimate => {
  const { truth, other } = likelihoods(epsilon, symbols)
  const gap = truth - other
  // With none counted there is no knowing how far off: as if half an answer had come, on either side.
  const told = (count + 0.5) / (total + 1)
  return {
    share: (count / total - other) / gap,
    within: (Z_95 * Math.sqrt((told * (1 - told)) / total)) / gap,
  }
}
