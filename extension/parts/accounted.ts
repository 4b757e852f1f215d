/** What the browser still holds after an act, as seen from the site itself. */

import { type Child, h } from '../../view/element.ts'
import type { Account } from '../sight.ts'
import type { Voice } from '../voice.ts'
import { headline, points } from './headline.ts'
import { ticketsNote } from './seen.ts'

/** Is all as the act promised? */
export const asPromised = ({ act, remains }: Account): boolean => {
  const { database, granted, page, decision } = remains
  if (database || granted || page) return false
  return act === 'withdraw' ? decision : !decision
}

const database = ({ remains, blocked, returned }: Account, { own, words }: Voice): Child => {
  if (!remains.database) return words['erase-no-database']
  return returned && !blocked ? own.returned : own['held-open']
}

const storage = ({ act, remains }: Account, { own }: Voice): Child => {
  const { granted, decision, page, tickets } = remains
  if (granted) return own['granted-again']
  if (page) return own['page-again']
  if (act === 'withdraw') return decision ? own[tickets ? 'refusal-first' : 'refusal-only'] : own.unsaid
  return decision ? own['decision-again'] : tickets ? undefined : own['no-key']
}

const others = (n: number, { own, phrased, number }: Voice): Child =>
  n > 0 && (n === 1 ? own['other-one'] : phrased(own['other-many'], { n: number(n) }))

export const accounted = (it: Account, voice: Voice): readonly Child[] => {
  const { own } = voice
  const good = asPromised(it)
  const title = !good ? own['not-gone'] : it.act === 'withdraw' ? own.withdrawn : own.gone
  return [
    headline(good ? 'done' : 'doubt', title),
    h('h2', { class: 'points-title' }, own['seen-after']),
    points([database(it, voice), storage(it, voice), ticketsNote(it.remains, voice), others(it.remains.others, voice)]),
    h('p', { class: 'ns-quiet' }, own.collector),
  ]
}
