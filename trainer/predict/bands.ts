/** Bands of probability as segments: where they end, what they are called, how large they are and how often it came. */

import { fault } from '../../core/parse.ts'
import { bandOf } from '../../core/propensity.ts'
import type { Segment, SegmentId } from '../../core/segmentation.ts'
import type { Scored } from './measures.ts'
import type { PropensityRecipe } from './recipe.ts'

export interface Band {
  readonly id: string
  readonly label: string
  /** Probabilities: from this one up to, but not, the other. */
  readonly from: number
  readonly to: number
  readonly size: number
  readonly share: number
  /** How often it came, among rows that were predicted without having been learned from. */
  readonly came: number
}

/** The likeliest tenth, the fifth below, and the rest. */
const TOP_SHARES = [0.1, 0.3]
/** Beside each other: of what most people do, even the lowest band is not unlikely. */
const NAMES = ['Less likely', 'More likely', 'Most likely']

/** A number with as few digits as do, and no larger. */
const shortBelow = (x: number): number =>
  [2, 3, 4, 5, 6].map(digits => Number(x.toPrecision(digits))).find(short => short <= x) ?? x

/**
 * Where bands end: told by the recipe, or so that the likeliest tenth and the fifth below are bands, as far as there are enough of them.
 * @param least rows that a band holds at least
 */
export const boundsOf = (it: PropensityRecipe, scores: Float64Array, least: number): number[] => {
  if (it.bands) return [...it.bands]
  const sorted = scores.slice().sort()
  const n = sorted.length
  const bounds: number[] = []
  let above = 0
  for (const share of TOP_SHARES) {
    const rows = Math.min(n, Math.max(Math.ceil(share * n), above + least))
    const bound = shortBelow(sorted[n - rows] as number)
    const reached = sorted.filter(score => score >= bound).length
    const isBand = bound > 0 && bound < 1 && reached - above >= least && n - reached >= least
    if (!isBand) continue
    bounds.unshift(bound)
    above = reached
  }
  return bounds
}

const wordsOf = (it: PropensityRecipe, bands: number, band: number): { label: string; description: string } => {
  const named = it.segments.length === bands ? it.segments[band] : undefined
  const label = bands <= NAMES.length ? (NAMES[band] as string) : `Band ${band + 1} of ${bands}`
  return named ?? { label, description: `How likely it is: band ${band + 1} of ${bands}, the lowest first.` }
}

/** @param length of every id of the model */
export const segmentsOf = (it: PropensityRecipe, bands: number, length: number, place: string): Segment[] => {
  const digits = length - it.ids.length
  if (digits < 1 || String(bands).length > digits)
    fault(place, `ids of ${length} characters that start with ${it.ids}`, 'Use a shorter ids')
  return Array.from({ length: bands + 1 }, (_, i) => ({
    id: `${it.ids}${String(i).padStart(digits, '0')}` as SegmentId,
    ...(i ? wordsOf(it, bands, i - 1) : it.unassigned),
  }))
}

/** @param scored rows that were predicted without having been learned from */
export const bandsOf = (segments: readonly Segment[], bounds: readonly number[], { scores, yes }: Scored): Band[] => {
  const of = Array.from(scores, score => bandOf(bounds, score))
  return segments.slice(1).map(({ id, label }, band) => {
    const rows = [...of.keys()].filter(row => of[row] === band)
    const came = rows.reduce((sum, row) => sum + (yes[row] as number), 0)
    return {
      id,
      label,
      from: bounds[band - 1] ?? 0,
      to: bounds[band] ?? 1,
      size: rows.length,
      share: rows.length / Math.max(1, of.length),
      came: came / Math.max(1, rows.length),
    }
  })
}
