/** What holds now, and what may be done about it; for those who have said no, or nothing, all there is to say. */

import type { AccessDocument } from '../../core/access.ts'
import { actions, button } from '../controls.ts'
import { type Decided, grants, isGranting, type Offer, term } from '../decision.ts'
import { type Child, type ElementNode, h } from '../element.ts'
import { phrase, type Tongue } from '../tongue.ts'
import { headline, part } from './headline.ts'
import { reportsIn } from './sent.ts'

/** Requests to forget that the site's collector has not answered. */
export interface Tickets {
  readonly count: number
  /** `YYYY-MM-DD`: by then it has forgotten without. */
  readonly until?: string | undefined
}

export interface Standing {
  /** The one in force; null where there is none. */
  readonly decision: Decided | null
  readonly tickets: Tickets
  /** Does the browser send Global Privacy Control? */
  readonly signal: boolean
  readonly offer: Offer
}

export const ticketsLeft = (
  { count, until }: Tickets,
  { words, phrased, number, dated }: Tongue,
): string | undefined =>
  count > 0
    ? phrased(words['erase-tickets'], { n: number(count), day: until ? dated(Date.parse(until)) : '' })
    : undefined

const small = (line: Child): Child => line && h('p', { class: 'ns-quiet' }, line)

/** A number, and under it what it counts. */
const figure = (n: string, name: string): ElementNode => h('div', {}, h('dd', {}, n), h('dt', {}, name))

/** How many notes, groups and reports there are, and when the last report left. */
export const figures = (it: AccessDocument, { words, number, moment }: Tongue): Child => {
  const reports = reportsIn(it)
  const last = reports.at(-1)
  return [
    h(
      'dl',
      { class: 'ns-figures' },
      figure(number(it.signals.length), words['centre-notes']),
      figure(number(it.segments.filter(each => !each.unassigned).length), words['tab-groups']),
      figure(number(reports.length), words['centre-reports']),
    ),
    small(last ? phrase(words['centre-last'], { when: moment(last.at) }) : words['sent-none']),
  ]
}

const granted = (it: Standing, decision: Decided, access: AccessDocument | null, tongue: Tongue): Child => {
  const { words } = tongue
  const { paused } = decision
  return [
    paused
      ? headline('paused', words['centre-paused'], words['centre-paused-why'])
      : headline('held', words['centre-granted'], words['centre-granted-why']),
    access && figures(access, tongue),
    small(ticketsLeft(it.tickets, tongue)),
    actions(
      paused ? button('resume', words['centre-resume'], 'strong') : button('pause', words['centre-pause']),
      button('choices', words['centre-choices']),
      button('withdraw', words['centre-withdraw']),
    ),
    part(words['centre-allowed'], grants(decision, it.offer, tongue), term(decision, tongue)),
  ]
}

export const overview = (it: Standing, access: AccessDocument | null, tongue: Tongue): Child => {
  const { words, dated } = tongue
  const { decision } = it
  const honoured = it.signal && small(words.signal)
  if (!decision)
    return [
      headline('empty', words['centre-open'], words['centre-open-why']),
      honoured,
      small(ticketsLeft(it.tickets, tongue)),
      actions(button('choices', words['centre-answer'], 'strong')),
    ]
  if (isGranting(decision)) return granted(it, decision, access, tongue)
  const day = h('time', { datetime: decision.expires }, dated(Date.parse(decision.expires)))
  return [
    headline('refused', words['centre-refused'], phrase(words['centre-refused-why'], { day })),
    honoured,
    small(ticketsLeft(it.tickets, tongue)),
    actions(button('choices', words['centre-choices']), button('forget', words['centre-forget'])),
  ]
}
