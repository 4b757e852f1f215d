/** How much an answer may tell: the truth is e to this power likelier to be told than any other segment. */

import { expected, type Parser } from './parse.ts'

/** Weaker than this says the truth nearly always; the strongest still leaves a count within reach of a large site. */
export const MOST_EPSILON = 8
export const LEAST_EPSILON = 0.1
const MOST_BUDGET = 100

/** A multiple of `step`, itself the least. Longer numbers make bodies of unequal length, and add up badly. */
const inSteps =
  (step: number, most: number): Parser<number> =>
  (value, place) => {
    const steps = 1 / step
    const given = value as number
    return given >= step && given <= most && Math.floor(given * steps + 0.5) / steps === given
      ? given
      : expected(value, place, `steps of ${step} up to ${most}`)
  }

export const parseEpsilon = inSteps(LEAST_EPSILON, MOST_EPSILON)
/** What all answers of a device may cost together. */
export const parseBudget = inSteps(LEAST_EPSILON, MOST_BUDGET)

/** A share of devices, in hundredths, and not none. */
export const shareUpTo = (most: number): Parser<number> => inSteps(0.01, most)
