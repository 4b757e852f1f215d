/** Everything to take away: as data, to read, and the receipts of what was decided. */

import { dateOf } from '../../core/epoch.ts'
import { actions, button } from '../controls.ts'
import { type Child, h } from '../element.ts'
import { phrase, type Tongue } from '../tongue.ts'
import { part } from './headline.ts'

/** The published forms of a receipt, by key; their names are the same in every language. */
export const RECEIPTS = { dpv: 'ISO/IEC TS 27560 (JSON-LD)', kantara: 'Kantara 1.1 (JSON)' } as const
export type Form = keyof typeof RECEIPTS

/** @param day on which the consent that holds was given, ms since 1970; undefined where there is no receipt */
export const copies = (day: number | undefined, { words, dated }: Tongue): Child => [
  h('p', { class: 'ns-lead' }, words['copies-about']),
  part(
    words['copies-all'],
    actions(button('readable', words['copies-readable']), button('json', words['copies-json'])),
  ),
  part(
    words['copies-receipts'],
    h(
      'p',
      {},
      day === undefined
        ? words['copies-none']
        : phrase(words['copies-receipt'], { day: h('time', { datetime: dateOf(day) }, dated(day)) }),
    ),
    day !== undefined &&
      actions(Object.entries(RECEIPTS).map(([form, name]) => button('receipt', name, 'plain', { 'data-of': form }))),
  ),
]
