/** One assignment, with its reasons in words and numbers. */

import type { KeptSegment } from '../core/access.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'
import { type Labels, NO_LABELS, segmentName } from './labels.ts'
import { reasonList } from './reasons.ts'
import { ENGLISH, phrase, type Tongue } from './tongue.ts'

/** How near the second best came, from the ratio of the distances. */
const clearness = (own: number, other: number) =>
  own <= other / 2 ? 'group-clear' : own > other * 0.85 ? 'group-near' : 'group-between'

const runnerUp = (it: KeptSegment, labels: Labels, { words, number }: Tongue): Child =>
  it.runnerUp &&
  it.distance !== undefined &&
  h(
    'p',
    { class: 'ns-quiet' },
    phrase(words['group-next'], {
      segment: segmentName(labels, it.segmentation, it.runnerUp.segment),
      other: number(it.runnerUp.distance),
      own: number(it.distance),
      clearness: words[clearness(it.distance, it.runnerUp.distance)],
    }),
  )

/** What it would take to be somewhere else. */
const smallestChange = (it: KeptSegment, labels: Labels, { words, measured }: Tongue): Child => {
  if (!it.change) return undefined
  const { feature, from, to, segment } = it.change
  const unit = labels.unit?.(feature)
  return h(
    'p',
    { class: 'ns-quiet ns-change' },
    phrase(words['group-change'], {
      feature: h('bdi', {}, spoken(feature)),
      to: h('span', { class: 'ns-number' }, measured(to, unit)),
      from: measured(from, unit),
      segment: segmentName(labels, it.segmentation, segment),
    }),
  )
}

/**
 * @param labels names the runner-up, whose label an assignment does not carry
 * @param controls what stands at its end: what the visitor may say of it
 */
export const segmentCard = (
  it: KeptSegment,
  labels: Labels = NO_LABELS,
  tongue: Tongue = ENGLISH,
  controls?: Child,
): ElementNode => {
  const { words } = tongue
  const matched = it.contributions.some(each => each.weight !== 0)
  const reasons = reasonList(it.contributions, labels, tongue)
  return h(
    'article',
    {
      class: it.unassigned ? 'ns-card ns-unassigned' : 'ns-card',
      'data-segmentation': it.segmentation,
      'data-segment': it.segment,
    },
    h('p', { class: 'ns-question' }, h('bdi', {}, it.question)),
    h('h3', { class: 'ns-label' }, it.unassigned ? words['group-none'] : h('bdi', {}, it.label)),
    h('p', {}, it.unassigned ? words[`group-${it.unassigned}`] : h('bdi', {}, it.description)),
    it.disclosure && h('p', { class: 'ns-disclosure' }, h('bdi', {}, it.disclosure)),
    it.pinned && h('p', { class: 'ns-quiet' }, words['group-pinned']),
    !it.unassigned &&
      reasons && [h('h4', { class: 'ns-caption' }, matched ? words['group-because'] : words['group-looked']), reasons],
    runnerUp(it, labels, tongue),
    it.probability !== undefined &&
      h('p', { class: 'ns-quiet' }, phrase(words['group-probability'], { percent: tongue.percent(it.probability) })),
    smallestChange(it, labels, tongue),
    controls,
  )
}
