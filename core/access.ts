/** Everything that is kept about a visitor on a site, as one document that a person can read and take away. */

import type { Assignment } from './assign.ts'
import type { Category, Grants } from './consent.ts'
import type { FeatureVector } from './feature.ts'
import type { Entry } from './ledger.ts'
import type { Signal } from './signal.ts'

export interface KeptSegment extends Assignment {
  readonly question: string
  readonly label: string
  readonly description: string
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
  } | null
  /** Days that signals are kept, by category. */
  readonly retention: { readonly [C in Category]?: number }
  readonly signals: readonly Signal[]
  readonly features: readonly { readonly name: string; readonly value: FeatureVector[number] }[]
  readonly segments: readonly KeptSegment[]
  readonly ledger: readonly Entry[]
  /** Reports made but not yet answered by the collector, byte for byte. */
  readonly waiting: readonly string[]
}
