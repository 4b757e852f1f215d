/** One assignment, with its reasons in words and numbers. */

import type { KeptSegment } from '../core/access.ts'
import type { Contribution } from '../core/assign.ts'
import { bar } from './bar.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { number, spoken } from './format.ts'
import { type Labels, NO_LABELS, segmentName } from './labels.ts'

const WORDS = {
  because: 'Because of',
  looked: 'What was looked at',
  none: 'No group',
  'no-signals': 'Nothing that this question needs has been noticed yet.',
  'missing-feature': 'One of the numbers it needs cannot be worked out yet.',
  denied: 'You have not allowed what this question needs, so it was not answered.',
  'not-me': 'You said that the group it came to is not you.',
  pinned: 'You chose this yourself. The site’s counts do not include it.',
  against: 'spoke against it',
  next: 'Next closest: ',
  clear: 'a clear case',
  near: 'a close call',
  between: 'in between',
}

/** More would not be read. */
const MOST_REASONS = 4

/** The strongest reasons first; what hardly spoke for anything is left out. */
export const topReasons = (reasons: readonly Contribution[]): readonly Contribution[] => {
  const sorted = [...reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_REASONS)
  const least = Math.abs(sorted[0]?.weight ?? 0) / 50
  return sorted.filter(it => Math.abs(it.weight) >= least)
}

const reason = (it: Contribution, strongest: number): ElementNode =>
  h(
    'li',
    { class: 'ns-reason' },
    h(
      'span',
      { class: 'ns-reason-name' },
      spoken(it.feature),
      it.weight < 0 && h('small', { class: 'ns-quiet' }, ` ${WORDS.against}`),
    ),
    h('span', { class: 'ns-number' }, number(it.value)),
    strongest > 0 && bar(Math.abs(it.weight) / strongest, it.weight < 0 ? 'ns-against' : ''),
  )

/** Rules say yes or no, and have no strengths. */
const isMeasured = (reasons: readonly Contribution[]): boolean => reasons.some(it => it.weight !== 0 && it.weight !== 1)

/** Contributions as small bars; those of rules as a plain list. */
export const reasonList = (all: readonly Contribution[]): ElementNode | undefined => {
  const reasons = topReasons(all)
  const strongest = isMeasured(reasons) ? Math.abs(reasons[0]?.weight ?? 0) : 0
  return reasons.length
    ? h(
        'ul',
        { class: 'ns-reasons' },
        reasons.map(it => reason(it, strongest)),
      )
    : undefined
}

/** How near the second best came, from the ratio of the distances. */
const clearness = (own: number, other: number): string =>
  own <= other / 2 ? WORDS.clear : own > other * 0.85 ? WORDS.near : WORDS.between

const runnerUp = (it: KeptSegment, labels: Labels): Child =>
  it.runnerUp &&
  it.distance !== undefined &&
  h(
    'p',
    { class: 'ns-quiet' },
    WORDS.next,
    segmentName(labels, it.segmentation, it.runnerUp.segment),
    `, ${number(it.runnerUp.distance)} away against ${number(it.distance)}: ${clearness(it.distance, it.runnerUp.distance)}.`,
  )

/** What it would take to be somewhere else. */
const smallestChange = (it: KeptSegment, labels: Labels): Child =>
  it.change &&
  h(
    'p',
    { class: 'ns-quiet ns-change' },
    `With ${spoken(it.change.feature).toLowerCase()} at `,
    h('span', { class: 'ns-number' }, number(it.change.to)),
    ` instead of ${number(it.change.from)} it would be `,
    segmentName(labels, it.segmentation, it.change.segment),
    '.',
  )

/** `labels` names the runner-up, whose label an assignment does not carry. */
export const segmentCard = (it: KeptSegment, labels: Labels = NO_LABELS): ElementNode => {
  const matched = it.contributions.some(each => each.weight !== 0)
  const reasons = reasonList(it.contributions)
  return h(
    'article',
    {
      class: it.unassigned ? 'ns-card ns-unassigned' : 'ns-card',
      'data-segmentation': it.segmentation,
      'data-segment': it.segment,
    },
    h('p', { class: 'ns-question' }, h('bdi', {}, it.question)),
    h('h3', { class: 'ns-label' }, it.unassigned ? WORDS.none : h('bdi', {}, it.label)),
    h('p', {}, it.unassigned ? WORDS[it.unassigned] : h('bdi', {}, it.description)),
    it.pinned && h('p', { class: 'ns-quiet' }, WORDS.pinned),
    !it.unassigned && reasons && [h('h4', { class: 'ns-caption' }, matched ? WORDS.because : WORDS.looked), reasons],
    runnerUp(it, labels),
    smallestChange(it, labels),
  )
}
