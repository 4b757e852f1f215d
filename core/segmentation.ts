/** Segmentations: questions put to every visitor, each with its mutually exclusive segments. */

import type { Predictor } from './propensity.ts'

/** An opaque id of fixed length within a model: all that ever leaves the device. */
export type SegmentId = string & { readonly __brand: 'SegmentId' }

export interface Segment {
  readonly id: SegmentId
  readonly label: string
  readonly description: string
}

export interface Condition {
  readonly feature: string
  /** Bounds on the raw number, in its own unit, both included. */
  readonly least?: number
  readonly most?: number
}

/** What a site does with the answer; a price only where visitors are told how. */
export type Use = 'content' | 'ranking' | 'offer' | 'price'

interface Question {
  readonly id: string
  readonly label: string
  readonly uses: readonly Use[]
  /** How the answer bears on prices: a sentence that visitors read beside it. There wherever `price` is a use. */
  readonly disclosure?: string
  /** Minutes that a segment stays at least, once it was given: see `hold.ts`. */
  readonly hold?: number
  /** `unassigned` comes first. */
  readonly segments: readonly Segment[]
}

/** The nearest centroid, in scaled space; `segments[i + 1]` belongs to `centroids[i]`. */
export interface CentroidSegmentation extends Question {
  readonly kind: 'centroids'
  readonly features: readonly string[]
  readonly scaler: { readonly center: readonly number[]; readonly scale: readonly number[] }
  readonly centroids: readonly (readonly number[])[]
  /** Who is farther than this from every centroid, in scaled space, is in the last segment, which has none: outliers. */
  readonly reach?: number
  /** Two directions in scaled space, for pictures. */
  readonly map?: readonly (readonly number[])[]
}

/** The first rule whose conditions all hold; else `otherwise`. */
export interface RuleSegmentation extends Question {
  readonly kind: 'rules'
  readonly rules: readonly { readonly segment: SegmentId; readonly all: readonly Condition[] }[]
  readonly otherwise: SegmentId
}

/** How likely something is, in bands: `segments[i + 1]` belongs to the band above the first `i` bounds, the lowest first. */
export interface PropensitySegmentation extends Question {
  readonly kind: 'propensity'
  readonly features: readonly string[]
  /** The raw numbers of an ordinary visit: reasons say what differs from it. */
  readonly typical: readonly number[]
  readonly predictor: Predictor
  /** Probabilities, ascending: where a band ends and the next begins. */
  readonly bands: readonly number[]
}

export type Segmentation = CentroidSegmentation | RuleSegmentation | PropensitySegmentation

/** What is done with the answer: those of its fields that are there. */
export const practiceOf = ({ uses, disclosure, hold }: Pick<Question, 'uses' | 'disclosure' | 'hold'>) => ({
  uses,
  ...(disclosure ? { disclosure } : {}),
  ...(hold ? { hold } : {}),
})

/** The features it names. */
export const namesIn = (it: Segmentation): readonly string[] =>
  it.kind === 'rules'
    ? [...new Set(it.rules.flatMap(rule => rule.all.map(condition => condition.feature)))]
    : it.features

export const unassignedOf = (it: Segmentation): SegmentId => (it.segments[0] as Segment).id
