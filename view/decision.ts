/** What was allowed: what may be noticed, crossed with what for. */

import type { AccessDocument } from '../core/access.ts'
import { CATEGORIES, type Category, PURPOSES, type Purpose } from '../core/consent.ts'
import { type ElementNode, h } from './element.ts'
import { ENGLISH, phrase, type Tongue } from './tongue.ts'

export type Decided = NonNullable<AccessDocument['decision']>

/** What the site asked for; all there is where that is not known. */
export interface Offer {
  readonly categories: readonly Category[]
  readonly purposes: readonly Purpose[]
}

const mark = (allowed: boolean, words: Tongue['words']): ElementNode =>
  h(
    'td',
    { class: allowed ? 'ns-yes' : 'ns-no' },
    h(
      'svg',
      { class: 'ns-tick', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
      h('polyline', { class: 'ns-mark-stroke', points: allowed ? '3,8.5 6.5,12 13,4.5' : '5,8 11,8' }),
    ),
    h('span', { class: 'ns-unseen' }, words[allowed ? 'decision-yes' : 'decision-no']),
  )

/** A column for each category, a row for each purpose. */
export const grants = (it: Decided, offer: Offer, { words }: Tongue = ENGLISH): ElementNode =>
  h(
    'table',
    { class: 'ns-grid' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, words['decision-corner']),
        offer.categories.map(each => h('th', { scope: 'col' }, words[each])),
      ),
    ),
    h(
      'tbody',
      {},
      offer.purposes.map(purpose =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, words[purpose]),
          offer.categories.map(each => mark(it.grants[purpose]?.includes(each) ?? false, words)),
        ),
      ),
    ),
  )

export const isGranting = (it: Decided): boolean => PURPOSES.some(purpose => it.grants[purpose]?.length)

/** How long it holds, and which notice it answered. */
export const term = (it: Decided, { words, dated }: Tongue = ENGLISH): ElementNode =>
  h(
    'p',
    { class: 'ns-quiet' },
    phrase(words['decision-holds'], {
      day: h('time', { datetime: it.expires }, dated(Date.parse(it.expires))),
      notice: h('bdi', {}, it.notice),
    }),
  )

/** @param it null where there is no answer in force */
export const decision = (
  it: Decided | null,
  offer: Offer = { categories: CATEGORIES, purposes: PURPOSES },
  tongue: Tongue = ENGLISH,
): ElementNode => {
  const { words } = tongue
  if (!it) return h('div', { class: 'ns-decision' }, h('p', {}, words['centre-open-why']))
  const granted = isGranting(it)
  return h(
    'div',
    { class: 'ns-decision' },
    h('p', {}, granted ? words['centre-allowed'] : words['centre-refused']),
    it.paused && h('p', {}, words['centre-paused-why']),
    granted && grants(it, offer, tongue),
    term(it, tongue),
  )
}
