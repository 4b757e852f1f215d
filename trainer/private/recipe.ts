/** The part of a recipe that asks for differential privacy: the budget, and within which numbers each feature lies. */

import { fault, integer, list, mapOf, object, optional, type Parser, real, text } from '../../core/parse.ts'

export interface Privacy {
  /** The whole budget: how much more likely anything may become by one person's presence, as a logarithm. */
  readonly epsilon: number
  /** Raw numbers by feature, as signals count them: known beforehand, and not read from the data. */
  readonly bounds: { readonly [feature: string]: readonly [least: number, most: number] }
  /** Rounds of Lloyd's, among which the budget is divided. */
  readonly rounds: number
}

const DEFAULT_ROUNDS = 5
/** Above it a guarantee says nothing any more. */
const MOST_EPSILON = 20

export const parseEpsilon: Parser<number> = (value, place) => {
  const epsilon = real(value, place)
  return epsilon > 0 && epsilon <= MOST_EPSILON
    ? epsilon
    : fault(place, `found ${epsilon}`, `Expected a number above 0, up to ${MOST_EPSILON}`)
}

const parseBounds: Parser<readonly [number, number]> = (value, place) => {
  const [least, most] = list(real, 2, 2)(value, place) as [number, number]
  return least >= 0 && least < most
    ? [least, most]
    : fault(place, `${least} to ${most}`, 'Give the lower first, 0 or more')
}

export const parsePrivacy: Parser<Privacy> = (value, place) => {
  const given = object({
    epsilon: parseEpsilon,
    bounds: mapOf(text(40), parseBounds),
    rounds: optional(integer(1, 20)),
  })(value, place)
  return { rounds: DEFAULT_ROUNDS, ...given }
}
