/** What left the device, byte for byte; whether the ledger is whole; and everything else that stands on it. */

import type { AccessDocument } from '../../core/access.ts'
import type { Entry } from '../../core/ledger.ts'
import { bytesIn, exactly } from '../bytes.ts'
import { actions, button } from '../controls.ts'
import { type Child, h } from '../element.ts'
import { labelsOfKept } from '../labels.ts'
import { ledger } from '../ledger.ts'
import { mark } from '../mark.ts'
import { budgetSpent, modelAtWork } from '../model-note.ts'
import { phrase, type Tongue } from '../tongue.ts'
import { part } from './headline.ts'

export const ENTRIES_AT_ONCE = 50

/** All entries that are left, those of folded stretches first. */
export const entriesOf = ({ folded, ledger }: AccessDocument): readonly Entry[] => [...(folded?.kept ?? []), ...ledger]

export const reportsIn = (it: AccessDocument): Entry[] => entriesOf(it).filter(({ event }) => event.type === 'report')

const bodyOf = ({ event }: Entry): string => (event.type === 'report' ? event.body : '')

const verification = (it: AccessDocument, { words, number }: Tongue): Child => {
  const n = it.ledger.at(-1)?.n ?? 0
  return h(
    'div',
    { class: 'ns-verified' },
    mark(it.tampered === null ? 'done' : 'doubt'),
    h(
      'div',
      {},
      h(
        'p',
        {},
        it.tampered === null
          ? phrase(words['sent-whole'], { n: number(n) })
          : phrase(words['sent-tampered'], { n: number(it.tampered) }),
      ),
      h('p', { class: 'ns-quiet' }, words['sent-checked']),
    ),
  )
}

/** @param shown so many entries of everything that happened, and so many reports */
export const sent = (it: AccessDocument, shown: number, tongue: Tongue): Child => {
  const { words, number, bytes } = tongue
  const labels = labelsOfKept(it)
  const all = entriesOf(it)
  const reports = reportsIn(it)
  const total = reports.reduce((sum, entry) => sum + bytesIn(bodyOf(entry)), 0)
  return [
    h('p', { class: 'ns-lead' }, words['sent-about']),
    verification(it, tongue),
    part(
      words['sent-reports'],
      h(
        'p',
        {},
        reports.length
          ? phrase(words['sent-sum'], { n: number(reports.length), bytes: bytes(total) })
          : words['sent-none'],
      ),
      budgetSpent(it, tongue),
      reports.length > 0 && ledger(reports.slice(-shown), labels, tongue),
      reports.length > shown && actions(button('entries', words.more)),
    ),
    it.waiting.length > 0 && part(words['sent-waiting'], it.waiting.map(exactly)),
    it.model && part(words['sent-model'], modelAtWork(it, tongue)),
    part(
      words['sent-history'],
      ledger(all.slice(-shown), labels, tongue),
      all.length > shown && actions(button('entries', words.more)),
    ),
  ]
}
