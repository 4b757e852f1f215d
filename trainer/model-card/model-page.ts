/** What a model file says of itself, as a page: for whoever has the file and not the data. */

import { featuresOf, type Model, modelId } from '../../core/model.ts'
import { needsOf } from '../../core/needs.ts'
import type { CentroidSegmentation, PropensitySegmentation } from '../../core/segmentation.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, number, percent, spoken } from '../../view/format.ts'
import { numbersTable, toneClass } from '../../view/plot/figure.ts'
import { typicalIn } from '../segments.ts'
import { facts } from './data.ts'
import { cardBody, glanceOf, isSection, untilFact } from './page.ts'
import { section } from './parts.ts'
import { collectSection, guaranteeSection } from './promises.ts'
import { apartList, NEAREST, rulesSection } from './segments.ts'

const centroidsSection = (model: Model, it: CentroidSegmentation): ElementNode =>
  section(
    it.id,
    it.label,
    NEAREST,
    h(
      'div',
      { class: 'mc-segments' },
      it.segments.slice(1).map(({ id, label, description }, at) => {
        const centroid = it.centroids[at]
        return h(
          'article',
          { class: `ns-card mc-segment ${toneClass(at)}` },
          h('p', { class: 'mc-number' }, h('b', {}, String(at + 1)), h('code', {}, id)),
          h('h3', { class: 'ns-label' }, h('bdi', {}, label)),
          h('p', {}, h('bdi', {}, description)),
          centroid
            ? [
                h('h4', { class: 'ns-caption' }, 'What sets it apart, and its typical number'),
                apartList(model, it, typicalIn(model.features, it, centroid), at),
              ]
            : h('p', { class: 'ns-quiet' }, `Farther than ${number(it.reach ?? 0)} from every centre.`),
        )
      }),
    ),
  )

const likelySection = (model: Model, it: PropensitySegmentation): ElementNode => {
  const { predictor, bands } = it
  const by = predictor.method === 'trees' ? counted(predictor.trees.length, 'tree') : 'a logistic regression'
  return section(
    it.id,
    it.label,
    `A probability by ${by} over ${counted(it.features.length, 'number')}: ${featuresOf(model, it)
      .map(({ name }) => spoken(name).toLowerCase())
      .join(', ')}.`,
    numbersTable(
      {
        head: ['Segment', 'Id', 'Probability'],
        rows: it.segments
          .slice(1)
          .map(({ id, label }, i) => [label, id, `${percent(bands[i - 1] ?? 0)} to ${percent(bands[i] ?? 1)}`]),
      },
      `Bands of “${it.label}”`,
    ),
  )
}

const sourceSection = ({ guarantee, signature }: Model): ElementNode =>
  section(
    'data',
    'What it was made from',
    'The file holds averages and bounds, and nobody’s data: sizes and figures are in the card that training writes.',
    facts([
      ['Data set', h('bdi', {}, guarantee.dataset)],
      ['Used on the basis of', h('bdi', {}, guarantee.basis)],
      ['Smallest segment', `${number(guarantee.minimumSize)} at least`],
      ...(guarantee.epsilon === undefined
        ? []
        : [['Noised with', `epsilon ${number(guarantee.epsilon)} a person`] as const]),
      ['Digest of the data', h('code', {}, guarantee.digest)],
      ['Signed', signature ? 'yes: nearside verify tells by whom' : 'no'],
    ]),
  )

/** The body of the document. */
export const modelPage = (model: Model): ElementNode => {
  const needs = needsOf(model.features)
  const segments = model.segmentations.reduce((sum, it) => sum + it.segments.length - 1, 0)
  const sections: readonly Child[] = [
    ...model.segmentations.map(it =>
      it.kind === 'centroids'
        ? centroidsSection(model, it)
        : it.kind === 'propensity'
          ? likelySection(model, it)
          : undefined,
    ),
    rulesSection(model),
    collectSection(model, needs, false),
    guaranteeSection(model, false),
    sourceSection(model),
  ]
  const glance = glanceOf([
    [counted(model.segmentations.length, 'question'), counted(segments, 'segment')],
    [counted(needs.length, 'kind'), 'of signals are collected, on the device only'],
    [`${number(model.guarantee.minimumSize)} people`, 'at least are behind whatever was learned'],
    untilFact(model),
  ])
  return cardBody('Model card, from the model alone', modelId(model), glance, sections.filter(isSection))
}
