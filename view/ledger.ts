/** The ledger as a list: when, what, and each report byte for byte. */

import { CATEGORIES, type Grants, PURPOSES } from '../core/consent.ts'
import type { Entry, Event } from '../core/ledger.ts'
import { KIND_NAMES } from '../core/signal.ts'
import { bytesOf } from './bytes.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'
import { type Labels, NO_LABELS, questionName, segmentName } from './labels.ts'
import { modelServed } from './model-note.ts'
import { reasonList } from './reasons.ts'
import { ENGLISH, phrase, type Tongue } from './tongue.ts'

/** Purposes, with the categories granted for each. */
export const grantsInWords = (grants: Grants, { words, listed }: Tongue): string =>
  PURPOSES.filter(purpose => grants[purpose]?.length)
    .map(purpose => `${words[purpose]} (${listed((grants[purpose] ?? []).map(each => words[each]))})`)
    .join('; ')

type Told<T extends Event['type']> = Extract<Event, { type: T }>

const decided = ({ grants, means, paused }: Told<'decision'>, tongue: Tongue): Child => {
  const { words } = tongue
  const allowed = grantsInWords(grants, tongue)
  const what =
    means === 'lapse'
      ? words['ledger-lapsed']
      : paused
        ? words['ledger-paused']
        : allowed
          ? phrase(words['ledger-allowed'], { grants: allowed })
          : words['ledger-refused']
  return h('p', {}, what, ' ', means !== 'lapse' && words[`by-${means}`])
}

/** What the collector made of a report, by its HTTP status. */
const answered = ({ status, seq, segmentation }: Told<'answer'>, labels: Labels, { words }: Tongue): Child => {
  const said = status >= 200 && status < 300 ? 'ledger-counted' : status === 410 ? 'ledger-gone' : 'ledger-untaken'
  return h('p', {}, phrase(words[said], { seq, status, question: questionName(labels, segmentation) }))
}

const moved = ({ segmentation, segment, before, reasons }: Told<'segment'>, labels: Labels, tongue: Tongue): Child => {
  const { words } = tongue
  const why = reasonList(reasons, labels, tongue)
  return [
    h(
      'p',
      {},
      phrase(before === undefined ? words['ledger-segment'] : words['ledger-moved'], {
        question: questionName(labels, segmentation),
        segment: segmentName(labels, segmentation, segment),
        before: before !== undefined && segmentName(labels, segmentation, before),
      }),
    ),
    why && h('details', {}, h('summary', {}, words['ledger-why']), why),
  ]
}

/** A kind of signal, or a question. */
const subject = (of: string, labels: Labels, { words }: Tongue): Child => {
  const kind = KIND_NAMES.find(each => each === of)
  return kind ? words[`kind-${kind}`] : questionName(labels, of)
}

/** `signals of shopping`, in the reader's words. */
const deleted = (what: string, { words }: Tongue): Child => {
  const category = CATEGORIES.find(each => what === `signals of ${each}`)
  return category ? words[category] : h('bdi', {}, spoken(what))
}

const told = (event: Event, labels: Labels, tongue: Tongue): Child => {
  const { words, number } = tongue
  switch (event.type) {
    case 'decision':
      return decided(event, tongue)
    case 'segment':
      return moved(event, labels, tongue)
    case 'report':
      return [
        h(
          'p',
          {},
          phrase(words['ledger-report'], {
            question: questionName(labels, event.segmentation),
            recipient: h('bdi', {}, event.recipient),
          }),
        ),
        bytesOf(event.body, tongue),
      ]
    case 'answer':
      return answered(event, labels, tongue)
    case 'deletion':
      return h(
        'p',
        {},
        phrase(words['ledger-deletion'], { what: deleted(event.what, tongue), n: number(event.count) }),
        ' ',
        words[`deleted-${event.why}`],
      )
    case 'correction': {
      const of = subject(event.of, labels, tongue)
      const what = event.segment === undefined ? of : segmentName(labels, event.of, event.segment)
      return h('p', {}, phrase(words[`corrected-${event.what}`], { what }))
    }
    case 'model':
      return modelServed(event, tongue)
    case 'fold':
      return h('p', {}, phrase(words['ledger-fold'], { n: number(event.to) }))
    default:
      return event satisfies never
  }
}

/** Newest first, numbered as they were written. */
export const ledger = (entries: readonly Entry[], labels: Labels = NO_LABELS, tongue: Tongue = ENGLISH): ElementNode =>
  entries.length === 0
    ? h('p', { class: 'ns-quiet' }, tongue.words['ledger-empty'])
    : h(
        'ol',
        { class: 'ns-ledger', reversed: true },
        [...entries]
          .sort((a, b) => b.n - a.n)
          .map(({ n, at, event }) =>
            h(
              'li',
              { class: `ns-entry ns-${event.type}`, value: n, 'data-entry': n },
              h('p', { class: 'ns-when' }, tongue.moment(at)),
              told(event, labels, tongue),
            ),
          ),
      )
