/** The account of what a site keeps: groups with their reasons first, then what was allowed, kept and sent. */

import type { AccessDocument } from '../../core/access.ts'
import { PURPOSES } from '../../core/consent.ts'
import type { Entry, Event } from '../../core/ledger.ts'
import { recordOf } from '../../core/receipt.ts'
import { exactly } from '../../view/bytes.ts'
import { grants, isGranting, type Offer, term } from '../../view/decision.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { type Labels, labelsOfKept } from '../../view/labels.ts'
import { ledger } from '../../view/ledger.ts'
import { budgetSpent, modelAtWork } from '../../view/model-note.ts'
import { RECEIPTS } from '../../view/panels/copies.ts'
import { reportsIn } from '../../view/panels/sent.ts'
import { refusals } from '../../view/refusals.ts'
import { segmentCard } from '../../view/segment-card.ts'
import { signals } from '../../view/signals.ts'
import { phrase } from '../../view/tongue.ts'
import type { Decided } from '../parse-kept.ts'
import { press } from '../parts/deeds.ts'
import { alarms } from '../parts/seen.ts'
import { switches } from '../parts/switches.ts'
import type { Sight } from '../sight.ts'
import type { Voice } from '../voice.ts'
import { fold } from './frame.ts'

/** More would make the popup slow; all of them are in the dashboard. */
const MOST_ENTRIES = 100

const ofType = (entries: readonly Entry[], ...types: readonly Event['type'][]): Entry[] =>
  entries.filter(({ event }) => types.includes(event.type))

const entries = (labels: Labels, shown: readonly Entry[], voice: Voice): Child => [
  ledger(shown.slice(-MOST_ENTRIES), labels, voice),
  shown.length > MOST_ENTRIES && h('p', { class: 'ns-quiet' }, '…'),
]

const sent = (it: AccessDocument, labels: Labels, voice: Voice): ElementNode => {
  const { words, number, moment } = voice
  const last = reportsIn(it).at(-1)
  return fold(
    'sent',
    words['tab-sent'],
    number(reportsIn(it).length),
    h('p', { class: 'ns-quiet' }, last ? phrase(words['centre-last'], { when: moment(last.at) }) : words['sent-none']),
    budgetSpent(it, voice),
    last && entries(labels, ofType(it.ledger, 'report', 'answer'), voice),
    it.waiting.length > 0 && [h('h3', {}, words['sent-waiting']), it.waiting.map(exactly)],
  )
}

const kept = (it: AccessDocument, tail: number, voice: Voice): ElementNode => {
  const { words, own, plural, phrased } = voice
  return fold(
    'kept',
    words['tab-kept'],
    plural('kept-notes', it.signals.length),
    signals(it.signals, voice),
    refusals(it.refused, voice),
    tail > 0 && h('p', { class: 'ns-quiet' }, phrased(own.tail, { notes: plural('kept-notes', tail) })),
  )
}

const receipts = (access: AccessDocument | null, { words }: Voice): Child =>
  access &&
  recordOf(access) && [
    h('h3', {}, words['copies-receipts']),
    h(
      'div',
      { class: 'ns-actions' },
      Object.entries(RECEIPTS).map(([form, name]) => press('receipt', name, 'quiet', { 'data-of': form })),
    ),
  ]

const allowed = (
  it: Decided,
  offer: Offer,
  config: boolean,
  access: AccessDocument | null,
  voice: Voice,
): ElementNode => {
  const { words, number } = voice
  const purposes = PURPOSES.filter(purpose => it.grants[purpose]?.length).length
  return fold(
    'allowed',
    words['centre-allowed'],
    `${number(purposes)} / ${number(offer.purposes.length)}`,
    // Where it is not known what the site asks for, nothing can be turned on.
    config ? switches(it.grants, offer, voice) : grants(it, offer, voice),
    term(it, voice),
    config && receipts(access, voice),
  )
}

const groups = (it: AccessDocument, labels: Labels, voice: Voice): Child =>
  it.segments.length > 0 &&
  h(
    'section',
    { class: 'groups' },
    h('h2', { class: 'ns-unseen' }, voice.words['tab-groups']),
    it.segments.map(each => segmentCard(each, labels, voice)),
  )

const history = (it: AccessDocument, labels: Labels, voice: Voice): Child =>
  it.ledger.length > 0 &&
  fold(
    'history',
    voice.words['sent-history'],
    voice.number(it.ledger.length),
    modelAtWork(it, voice),
    entries(labels, it.ledger, voice),
  )

/** @param offer what the site asks for, as far as that is known */
export const account = (
  sight: Extract<Sight, { seen: 'granted' | 'leftover' }>,
  offer: Offer,
  voice: Voice,
): readonly Child[] => {
  const { decision, kept: access, config } = sight
  const stands = sight.seen === 'granted' && decision && isGranting(decision) ? decision : null
  const allows = stands && allowed(stands, offer, config !== null, access, voice)
  if (!access) return [allows]
  const labels = labelsOfKept(access)
  return [
    alarms(access, voice),
    groups(access, labels, voice),
    allows,
    kept(access, sight.seen === 'granted' ? sight.tail : 0, voice),
    sent(access, labels, voice),
    history(access, labels, voice),
  ]
}
