/** What the gate would have to see for something to change: the signals that are missing, and the smallest step to another segment. */

import type { KeptSegment } from '../../../core/access.ts'
import { captures, pairsOf } from '../../../core/consent.ts'
import type { Decision } from '../../../core/decision.ts'
import { categoriesOf, featuresOf, type Model } from '../../../core/model.ts'
import type { Segmentation } from '../../../core/segmentation.ts'
import { unitOf } from '../../../core/unit.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import { wantedBy } from './feature-words.ts'

/** Why there is no segment, and what would give one. */
export interface Next {
  readonly why?: string
  readonly next: string
}

const list = (items: readonly string[]): string => ENGLISH.listed([...new Set(items)])

const unassigned = (
  model: Model,
  it: Segmentation,
  kept: KeptSegment,
  decision: Decision | null,
  missing: readonly string[],
): Next => {
  const pairs = pairsOf(decision?.grants)
  const specs = featuresOf(model, it)
  switch (kept.unassigned) {
    case 'denied': {
      const denied = categoriesOf(model, it).filter(category => !captures(pairs, category))
      return {
        why: `It draws on ${list(denied)}, which is granted for no purpose.`,
        next: `A grant of ${list(denied)}, for any purpose.`,
      }
    }
    case 'no-signals':
      return { why: 'Nothing that it looks at has been noted yet.', next: `Any of ${list(specs.map(wantedBy))}.` }
    case 'missing-feature': {
      const absent = specs.filter(({ name }) => missing.includes(name))
      return {
        why: `${list(absent.map(({ name }) => name))} cannot be worked out: no such signal yet, or its window reaches back further than this device has seen.`,
        next: `${list(absent.map(wantedBy))}; or the account’s history (hydrate).`,
      }
    }
    case 'not-me':
      return {
        why: 'The visitor said that the segment does not fit.',
        next: 'The visitor takes that back, or another segment comes out.',
      }
    default:
      return { next: 'Nothing.' }
  }
}

/** @param missing the features that could not be worked out */
export const nextFor = (
  model: Model,
  it: Segmentation,
  kept: KeptSegment,
  decision: Decision | null,
  missing: readonly string[],
): Next => {
  if (kept.pinned) return { next: 'The visitor chose this segment: no signal changes it.' }
  if (kept.held) return { next: `It is held for ${it.hold} minutes after it came; then what is computed holds again.` }
  if (kept.unassigned) return unassigned(model, it, kept, decision, missing)
  const { change } = kept
  if (!change) return { next: 'No single feature would change it.' }
  const spec = featuresOf(model, it).find(({ name }) => name === change.feature)
  const label = it.segments.find(({ id }) => id === change.segment)?.label ?? change.segment
  const unit = spec && unitOf(spec)
  const say = (value: number): string => ENGLISH.measured(value, unit)
  const how = spec && change.to > change.from && spec.aggregate !== 'recency' ? `: ${wantedBy(spec)}` : ''
  return { next: `${label}, if ${change.feature} went from ${say(change.from)} to ${say(change.to)}${how}.` }
}
