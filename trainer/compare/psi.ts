/** The population stability index between two counts, and how large it is by chance where nothing has changed. */

import { log } from '../../core/elementary.ts'
import type { Random } from '../../core/ports.ts'

/** Half a row in each bin: an empty one would make the index infinite. */
const HALF = 0.5

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0)

/** Sum of (a - e) ln(a / e) over the shares of bins; 0 where they are equal. */
export const psiOf = (expected: readonly number[], actual: readonly number[]): number => {
  const share = (counts: readonly number[], i: number): number =>
    ((counts[i] ?? 0) + HALF) / (sum(counts) + HALF * expected.length)
  return expected.reduce((total, _, i) => {
    const [e, a] = [share(expected, i), share(actual, i)]
    return total + (a - e) * log(a / e)
  }, 0)
}

const SIMULATED = 200
/** More draws tell no more: the index shrinks as 1/n + 1/m. */
const MOST_DRAWN = 500

const drawnFrom = (shares: readonly number[], n: number, random: Random): number[] => {
  const counts = new Array<number>(shares.length).fill(0)
  for (let drawn = 0; drawn < n; drawn++) {
    let left = random()
    let bin = 0
    while (bin < shares.length - 1 && left >= (shares[bin] as number)) left -= shares[bin++] as number
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

/** What the index stays below in 95 of 100 draws of such sizes from one and the same population. */
export const chanceBand = (expected: readonly number[], actual: readonly number[], random: Random): number => {
  const [n, m] = [sum(expected), sum(actual)]
  if (!n || !m) return 0
  const shares = expected.map((count, i) => (count + (actual[i] ?? 0)) / (n + m))
  const [few, fewer] = [Math.min(n, MOST_DRAWN), Math.min(m, MOST_DRAWN)]
  const found = Array.from({ length: SIMULATED }, () =>
    psiOf(drawnFrom(shares, few, random), drawnFrom(shares, fewer, random)),
  ).sort((a, b) => a - b)
  return (found[Math.floor(0.95 * SIMULATED)] as number) * ((1 / n + 1 / m) / (1 / few + 1 / fewer))
}
