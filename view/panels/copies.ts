/** Everything to take away: as data, to read, and the receipts of what was decided. */

import { actions, button } from '../controls.ts'
import { type Child, h } from '../element.ts'
import type { Tongue } from '../tongue.ts'
import { part } from './headline.ts'

/** A receipt that can be downloaded: what it is called, and under which key. */
export interface Listed {
  readonly key: string
  readonly title: Child
}

export const copies = (receipts: readonly Listed[], { words }: Tongue): Child => [
  h('p', { class: 'ns-lead' }, words['copies-about']),
  part(
    words['copies-all'],
    actions(button('readable', words['copies-readable']), button('json', words['copies-json'])),
  ),
  part(
    words['copies-receipts'],
    h('p', { class: 'ns-quiet' }, receipts.length ? words['copies-receipt'] : words['copies-none']),
    receipts.length > 0 &&
      h(
        'ul',
        { class: 'ns-plain' },
        receipts.map(({ key, title }) => h('li', {}, button('receipt', title, 'quiet', { 'data-of': key }))),
      ),
  ),
]
