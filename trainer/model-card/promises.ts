/** What the device will collect and why, and what is guaranteed. */

import { categoriesOf, type Model } from '../../core/model.ts'
import type { Need } from '../../core/needs.ts'
import { type ElementNode, h } from '../../view/element.ts'
import { roughly } from '../../view/few.ts'
import { listed, number, spoken } from '../../view/format.ts'
import { ENGLISH } from '../../view/tongue.ts'
import type { PrivacyCost } from '../private/privately.ts'
import { list, section } from './parts.ts'

const { words } = ENGLISH

const fieldNamed = (field: string): string =>
  (words[`field-${field}` as keyof typeof words] ?? spoken(field)).toLowerCase()

const needItem = ({ kind, fields, words: only, features }: Need) => [
  h('b', {}, words[`kind-${kind}`]),
  fields.length ? `, with ${listed(fields.map(fieldNamed))}` : '',
  only
    ? ` (only ${Object.entries(only)
        .map(([field, list]) => `${fieldNamed(field)}: ${list.join(', ')}`)
        .join('; ')})`
    : '',
  h('span', { class: 'ns-quiet' }, ` for ${listed(features.map(feature => spoken(feature).toLowerCase()))}`),
]

const windowOf = (model: Model): string => {
  const days = model.features.flatMap(({ window }) => (window === 'session' ? [] : [window]))
  return days.length ? `It looks back ${Math.max(...days)} days at most.` : 'It looks back no further than the visit.'
}

export const collectSection = (model: Model, needs: readonly Need[], offline: boolean): ElementNode => {
  const categories = [...new Set(model.segmentations.flatMap(it => categoriesOf(model, it)))]
  return section(
    'collect',
    'What a visitor’s device will collect, and why',
    offline
      ? 'Nothing: this model uses columns that no device can observe, and every device refuses it. It is for study.'
      : `Nothing before a yes to ${listed(categories.map(each => words[each].toLowerCase()))}; then only this, and it stays on the device. ${windowOf(model)}`,
    !offline && list(needs.map(needItem)),
  )
}

const USES = {
  content: 'choosing what is shown',
  ranking: 'the order in which things are shown',
  offer: 'offers',
  price: 'prices',
}

const priceOf = ({ inertia, agreement, cut }: PrivacyCost): string =>
  `The noise has its price: what is left unexplained within segments is ${inertia.toFixed(2)} times what it would be without, and the two ways of grouping agree to ${agreement.toFixed(2)} of 1. ${cut ? `${roughly(cut)} rows beyond` : 'No row was beyond'} the stated bounds${cut ? ' were taken for their ends' : ''}.`

/** What is hidden by noise, what that costs, and what follows for whoever trains again. */
const noiseItems = ({ epsilon }: Model['guarantee'], cost: PrivacyCost | undefined): string[] =>
  epsilon === undefined
    ? []
    : [
        `Centres, scaler, map and the number of segments are inside one budget of differential privacy, epsilon ${number(epsilon)}: nobody can tell from the model whether one given person was in the data.${cost ? ' This card is not noised: it stays with the site.' : ''}`,
        ...(cost ? [priceOf(cost)] : []),
      ]

/** @param cost of the noise, where there is any and whoever asks has the data */
export const guaranteeSection = (model: Model, offline: boolean, cost?: PrivacyCost): ElementNode => {
  const uses = [...new Set(model.segmentations.flatMap(it => it.uses))]
  const { minimumSize, epsilon } = model.guarantee
  const noised = epsilon !== undefined
  const length = model.segmentations[0]?.segments[0]?.id.length ?? 0
  return section(
    'guarantees',
    'What is guaranteed',
    false,
    list([
      noised
        ? `By its noised size, no segment was learned from fewer than ${number(minimumSize)} people.`
        : `No segment was learned from fewer than ${number(minimumSize)} rows; no leaf of a tree speaks of fewer.`,
      ...noiseItems(model.guarantee, cost),
      offline
        ? 'No device takes the model: a test of every copy of Nearside.'
        : 'Signals, features and answers never leave the device. After a yes to measurement, one segment id a question and week does, under a pseudonym that no other question or week shares.',
      `An id has ${length} characters, the same for everybody in a segment: too short to tell anybody apart.`,
      `Everyone gets the same model file, byte for byte; ${noised ? 'only who has the secret of its noise can make the same bytes again' : 'the same data and recipe give the same bytes again'}.`,
      'The visitor sees their segment and its reasons, may correct it, pause it, take it away and delete it.',
      `Segments are used for ${listed(uses.map(each => USES[each]))}${uses.includes('price') ? '' : '; never for prices'}. They are claims of a device, and authorise nothing.`,
      ...model.segmentations.flatMap(it =>
        it.disclosure ? [['Of prices, every visitor reads beside their segment: ', h('bdi', {}, it.disclosure)]] : [],
      ),
      `The model ends on ${model.expires}: after that day no device uses it.`,
    ]),
  )
}
