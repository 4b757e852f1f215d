/** Parts of the view of what holds now: features, distances, rules, bands, contributions. */

import type { KeptSegment } from '../../../core/access.ts'
import type { FeatureVector } from '../../../core/feature.ts'
import { type Model, numberOf } from '../../../core/model.ts'
import type {
  CentroidSegmentation,
  Condition,
  PropensitySegmentation,
  RuleSegmentation,
  Segmentation,
} from '../../../core/segmentation.ts'
import { unitOf } from '../../../core/unit.ts'
import { bar } from '../../../view/bar.ts'
import { type Child, h } from '../../../view/element.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import { table } from './sections.ts'

const { number, measured, percent } = ENGLISH

const nameOf = (it: Segmentation, i: number): Child => {
  const segment = it.segments[i]
  return segment && [h('bdi', {}, segment.label), ' ', h('code', {}, segment.id)]
}

/** Near neighbours differ in what a rounder number leaves out. */
const fine = (distance: number): string => distance.toFixed(2)

/** To every centroid, the nearest first, with the margin of the first over the second. */
export const distances = (it: CentroidSegmentation, { distances: all = [], segment }: KeptSegment): Child => {
  const furthest = Math.max(...all)
  const order = all.map((distance, i) => ({ distance, i })).sort((a, b) => a.distance - b.distance)
  const [first, second] = order
  const isOut = it.reach !== undefined && (first?.distance ?? 0) > it.reach
  return [
    first &&
      second &&
      h(
        'p',
        {},
        isOut
          ? `Farther than ${number(it.reach ?? 0)} from every centroid: an outlier.`
          : [
              `Margin ${fine(second.distance - first.distance)} over the runner-up, `,
              h('bdi', {}, it.segments[second.i + 1]?.label ?? ''),
              '.',
            ],
      ),
    table(
      `Distances: ${it.label}`,
      ['Segment', '#Distance', 'Nearness'],
      order.map(({ distance, i }) => [
        it.segments[i + 1]?.id === segment ? h('strong', {}, nameOf(it, i + 1)) : nameOf(it, i + 1),
        fine(distance),
        bar(furthest > 0 ? 1 - distance / furthest : 0),
      ]),
    ),
  ]
}

const rangeOf = ({ least, most }: Condition): string =>
  least !== undefined && most !== undefined
    ? `${least} to ${most}`
    : least !== undefined
      ? `${least} or more`
      : `${most} or less`

const state = (value: number | null | undefined, { least = -Infinity, most = Infinity }: Condition): string =>
  value === undefined ? 'not known' : value === null ? 'no' : value >= least && value <= most ? 'yes' : 'no'

/** Each condition with its number, in the order in which rules are tried. */
export const rules = (it: RuleSegmentation, model: Model, raws: FeatureVector): Child => {
  const label = (id: string): string => it.segments.find(each => each.id === id)?.label ?? id
  return [
    table(
      `Rules: ${it.label}`,
      ['Rule', 'Feature', 'Wanted', '#Is', 'Holds'],
      it.rules.flatMap((rule, n) =>
        rule.all.map((condition, i) => {
          const spec = model.features.find(({ name }) => name === condition.feature)
          const value = numberOf(model, raws, condition.feature)
          const holds = state(value, condition)
          return [
            h('span', { class: i ? 'ns-unseen' : undefined }, `${n + 1}. ${label(rule.segment)}`),
            condition.feature,
            rangeOf(condition),
            value == null ? 'none' : measured(value, spec && unitOf({ ...spec, per: spec.per ?? 1 })),
            h('span', { class: `dt-holds-${holds === 'not known' ? 'unknown' : holds}` }, holds),
          ]
        }),
      ),
    ),
    h('p', { class: 'ns-quiet' }, 'The first rule that holds decides; else ', h('bdi', {}, label(it.otherwise)), '.'),
  ]
}

/** The probability among the bands. */
export const bands = (it: PropensitySegmentation, { probability = 0, segment }: KeptSegment): Child => [
  h('p', {}, `Probability ${percent(probability)}`, bar(probability)),
  table(
    `Bands: ${it.label}`,
    ['Segment', 'From', 'To'],
    it.segments
      .slice(1)
      .map(({ id }, i) => [
        id === segment ? h('strong', {}, nameOf(it, i + 1)) : nameOf(it, i + 1),
        percent(it.bands[i - 1] ?? 0),
        percent(it.bands[i] ?? 1),
      ]),
  ),
]

/** What every feature said, for and against. */
export const contributions = (model: Model, it: KeptSegment): Child => {
  const strongest = Math.max(...it.contributions.map(({ weight }) => Math.abs(weight)))
  if (!it.contributions.length) return undefined
  return table(
    `Contributions: ${it.question}`,
    ['Feature', '#Number', '#Weight', 'For or against'],
    it.contributions.map(({ feature, value, weight }) => {
      const spec = model.features.find(({ name }) => name === feature)
      return [
        feature,
        measured(value, spec && unitOf(spec)),
        number(weight),
        bar(strongest ? Math.abs(weight) / strongest : 0, weight < 0 ? 'ns-against' : ''),
      ]
    }),
  )
}
