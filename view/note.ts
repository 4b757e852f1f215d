/** One signal in words: what was noted, and with which numbers. */

import { PAGE_KINDS, type Signal } from '../core/signal.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'
import type { Tongue } from './tongue.ts'

type Say = (signal: Signal, tongue: Tongue) => Child

const labelled =
  (field: 'clicks' | 'results' | 'quantity'): Say =>
  (signal, { words, number }) =>
    `${words[`field-${field}`]}: ${number(signal[field] as number)}`

const word =
  (field: string): Say =>
  signal =>
    h('bdi', {}, spoken(String(signal[field])))

/** A kind of page, as a person calls it. */
export const pageName = (kind: string, { words }: Tongue): string => {
  const known = PAGE_KINDS.find(each => each === kind)
  return known ? words[`page-${known}`] : kind
}

/** In the order in which they are said; a currency is said with its amount. */
const SAY: { readonly [field: string]: Say } = {
  page: ({ page }, tongue) => pageName(String(page), tongue),
  question: word('question'),
  answer: word('answer'),
  category: word('category'),
  name: word('name'),
  ms: ({ ms }, { lasting }) => lasting(ms as number),
  percent: (signal, { percent }) => percent((signal.percent as number) / 100),
  value: ({ value, currency }, { money, number }) =>
    typeof currency === 'string' ? money(value as number, currency) : number(value as number),
  quantity: labelled('quantity'),
  results: labelled('results'),
  clicks: labelled('clicks'),
}

/** All that it holds beside its kind and its time. */
export const details = (signal: Signal, tongue: Tongue): Child[] =>
  Object.entries(SAY).flatMap(([field, say]) =>
    signal[field] === undefined ? [] : [h('span', { class: 'ns-detail' }, say(signal, tongue))],
  )

export const note = (signal: Signal, tongue: Tongue): ElementNode =>
  h(
    'span',
    { class: 'ns-note-said' },
    h('span', { class: 'ns-note-kind' }, tongue.words[`kind-${signal.kind}`]),
    details(signal, tongue).map(each => [' ', each]),
    signal.id !== undefined && [' ', h('span', { class: 'ns-detail' }, tongue.words['kept-given'])],
  )
