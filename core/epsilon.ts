/** How much an answer may tell: the truth is e to this power likelier to be told than any other segment. */

import { fault, type Parser } from './parse.ts'

/** Weaker than this says the truth nearly always; the strongest still leaves a count within reach of a large site. */
export const MOST_EPSILON = 8
export const LEAST_EPSILON = 0.1
const MOST_BUDGET = 100

/** Tenths: longer numbers make bodies of unequal length, and add up badly. */
const tenthsUpTo =
  (most: number): Parser<number> =>
  (value, place) =>
    typeof value === 'number' && value >= LEAST_EPSILON && value <= most && Math.floor(value * 10 + 0.5) / 10 === value
      ? value
      : fault(
          place,
          `found ${String(value).slice(0, 40)}`,
          `Expected a number of tenths from ${LEAST_EPSILON} to ${most}`,
        )

export const parseEpsilon = tenthsUpTo(MOST_EPSILON)
/** What all answers of a device may cost together. */
export const parseBudget = tenthsUpTo(MOST_BUDGET)

/** A share of devices, in hundredths: above none, and at most half. */
export const parseShare: Parser<number> = (value, place) =>
  typeof value === 'number' && value > 0 && value <= 0.5 && Math.floor(value * 100 + 0.5) / 100 === value
    ? value
    : fault(place, `found ${String(value).slice(0, 40)}`, 'Expected hundredths, from 0.01 to 0.5')
