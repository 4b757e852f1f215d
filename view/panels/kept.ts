/** What is kept: the answers, all of it by kind, and day by day with what may be done about each note. */

import type { AccessDocument } from '../../core/access.ts'
import { CATEGORIES } from '../../core/consent.ts'
import type { Need } from '../../core/needs.ts'
import { type Child, h } from '../element.ts'
import { refusals } from '../refusals.ts'
import { signals } from '../signals.ts'
import { notes, type Opened, timeline } from '../timeline.ts'
import { phrase, type Tongue } from '../tongue.ts'
import { part } from './headline.ts'

/** How long each category is kept, one line each. */
const retention = ({ retention: given }: AccessDocument, { words, days }: Tongue): Child =>
  h(
    'ul',
    { class: 'ns-plain ns-quiet' },
    CATEGORIES.flatMap(category => {
      const n = given[category]
      return n === undefined
        ? []
        : [h('li', {}, phrase(words['kept-until'], { category: words[category], days: days(n) }))]
    }),
  )

export const kept = (access: AccessDocument, opened: Opened, needs: readonly Need[], tongue: Tongue): Child => {
  const { words, number } = tongue
  const damaged = Object.values(access.damaged ?? {}).reduce((sum, n) => sum + n, 0)
  const answers = access.signals.flatMap(({ kind }, i) => (kind === 'answer' ? [i] : []))
  // An answer stands in both lists, and is changed in the first.
  const below = answers.includes(opened.editing ?? -1) ? { ...opened, editing: undefined } : opened
  return [
    h('p', { class: 'ns-lead' }, words['kept-about']),
    retention(access, tongue),
    damaged > 0 && h('p', {}, phrase(words['kept-damaged'], { n: number(damaged) })),
    answers.length > 0 &&
      part(words['kept-answers'], notes(access.signals, answers.reverse(), opened.editing, needs, tongue)),
    part(words['kept-by-kind'], signals(access.signals, tongue), refusals(access.refused, tongue)),
    access.signals.length > 0 && part(words['kept-by-day'], timeline(access.signals, below, needs, tongue)),
  ]
}
