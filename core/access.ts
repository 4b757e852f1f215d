/** Everything that is kept about a visitor on a site, as one document that a person can read and take away. */

import type { Assignment } from './assign.ts'
import type { Category, Grants } from './consent.ts'
import type { Change } from './explain.ts'
import type { Entry, Folded } from './ledger.ts'
import type { LogHead } from './log.ts'
import type { Differing, ModelFault } from './model-fault.ts'
import type { Place } from './place.ts'
import type { Refusals } from './refusal.ts'
import type { SegmentId } from './segmentation.ts'
import type { Signal } from './signal.ts'
import type { Unit } from './unit.ts'

/** One of a question's segments, as the model names it. */
export interface Named {
  readonly segment: SegmentId
  readonly label: string
  readonly description: string
  /** On the question's map, where it has one. */
  readonly place?: Place
}

export interface KeptSegment extends Assignment {
  readonly question: string
  readonly label: string
  readonly description: string
  /** How the answer bears on prices, where it does. */
  readonly disclosure?: string
  /** Every segment that it could be; `unassigned` comes first. */
  readonly among: readonly Named[]
  /** Where the visitor stands on the map. */
  readonly place?: Place
  /** What would have to be otherwise for another segment; absent where no single feature would do. */
  readonly change?: Change
}

export interface KeptFeature extends Unit {
  readonly name: string
  readonly value: number | null
}

export interface KeptModel {
  /** Its name and revision. */
  readonly id: string
  readonly signed?: true
  /** The head of the log that it stands in. */
  readonly log?: LogHead
  /** Signs that others may be served something else. */
  readonly differing?: readonly Differing[]
  /** Why the one that is served now was not taken. */
  readonly refused?: ModelFault
}

export interface AccessDocument {
  readonly v: 1
  readonly site: string
  /** Milliseconds since 1970. */
  readonly made: number
  readonly decision: {
    readonly seq: number
    readonly grants: Grants
    readonly expires: string
    readonly notice: string
    readonly recipients?: readonly string[]
    readonly paused?: true
  } | null
  /** Days that signals are kept, by category. */
  readonly retention: { readonly [C in Category]?: number }
  readonly signals: readonly Signal[]
  /** How many signals were not taken since the first yes, by reason: what they were is nowhere. */
  readonly refused: Refusals
  readonly features: readonly KeptFeature[]
  readonly segments: readonly KeptSegment[]
  /** What is left of the ledger's oldest entries, once they were folded; those in `ledger` follow. */
  readonly folded?: Folded
  readonly ledger: readonly Entry[]
  /** The number of the first ledger entry that is not as it was written; null where all are. */
  readonly tampered: number | null
  /** How many records cannot be read any more, by what they were; absent where all can. They are deleted, and the ledger says so. */
  readonly damaged?: { readonly [what: string]: number }
  /** What noised reports have given away for good, and the most that they may, in epsilon; absent where none are asked for. */
  readonly budget?: { readonly spent: number; readonly most: number }
  /** The one at work; absent where an earlier version wrote it down. */
  readonly model?: KeptModel
  /** Reports made but not yet answered by the collector, byte for byte. */
  readonly waiting: readonly string[]
}
