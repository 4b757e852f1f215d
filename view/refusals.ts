/** What was not taken, and why: how often, never what it was. */

import { REFUSALS, type Refusal, type Refusals } from '../core/refusal.ts'
import { type ElementNode, h } from './element.ts'
import { number } from './format.ts'

export const REFUSAL_NAMES: { readonly [R in Refusal]: string } = {
  denied: 'You had not allowed it',
  unneeded: 'No group needs it',
  'sensitive-page': 'On a page about health, religion or the like',
  'looks-personal': 'It looked like something about a person',
  'free-text': 'It looked like a text somebody wrote',
  'too-long': 'Too long',
  invalid: 'Not of a form that is taken',
}

const WORDS = { why: 'Not taken', count: 'Times' }

/** A row for each reason there was; undefined where nothing was refused. */
export const refusals = (it: Refusals): ElementNode | undefined => {
  const reasons = REFUSALS.filter(reason => it[reason])
  if (!reasons.length) return undefined
  return h(
    'table',
    { class: 'ns-kinds ns-refusals' },
    h(
      'thead',
      {},
      h('tr', {}, h('th', { scope: 'col' }, WORDS.why), h('th', { scope: 'col', class: 'ns-number' }, WORDS.count)),
    ),
    h(
      'tbody',
      {},
      reasons.map(reason =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, REFUSAL_NAMES[reason]),
          h('td', { class: 'ns-number' }, number(it[reason] ?? 0)),
        ),
      ),
    ),
  )
}
