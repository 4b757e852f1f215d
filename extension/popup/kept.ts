/** The account of what a site keeps: groups with their reasons first, then what was allowed, kept and sent. */

import type { AccessDocument } from '../../core/access.ts'
import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import type { Entry, Event } from '../../core/ledger.ts'
import { decision } from '../../view/decision.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, moment } from '../../view/format.ts'
import { type Labels, labelsOfKept } from '../../view/labels.ts'
import { ledger } from '../../view/ledger.ts'
import { budgetSpent, modelAtWork } from '../../view/model-note.ts'
import { refusals } from '../../view/refusals.ts'
import { segmentCard } from '../../view/segment-card.ts'
import { signals } from '../../view/signals.ts'
import { ENGLISH } from '../../view/tongue.ts'
import type { Decided } from '../parse-kept.ts'
import { fold } from './frame.ts'

/** More would make the popup slow; the number of those left out is said. */
const MOST_ENTRIES = 100

const WORDS = {
  groups: 'Your groups here',
  allowed: 'What you allowed',
  kept: 'What is kept',
  sent: 'What left this device',
  history: 'Everything that happened',
  notSent: 'Nothing has left this device.',
  waiting: 'Not sent yet, and deleted with the rest if you withdraw:',
  tail: 'not taken in yet; they wait in the page’s own storage.',
  nothing: 'Nothing is kept yet.',
}

/** `no notes`, `one note`, `12 notes`. */
export const amount = (n: number, one: string, many = `${one}s`): string => (n ? counted(n, one, many) : `no ${many}`)

const ofType = (entries: readonly Entry[], ...types: readonly Event['type'][]): Entry[] =>
  entries.filter(({ event }) => types.includes(event.type))

export const reportsIn = (it: AccessDocument | null): Entry[] => ofType(it?.ledger ?? [], 'report')

const entries = (labels: Labels, shown: readonly Entry[]): Child => [
  ledger(shown.slice(-MOST_ENTRIES), labels),
  shown.length > MOST_ENTRIES &&
    h('p', { class: 'ns-quiet' }, `Before that, ${counted(shown.length - MOST_ENTRIES, 'entry', 'entries')} more.`),
]

const sent = (it: AccessDocument, labels: Labels): ElementNode => {
  const reports = reportsIn(it)
  const last = reports.at(-1)
  return fold(
    'sent',
    WORDS.sent,
    amount(reports.length, 'report'),
    last ? h('p', { class: 'ns-quiet' }, 'Last sent ', moment(last.at), '.') : h('p', {}, WORDS.notSent),
    budgetSpent(it, ENGLISH),
    last && entries(labels, ofType(it.ledger, 'report', 'answer')),
    it.waiting.length > 0 && [
      h('p', { class: 'ns-quiet' }, WORDS.waiting),
      it.waiting.map(body => h('pre', { class: 'waiting' }, h('code', {}, body))),
    ],
  )
}

const kept = (it: AccessDocument, tail: number): ElementNode =>
  fold(
    'kept',
    WORDS.kept,
    amount(it.signals.length, 'note'),
    signals(it.signals),
    refusals(it.refused),
    tail > 0 && h('p', { class: 'ns-quiet' }, `${counted(tail, 'note')} ${WORDS.tail}`),
  )

const allowed = (it: Decided, access: AccessDocument | null): ElementNode => {
  const granted = PURPOSES.flatMap(purpose => it.grants[purpose] ?? [])
  const asked = CATEGORIES.filter(each => granted.includes(each) || access?.retention[each] !== undefined)
  const offer = { categories: asked, purposes: PURPOSES }
  const purposes = PURPOSES.filter(purpose => it.grants[purpose]?.length).length
  return fold('allowed', WORDS.allowed, amount(purposes, 'purpose'), decision(it, offer))
}

const groups = (it: AccessDocument, labels: Labels): Child =>
  it.segments.length > 0 &&
  h(
    'section',
    { class: 'groups' },
    h('h2', { class: 'groups-title' }, WORDS.groups),
    it.segments.map(each => segmentCard(each, labels)),
  )

/** @param tail notes that wait beside the key */
export const account = (stands: Decided | null, access: AccessDocument | null, tail = 0): readonly Child[] => {
  const allows = stands && allowed(stands, access)
  if (!access) return [allows, h('p', { class: 'ns-quiet' }, WORDS.nothing)]
  const labels = labelsOfKept(access)
  return [
    groups(access, labels),
    allows,
    kept(access, tail),
    sent(access, labels),
    access.ledger.length > 0 &&
      fold(
        'history',
        WORDS.history,
        counted(access.ledger.length, 'entry', 'entries'),
        modelAtWork(access, ENGLISH),
        entries(labels, access.ledger),
      ),
  ]
}
