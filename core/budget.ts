/** What a device has given away for good by noised answers, and when it stops. Lasts as long as the site's storage on it does. */

import type { Cipher } from './ports.ts'
import { respond } from './randomised-response.ts'
import type { SegmentId } from './segmentation.ts'

/** The most that all answers of a device may cost together, in epsilon, where the config says nothing. */
export const LIFETIME_EPSILON = 8

/** One question as it was answered: its possible segments and its epsilon; another set of either is another question. */
export interface Asked {
  readonly segments: readonly SegmentId[]
  readonly epsilon: number
  /** Each truth that an answer was drawn for: each costs `epsilon`, once. */
  readonly truths: readonly SegmentId[]
  /** The latest answer. */
  readonly told: SegmentId
}

export interface Budget {
  readonly asked: readonly (Asked & { readonly segmentation: string })[]
  /** Spent on answers that are not remembered any more, as the ledger tells it. */
  readonly forgotten?: number
}

export const NOTHING_SPENT: Budget = { asked: [] }

const tenths = (epsilon: number): number => Math.floor(epsilon * 10 + 0.5)

/** In tenths, which add up exactly. */
export const spentIn = ({ asked, forgotten = 0 }: Budget): number =>
  asked.reduce((sum, it) => sum + it.truths.length * tenths(it.epsilon), tenths(forgotten)) / 10

export interface Answer {
  readonly segment: SegmentId
  readonly budget: Budget
  /** What this answer added to what was spent: 0 for one given before. */
  readonly cost: number
  /** The budget did not reach: an earlier answer was repeated, or `unassigned` where there was none. Says nothing new. */
  readonly stale: boolean
}

export interface Ask {
  readonly site: string
  readonly segmentation: string
  /** All that could be said, unassigned first. */
  readonly segments: readonly SegmentId[]
  readonly epsilon: number
  readonly truth: SegmentId
  /** The most that all answers may cost together. */
  readonly most: number
}

const sameSet = (a: readonly SegmentId[], b: readonly SegmentId[]): boolean =>
  a.length === b.length && a.every(it => b.includes(it))

/** What is told of a segment. Of the same truth always the same: noise that is drawn anew can be averaged away. */
export const answer = async (cipher: Pick<Cipher, 'mac'>, before: Budget, ask: Ask): Promise<Answer> => {
  const { site, segmentation, segments, epsilon, truth, most } = ask
  const isThis = (it: Budget['asked'][number]): boolean =>
    it.segmentation === segmentation && it.epsilon === epsilon && sameSet(it.segments, segments)
  const known = before.asked.find(isThis)
  const paid = known?.truths ?? []
  const isNew = !paid.includes(truth)
  if (isNew && tenths(spentIn(before)) + tenths(epsilon) > tenths(most)) {
    return { segment: known?.told ?? (segments[0] as SegmentId), budget: before, cost: 0, stale: true }
  }
  const set = [...segments].sort().join(',')
  const mac = await cipher.mac(['answer', site, segmentation, set, epsilon, truth].join('|'))
  const told = respond(segments, truth, epsilon, mac)
  const truths = isNew ? [...paid, truth] : paid
  const asked = [...before.asked.filter(it => !isThis(it)), { segmentation, segments, epsilon, truths, told }]
  return { segment: told, budget: { ...before, asked }, cost: isNew ? epsilon : 0, stale: false }
}
