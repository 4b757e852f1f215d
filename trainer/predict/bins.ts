/** Columns cut into few bins at their quantiles: trees split between bins, so that no threshold stands at one person's number. */

/** A column as bins. Bin i holds what is above the first i thresholds, and no more. */
export interface Bins {
  readonly thresholds: readonly number[]
  readonly of: Uint8Array
}

/** Fits a byte; finer cuts gain nothing that can be measured. */
const MOST_BINS = 128
const DIGITS = 6

/** A number from `low` up to, but not, `high`, with as few digits as do. */
const between = (low: number, high: number): number => {
  const middle = low + (high - low) / 2
  const short = Number(middle.toPrecision(DIGITS))
  return short >= low && short < high ? short : middle < high ? middle : low
}

/** The threshold below which a value lies, counted: binary search, as there are many rows. */
export const binOf = (thresholds: readonly number[], value: number): number => {
  let [low, high] = [0, thresholds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value > (thresholds[middle] as number)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Cuts a column where its values change, into at most 128 bins of about equally many rows.
 * @param least rows that a side of a threshold holds at least
 */
export const thresholdsOf = (values: Float64Array, least: number): number[] => {
  const sorted = values.slice().sort()
  const step = Math.max(1, sorted.length / MOST_BINS)
  const thresholds: number[] = []
  let next = Math.max(step, least)
  for (let i = 1; i <= sorted.length - least; i++) {
    const [before, value] = [sorted[i - 1] as number, sorted[i] as number]
    if (i < next || value === before) continue
    thresholds.push(between(before, value))
    next = i + step
  }
  return thresholds
}

export const binned = (values: Float64Array, thresholds: readonly number[]): Bins => ({
  thresholds,
  of: Uint8Array.from(values, value => binOf(thresholds, value)),
})
