/** The model card's figures: what was read, left out and found. They stay with the site; only the model is public. */

import { type Model, modelId } from '../core/model.ts'
import type { CentroidSegmentation, SegmentId } from '../core/segmentation.ts'
import type { Elsewhere } from './assigned.ts'
import type { Clean, LeftOut } from './clean.ts'
import type { Tried } from './cluster/choice.ts'
import type { Found as Clusters } from './cluster/cluster.ts'
import type { Method } from './cluster/method.ts'
import type { DataCheck } from './data-check.ts'
import { type Evidence, shareOf } from './evidence.ts'
import type { PropensityCard } from './predict/propensity.ts'
import type { PrivacyCost } from './private/privately.ts'
import type { Recipe } from './recipe.ts'
import { typicalOf } from './segments.ts'
import type { Split } from './test-set.ts'

export interface SegmentCard {
  readonly id: string
  readonly label: string
  readonly description: string
  /** Nobody has approved its words: they are not in the recipe. */
  readonly drafted?: true
  /** It has no centroid: who is far from all others. */
  readonly outliers?: true
  /** Training rows, and their share of all training rows. */
  readonly size: number
  readonly share: number
  /** The same of the test set, and where the true share lies in 95 of 100 such samples; share 0 where there is none. */
  readonly test: {
    readonly size: number
    readonly share: number
    readonly interval: readonly [low: number, high: number]
  }
  /** The centroid as the raw numbers of a visit. */
  readonly typical: { readonly [feature: string]: number }
}

export interface Card {
  readonly model: string
  readonly seed: number
  readonly restarts: number
  /** What a row stands for: somebody as of one day, or else a visit. */
  readonly of: 'people' | 'visits'
  /** Data rows; where the recipe takes lines as signals, their keys. */
  readonly rows: {
    readonly read: number
    readonly training: number
    readonly test: number
    readonly left: readonly LeftOut[]
  }
  /** What cleaning found. */
  readonly check: DataCheck
  /** What speaks for the model on rows that training did not see. */
  readonly evidence: Evidence
  /** Of a recipe with differential privacy: what it hides by, and what that costs. The card itself is not hidden. */
  readonly privacy?: PrivacyCost
  /** The lines that became signals, and what became of each. */
  readonly lines?: NonNullable<Clean['lines']>
  readonly k: number
  readonly inertia: number
  readonly iterations: number
  /** Mean silhouette of the clustering that was kept. */
  readonly silhouette: number
  /** Every k that was tried. */
  readonly tried: readonly Tried[]
  /** How they were found, and why so many. */
  readonly clusters: Pick<Clusters, 'density' | 'dendrogram'> & {
    readonly method: Method
    readonly because: string
    /** Rows whose nearest centroid is another cluster's than their own. */
    readonly elsewhere: Elsewhere
  }
  /** Unassigned left out: rows that a device would not assign were left out before. */
  readonly segments: readonly SegmentCard[]
  readonly propensities: readonly PropensityCard[]
  /** Rows or keys (counted from 0) kept from training. */
  readonly testRows: readonly number[]
}

const countOf = (segments: readonly SegmentId[], id: SegmentId): number => segments.filter(each => each === id).length

export interface Found extends Clusters {
  readonly clean: Clean
  readonly check: DataCheck
  readonly evidence: Evidence
  readonly privacy?: PrivacyCost
  readonly split: Split
  /** The segment of each row of both parts. */
  readonly assigned: { readonly training: readonly SegmentId[]; readonly test: readonly SegmentId[] }
  readonly elsewhere: Elsewhere
  /** The mean of outliers in scaled space, where they are a segment. */
  readonly middle: readonly number[] | undefined
  readonly propensities: readonly PropensityCard[]
}

/** Signals as of one instant, or one row a key; as of everybody's last signal they are of a visit. */
const isOfPeople = ({ signals, key, duplicates }: Recipe): boolean =>
  signals ? signals.asOf !== 'last' : key !== undefined && duplicates === 'leave'

const tested = (size: number, of: number): SegmentCard['test'] => {
  const { share, interval } = shareOf(size, of)
  return { size, share, interval }
}

export const cardOf = (recipe: Recipe, model: Model, it: CentroidSegmentation, found: Found): Card => {
  const { training, test } = found.split
  const k = it.centroids.length
  return {
    model: modelId(model),
    seed: recipe.seed,
    restarts: recipe.restarts,
    of: isOfPeople(recipe) ? 'people' : 'visits',
    rows: { read: found.clean.read, training: training.length, test: test.length, left: found.clean.left },
    check: found.check,
    evidence: found.evidence,
    ...(found.privacy ? { privacy: found.privacy } : {}),
    ...(found.clean.lines ? { lines: found.clean.lines } : {}),
    k,
    inertia: found.fit.inertia,
    iterations: found.fit.iterations,
    silhouette: found.tried.find(each => each.k === k)?.silhouette ?? 0,
    tried: found.tried,
    clusters: {
      method: recipe.segmentation.method,
      because: found.choice.because,
      elsewhere: found.elsewhere,
      ...(found.density ? { density: found.density } : {}),
      ...(found.dendrogram ? { dendrogram: found.dendrogram } : {}),
    },
    segments: it.segments.slice(1).map(({ id, label, description }, i) => {
      const [size, kept] = [countOf(found.assigned.training, id), countOf(found.assigned.test, id)]
      return {
        id,
        label,
        description,
        ...(i === k || recipe.segmentation.segments.some(each => each.label === label)
          ? {}
          : { drafted: true as const }),
        ...(i < k ? {} : { outliers: true as const }),
        size,
        share: shareOf(size, training.length).share,
        test: tested(kept, test.length),
        typical: typicalOf(recipe, it.scaler, it.centroids[i] ?? found.middle ?? []),
      }
    }),
    propensities: found.propensities,
    testRows: test.map(row => row.index),
  }
}
