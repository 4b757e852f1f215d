/** The segments as cards: how large, what they do, what sets them apart. */

import type { FeatureSpec } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import type { CentroidSegmentation, Condition, RuleSegmentation } from '../../core/segmentation.ts'
import { unitOf as measureOf, type Unit } from '../../core/unit.ts'
import { bar } from '../../view/bar.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { FEWEST_TOLD } from '../../view/few.ts'
import { measured, number, percent, spoken } from '../../view/format.ts'
import { toneClass } from '../../view/plot/figure.ts'
import type { Card, SegmentCard } from '../card.ts'
import { besideEachOther } from '../names/beside.ts'
import { section } from './parts.ts'
import { shown, unitOf } from './pictures.ts'

/** More would not be read. */
const MOST_TOLD = 4
/** Nearer to the middle, in deviations, a number is like everybody's. */
const TELLING = 0.35
const MUCH = 1

const degree = (z: number): string => `${Math.abs(z) >= MUCH ? 'far ' : ''}${z > 0 ? 'above' : 'below'}`

interface Apart {
  readonly feature: string
  readonly z: number
  readonly value: number
  readonly unit: string
}

const apartOf = (model: Model, it: CentroidSegmentation, typical: SegmentCard['typical'], at: number): Apart[] => {
  const centroids = model.guarantee.epsilon === undefined ? it.centroids : besideEachOther(it.centroids)
  return it.features
    .map((feature, i) => {
      const spec = model.features.find(({ name }) => name === feature) as FeatureSpec
      const value = shown(spec, typical[feature] ?? 0)
      return { feature, z: centroids[at]?.[i] ?? 0, value, unit: unitOf(spec) }
    })
    .filter(({ z }) => Math.abs(z) >= TELLING)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .slice(0, MOST_TOLD)
}

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
        h('span', {}, spoken(feature), h('small', { class: 'ns-quiet' }, ` ${degree(z)} usual`)),
        h('span', { class: 'ns-number' }, `${number(Number(value.toPrecision(2)))} ${unit}`.trim()),
        bar(Math.abs(z) / most, z < 0 ? 'ns-against' : ''),
      ),
    ),
  )
}

/** What the test set has: two samples of one population differ by chance. */
const tested = ({ test: { size, share, interval } }: SegmentCard): Child =>
  size >= FEWEST_TOLD &&
  h('p', { class: 'ns-quiet' }, `In the test set ${percent(share)}; in truth ${interval.map(percent).join(' to ')}.`)

const segment = (model: Model, it: CentroidSegmentation, card: SegmentCard, at: number, of: Card['of']): ElementNode =>
  h(
    'article',
    { class: `ns-card mc-segment ${toneClass(at)}` },
    h('p', { class: 'mc-number' }, h('b', {}, String(at + 1)), h('code', {}, card.id)),
    h('h3', { class: 'ns-label' }, h('bdi', {}, card.label)),
    h('p', {}, h('bdi', {}, card.description)),
    h('p', { class: 'mc-share' }, h('strong', {}, percent(card.share)), ` of ${of}: ${number(card.size)}`),
    bar(card.share),
    tested(card),
    h('h4', { class: 'ns-caption' }, 'What sets it apart, and its typical number'),
    apartList(model, it, card.typical, at),
    card.drafted && h('p', { class: 'ns-quiet' }, 'The name is a draft that nobody has approved yet.'),
  )

/** How a segment is found. */
export const NEAREST = 'Every visitor is put into the segment whose centre is nearest, on their own device.'

export const segmentsSection = (model: Model, card: Card): ElementNode => {
  const it = model.segmentations.find((each): each is CentroidSegmentation => each.kind === 'centroids')
  return section(
    'segments',
    it?.label ?? 'Segments',
    `${NEAREST}${card.rows.test ? ' “In truth” is where the share of all who come lies in 95 of 100 such samples.' : ''}`,
    h('div', { class: 'mc-segments' }, it && card.segments.map((each, at) => segment(model, it, each, at, card.of))),
  )
}

/** A bound decides: it is told as it is. */
const exactly = (bound: number): string =>
  Number.isInteger(bound) ? number(bound) : String(Number(bound.toPrecision(6)))

const conditionOf = (model: Model, { feature, least, most }: Condition): string => {
  const name = spoken(feature).toLowerCase()
  const spec = model.features.find(each => each.name === feature)
  const unit: Unit = spec ? measureOf(spec) : {}
  const tell = (bound: number): string =>
    unit.ms === undefined && !unit.share ? exactly(spec ? shown(spec, bound) : bound) : measured(bound, unit)
  if (least !== undefined && most !== undefined) return `${name} from ${tell(least)} to ${tell(most)}`
  return least === undefined ? `${name} at most ${tell(most ?? 0)}` : `${name} at least ${tell(least)}`
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
              `: ${rule.all.map(each => conditionOf(model, each)).join(', and ')}`,
            ),
          ),
          h('li', {}, h('b', {}, h('bdi', {}, labelOf(it, it.otherwise))), ': otherwise'),
        ),
      ),
    ),
  )
}
