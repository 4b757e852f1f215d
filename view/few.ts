/** Small counts as they may be told: whoever knows one of a few people would learn something of them. */

import { number, percent } from './format.ts'

/** Fewer rows than this are not counted. */
export const FEWEST_TOLD = 5

const FEWER = `fewer than ${FEWEST_TOLD}`

/** A count; a small one only as small. */
export const atLeastFew = (n: number): string => (n > 0 && n < FEWEST_TOLD ? FEWER : number(n))

/** A part of a known sum, to the nearest five: the other parts must not tell a small one. */
export const roughly = (n: number): string =>
  n < FEWEST_TOLD ? FEWER : number(Math.round(n / FEWEST_TOLD) * FEWEST_TOLD)

/** Whether how often it came may be told at all, to a per cent. */
export const isTold = (came: number, rows: number): boolean => {
  const yes = Math.round(came * rows)
  return Math.min(yes, rows - yes) >= FEWEST_TOLD
}

/** How often something came, of so many rows; where it came or stayed away too seldom, only that. */
export const partOf = (came: number, rows: number): string => {
  if (rows < 2 * FEWEST_TOLD) return 'too few to tell'
  if (isTold(came, rows)) return percent(came)
  return came < 0.5 ? `under ${percent(FEWEST_TOLD / rows)}` : `over ${percent(1 - FEWEST_TOLD / rows)}`
}

/** The same as a place in a picture: no nearer to an end than what may be told. */
export const placedPart = (came: number, rows: number): number =>
  rows < 2 * FEWEST_TOLD ? 0 : Math.min(Math.max(came, FEWEST_TOLD / rows), 1 - FEWEST_TOLD / rows)
