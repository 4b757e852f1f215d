/** What was allowed: what may be noticed, crossed with what for. */

import type { AccessDocument } from '../core/access.ts'
import { CATEGORIES, type Category, PURPOSES, type Purpose } from '../core/consent.ts'
import { type ElementNode, h } from './element.ts'
import { dated, spoken } from './format.ts'

type Decided = NonNullable<AccessDocument['decision']>

export const CATEGORY_NAMES: { readonly [C in Category]: string } = {
  browsing: 'Browsing',
  shopping: 'Shopping',
  answers: 'Answers',
  account: 'Account',
}

/** Read on from what may be noticed: `browsing to count groups`. */
export const PURPOSE_NAMES: { readonly [P in Purpose]: string } = {
  personalization: 'to fit the site to you',
  measurement: 'to count groups',
  activation: 'for the site’s own tools',
  advertising: 'for ad systems',
}

const WORDS = {
  open: 'You have not answered yet. Until you do, nothing is noticed and nothing is kept.',
  refused: 'You said no. Nothing is noticed and nothing is sent.',
  granted: 'You allowed this:',
  paused: 'You have paused it: nothing is noticed or sent for now, and what is kept stays.',
  corner: 'What for',
  yes: 'allowed',
  no: 'not allowed',
}

/** What the site asked for; all there is where that is not known. */
export interface Offer {
  readonly categories: readonly Category[]
  readonly purposes: readonly Purpose[]
}

const mark = (allowed: boolean): ElementNode =>
  h(
    'td',
    { class: allowed ? 'ns-yes' : 'ns-no' },
    h('span', { 'aria-hidden': 'true' }, allowed ? '✓' : '–'),
    h('span', { class: 'ns-unseen' }, allowed ? WORDS.yes : WORDS.no),
  )

const grid = (it: Decided, offer: Offer): ElementNode =>
  h(
    'table',
    { class: 'ns-grid' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, WORDS.corner),
        offer.categories.map(each => h('th', { scope: 'col' }, CATEGORY_NAMES[each])),
      ),
    ),
    h(
      'tbody',
      {},
      offer.purposes.map(purpose =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, spoken(PURPOSE_NAMES[purpose])),
          offer.categories.map(each => mark(it.grants[purpose]?.includes(each) ?? false)),
        ),
      ),
    ),
  )

/** @param it null where there is no answer in force */
export const decision = (
  it: Decided | null,
  offer: Offer = { categories: CATEGORIES, purposes: PURPOSES },
): ElementNode => {
  if (!it) return h('div', { class: 'ns-decision' }, h('p', {}, WORDS.open))
  const granted = PURPOSES.some(purpose => it.grants[purpose]?.length)
  return h(
    'div',
    { class: 'ns-decision' },
    h('p', {}, granted ? WORDS.granted : WORDS.refused),
    it.paused && h('p', {}, WORDS.paused),
    granted && grid(it, offer),
    h(
      'p',
      { class: 'ns-quiet' },
      'Holds until ',
      h('time', { datetime: it.expires }, dated(Date.parse(it.expires))),
      `. Notice ${it.notice}.`,
    ),
  )
}
