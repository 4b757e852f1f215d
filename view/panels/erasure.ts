/** Deleting: a category, a stretch of time, or all; each asked once more, and what was verified gone told after it. */

import type { AccessDocument } from '../../core/access.ts'
import { CATEGORIES, type Category } from '../../core/consent.ts'
import { categoryOf, type Signal } from '../../core/signal.ts'
import { actions, button, submit } from '../controls.ts'
import { type Child, type ElementNode, h } from '../element.ts'
import type { Tongue } from '../tongue.ts'
import { headline, part } from './headline.ts'
import { type Tickets, ticketsLeft } from './overview.ts'

/** Part of what is kept; empty, all of it. */
export interface Scope {
  readonly category?: Category
  /** Milliseconds since 1970, both included. */
  readonly from?: number
  readonly to?: number
}

/** What is being asked, or was done. */
export type Stage =
  | { readonly at: 'choosing' }
  | { readonly at: 'asking'; readonly scope: Scope }
  /** @see Done: so many are gone, and so many of them were found again */
  | { readonly at: 'gone'; readonly count: number; readonly left: number }

const HOUR_MS = 3_600_000
const STRETCHES = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const

/** What the site gave of an account is deleted under `account`, whatever its kind. */
const ownCategory = ({ kind, id }: Signal): Category => (id === undefined ? categoryOf(kind) : 'account')

/** What a scope covers. */
export const within = (signals: readonly Signal[], { category, from = 0, to = Infinity }: Scope): Signal[] =>
  signals.filter(it => (!category || ownCategory(it) === category) && it.at >= from && it.at <= to)

const dataOf = ({ category, from, to }: Scope) => ({ 'data-category': category, 'data-from': from, 'data-to': to })

const isAll = (scope: Scope): boolean => Object.keys(scope).length === 0

const row = (name: string, n: number, scope: Scope, { words, plural }: Tongue): ElementNode =>
  h(
    'li',
    { class: 'ns-row' },
    h('span', {}, name),
    h('span', { class: 'ns-quiet' }, plural('kept-notes', n)),
    button('ask', [words['erase-delete'], h('span', { class: 'ns-unseen' }, `: ${name}`)], 'grave', {
      ...dataOf(scope),
      disabled: n === 0,
    }),
  )

const day = (label: string, name: string): ElementNode =>
  h('label', { class: 'ns-field' }, h('span', {}, label), h('input', { type: 'date', name, required: true }))

const choosing = (access: AccessDocument, now: number, tongue: Tongue): Child => {
  const { words } = tongue
  const rowOf = (name: string, scope: Scope): ElementNode =>
    row(name, within(access.signals, scope).length, scope, tongue)
  const kinds = CATEGORIES.filter(
    category => access.retention[category] !== undefined || within(access.signals, { category }).length,
  )
  return [
    part(
      words['erase-category'],
      h(
        'ul',
        { class: 'ns-plain' },
        kinds.map(category => rowOf(words[category], { category })),
      ),
    ),
    part(
      words['erase-time'],
      h(
        'ul',
        { class: 'ns-plain' },
        (Object.keys(STRETCHES) as (keyof typeof STRETCHES)[]).map(each =>
          rowOf(words[`erase-${each}`], { from: now - STRETCHES[each] }),
        ),
      ),
      h(
        'form',
        { class: 'ns-form ns-dates', 'data-does': 'ask' },
        day(words['erase-from'], 'from'),
        day(words['erase-to'], 'to'),
        submit([words['erase-delete'], h('span', { class: 'ns-unseen' }, `: ${words['erase-time']}`)], 'grave'),
      ),
    ),
  ]
}

/** The last part of it, and all there is where what is kept cannot be read. */
export const everything = ({ words }: Tongue): ElementNode =>
  part(
    words['erase-all'],
    h('p', {}, words['erase-all-about']),
    actions(button('ask', words['erase-delete-all'], 'grave')),
  )

/** What a scope covers, by name: a category, days, or both. */
const named = ({ category, from, to }: Scope, { words, moment }: Tongue): Child => [
  category && words[category],
  category && from !== undefined && ', ',
  from !== undefined && moment(from),
  to !== undefined && [' – ', moment(to)],
]

const asked = (scope: Scope, n: number, tongue: Tongue): Child => {
  const { words, plural, phrased } = tongue
  const all = isAll(scope)
  return h(
    'div',
    { class: 'ns-asked' },
    headline(
      'doubt',
      all ? words['erase-sure-all'] : phrased(words['erase-sure'], { n: plural('kept-notes', n) }),
      all ? words['erase-all-about'] : words['erase-also'],
    ),
    !all && h('p', { class: 'ns-lead' }, named(scope, tongue)),
    all && h('p', {}, words['erase-again']),
    actions(
      button('keep', words['say-cancel']),
      button('erase', all ? words['erase-delete-all'] : words['erase-delete'], 'final', dataOf(scope)),
    ),
  )
}

/**
 * @param access null where it cannot be read: then only all can be deleted
 * @param all what leads to deleting everything
 */
export const erasure = (
  access: AccessDocument | null,
  stage: Stage,
  now: number,
  tongue: Tongue,
  all: Child = everything(tongue),
): Child => {
  const { words, plural, phrased } = tongue
  if (stage.at === 'asking') return asked(stage.scope, within(access?.signals ?? [], stage.scope).length, tongue)
  return [
    stage.at === 'gone' &&
      (stage.left
        ? headline('doubt', words['erase-not-all'], plural('kept-notes', stage.left))
        : headline('done', phrased(words['erase-gone'], { n: plural('kept-notes', stage.count) }))),
    h('p', { class: 'ns-lead' }, words['erase-about']),
    access && choosing(access, now, tongue),
    all,
  ]
}

/** What of Nearside's the browser still holds. */
export interface Found {
  readonly database: boolean
  /** Keys in its storage, those apart that hold only tickets. */
  readonly keys: boolean
  readonly tickets: Tickets
}

/** After all was deleted: what was looked up, and found or not. */
export const goneAll = ({ database, keys, tickets }: Found, tongue: Tongue): Child => {
  const { words } = tongue
  const whole = !database && !keys
  return [
    headline(whole ? 'done' : 'doubt', whole ? words['erase-gone-all'] : words['erase-not-all'], words['erase-seen']),
    h(
      'ul',
      { class: 'ns-points' },
      h('li', {}, database ? words['erase-database'] : words['erase-no-database']),
      h('li', {}, keys ? words['erase-keys'] : tickets.count ? words['erase-only-tickets'] : words['erase-no-keys']),
      tickets.count > 0 && h('li', {}, ticketsLeft(tickets, tongue)),
    ),
    actions(whole ? button('choices', words['centre-answer']) : button('again', words['centre-again'], 'strong')),
  ]
}
