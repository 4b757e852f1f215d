/** The model card: one page for whoever decides on a model, and for whoever answers for it. Each section is there if its data are. */

import { type Model, modelId } from '../../core/model.ts'
import type { Need } from '../../core/needs.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, dated, number, percent } from '../../view/format.ts'
import type { Card } from '../card.ts'
import type { Recipe } from '../recipe.ts'
import { VERSION } from '../version.ts'
import { dataSection, driftSection, personalSection } from './data.ts'
import { choiceSection, mapsSection, spreadsSection } from './maps.ts'
import type { Pictures } from './pictures.ts'
import { outcomeSection, propensitySection } from './prediction.ts'
import { collectSection, guaranteeSection } from './promises.ts'
import { rulesSection, segmentsSection } from './segments.ts'

export interface CardPage {
  readonly model: Model
  readonly card: Card
  /** Empty for an offline model. */
  readonly needs: readonly Need[]
  readonly digest: string
  readonly offline: boolean
  readonly dataset: Recipe['dataset']
  readonly notPersonal: Recipe['notPersonal']
  readonly pictures?: Pictures
}

export type Fact = readonly [string, Child]

export const glanceOf = (facts: readonly Fact[]): ElementNode =>
  h(
    'dl',
    { class: 'mc-glance' },
    facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )

/** How long it holds, and since when. */
export const untilFact = ({ expires, revision, issued }: Model): Fact => [
  `Until ${dated(Date.parse(expires))}`,
  `revision ${revision}, of ${dated(Date.parse(issued))}`,
]

/** The whole in a few words: what a manager reads. */
const glance = ({ model, card, offline, needs }: CardPage): ElementNode => {
  const largest = [...card.segments].sort((a, b) => b.size - a.size)[0]
  const facts: readonly Fact[] = [
    [
      counted(card.segments.length, 'segment'),
      largest && ['the largest, ', h('bdi', {}, largest.label), `, ${percent(largest.share)}`],
    ],
    [`${number(card.rows.training)} ${card.of}`, `learned from; no segment below ${model.guarantee.minimumSize}`],
    offline
      ? ['Offline', 'for study: no device takes it']
      : [counted(needs.length, 'kind'), `of signals are collected, on the device only`],
    untilFact(model),
  ]
  return glanceOf(facts)
}

const titleOf = (it: ElementNode): readonly [string, string] => {
  const head = it.children.find((child): child is ElementNode => typeof child !== 'string' && child.tag === 'h2')
  return [head?.attributes.id ?? '', String(head?.children[0] ?? '')]
}

const contents = (sections: readonly ElementNode[]): ElementNode =>
  h(
    'nav',
    { class: 'mc-contents', 'aria-label': 'Contents' },
    h(
      'ol',
      {},
      sections.map(titleOf).map(([id, title]) => h('li', {}, h('a', { href: `#${id}` }, title))),
    ),
  )

export const isSection = (child: Child): child is ElementNode =>
  typeof child === 'object' && child !== null && 'tag' in child

/** The body of a document: sections under a head that lists them. */
export const cardBody = (
  kind: string,
  name: string,
  glance: ElementNode,
  sections: readonly ElementNode[],
): ElementNode =>
  h(
    'body',
    { class: 'mc ns-sheet' },
    h(
      'header',
      { class: 'mc-head' },
      h('p', { class: 'mc-kind' }, kind),
      h('h1', {}, h('bdi', {}, name)),
      glance,
      contents(sections),
    ),
    h('main', {}, sections),
    h(
      'footer',
      { class: 'mc-foot' },
      `Made by Nearside ${VERSION}. This file asks nothing of any server, and holds nobody’s data.`,
    ),
  )

export const cardPage = (page: CardPage): ElementNode => {
  const { model, card, pictures, needs, offline } = page
  const sections = [
    segmentsSection(model, card),
    pictures && mapsSection(card, pictures),
    pictures && spreadsSection(card, pictures),
    outcomeSection(card),
    ...card.propensities.map(each => propensitySection(each, card.of)),
    rulesSection(model),
    collectSection(model, needs, offline),
    guaranteeSection(model, offline, card.privacy),
    personalSection(card, page.notPersonal),
    dataSection(card, page.dataset, page.digest),
    choiceSection(card),
    driftSection(card),
  ].filter(isSection)
  return cardBody('Model card', modelId(model), glance(page), sections)
}
