/** What was not taken, and why: how often, never what it was. */

import { REFUSALS, type Refusals } from '../core/refusal.ts'
import { type ElementNode, h } from './element.ts'
import { ENGLISH, type Tongue } from './tongue.ts'

/** A row for each reason there was; undefined where nothing was refused. */
export const refusals = (it: Refusals, { words, number }: Tongue = ENGLISH): ElementNode | undefined => {
  const reasons = REFUSALS.filter(reason => it[reason])
  if (!reasons.length) return undefined
  return h(
    'table',
    { class: 'ns-kinds ns-refusals' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, words.refusals),
        h('th', { scope: 'col', class: 'ns-number' }, words['kept-count']),
      ),
    ),
    h(
      'tbody',
      {},
      reasons.map(reason =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, words[`refusal-${reason}`]),
          h('td', { class: 'ns-number' }, number(it[reason] ?? 0)),
        ),
      ),
    ),
  )
}
