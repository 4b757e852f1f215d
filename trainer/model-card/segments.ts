/** The segments as cards: how large, what they do, what sets them apart. */

import type { FeatureSpec } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import type { CentroidSegmentation, RuleSegmentation } from '../../core/segmentation.ts'
import { bar } from '../../view/bar.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, number, percent, spoken } from '../../view/format.ts'
import { toneClass } from '../../view/plot/figure.ts'
import type { Card, SegmentCard } from '../card.ts'
import { section } from './parts.ts'
import { shown, unitOf } from './pictures.ts'

/** More would not be read. */
const MOST_TOLD = 4
/** Nearer to the middle, in deviations, a number is like everybody's. */
const TELLING = 0.35
const MUCH = 1

const degree = (z: number): string => `${Math.abs(z) >= MUCH ? 'much ' : ''}${z > 0 ? 'more' : 'less'}`

interface Apart {
  readonly feature: string
  readonly z: number
  readonly value: number
  readonly unit: string
}

const apartOf = (model: Model, it: CentroidSegmentation, typical: SegmentCard['typical'], at: number): Apart[] =>
  it.features
    .map((feature, i) => {
      const spec = model.features.find(({ name }) => name === feature) as FeatureSpec
      const value = shown(spec, typical[feature] ?? 0)
      return { feature, z: it.centroids[at]?.[i] ?? 0, value, unit: unitOf(spec) }
    })
    .filter(({ z }) => Math.abs(z) >= TELLING)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, MOST_TOLD)

/** @param typical its centre in raw numbers */
export const apartList = (
  model: Model,
  it: CentroidSegmentation,
  typical: SegmentCard['typical'],
  at: number,
): Child => {
  const apart = apartOf(model, it, typical, at)
  if (!apart.length) return h('p', { class: 'ns-quiet' }, 'In nothing far from most.')
  const most = Math.abs(apart[0]?.z ?? 1)
  return h(
    'ul',
    { class: 'ns-reasons' },
    apart.map(({ feature, z, value, unit }) =>
      h(
        'li',
        { class: 'ns-reason' },
        h('span', {}, spoken(feature), h('small', { class: 'ns-quiet' }, ` ${degree(z)} than usual`)),
        h('span', { class: 'ns-number' }, `${number(Number(value.toPrecision(2)))} ${unit}`.trim()),
        bar(Math.abs(z) / most, z < 0 ? 'ns-against' : ''),
      ),
    ),
  )
}

const segment = (model: Model, it: CentroidSegmentation, card: SegmentCard, at: number): ElementNode =>
  h(
    'article',
    { class: `ns-card mc-segment ${toneClass(at)}` },
    h('p', { class: 'mc-number' }, h('b', {}, String(at + 1)), h('code', {}, card.id)),
    h('h3', { class: 'ns-label' }, h('bdi', {}, card.label)),
    h('p', {}, h('bdi', {}, card.description)),
    h(
      'p',
      { class: 'mc-share' },
      h('strong', {}, percent(card.share)),
      ` of visits: ${counted(card.size, 'row')}`,
      card.test.size > 0 && h('span', { class: 'ns-quiet' }, ` (${percent(card.test.share)} of the test set)`),
    ),
    bar(card.share),
    h('h4', { class: 'ns-caption' }, 'What sets it apart, and its typical number'),
    apartList(model, it, card.typical, at),
    card.drafted && h('p', { class: 'ns-quiet' }, 'The name is a draft that nobody has approved yet.'),
  )

export const segmentsSection = (model: Model, card: Card): ElementNode => {
  const it = model.segmentations.find((each): each is CentroidSegmentation => each.kind === 'centroids')
  return section(
    'segments',
    it?.label ?? 'Segments',
    `Every visit is put into the segment whose centre is nearest, on the visitor’s own device. ${card.clusters.because}`,
    h('div', { class: 'mc-segments' }, it && card.segments.map((each, at) => segment(model, it, each, at))),
  )
}

const conditionOf = ({ feature, least, most }: RuleSegmentation['rules'][number]['all'][number]): string => {
  const name = spoken(feature).toLowerCase()
  if (least !== undefined && most !== undefined) return `${name} from ${number(least)} to ${number(most)}`
  return least === undefined ? `${name} at most ${number(most ?? 0)}` : `${name} at least ${number(least)}`
}

export const rulesSection = (model: Model): Child => {
  const rules = model.segmentations.filter((each): each is RuleSegmentation => each.kind === 'rules')
  if (!rules.length) return false
  const labelOf = (it: RuleSegmentation, id: string): string => it.segments.find(each => each.id === id)?.label ?? id
  return section(
    'rules',
    'Rules',
    'Written by hand, and decided in their order: the first that holds counts.',
    rules.map(it =>
      h(
        'article',
        { class: 'ns-card' },
        h('h3', { class: 'ns-label' }, h('bdi', {}, it.label)),
        h(
          'ol',
          { class: 'mc-list' },
          it.rules.map(rule =>
            h(
              'li',
              {},
              h('b', {}, h('bdi', {}, labelOf(it, rule.segment))),
              `: ${rule.all.map(conditionOf).join(', and ')}`,
            ),
          ),
          h('li', {}, h('b', {}, h('bdi', {}, labelOf(it, it.otherwise))), ': otherwise'),
        ),
      ),
    ),
  )
}
