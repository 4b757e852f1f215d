/** The ledger as a list: when, what, and each report byte for byte. */

import { type Grants, PURPOSES } from '../core/consent.ts'
import type { Means } from '../core/decision.ts'
import type { CorrectionWord, DeletionReason, Entry, Event } from '../core/ledger.ts'
import { CATEGORY_NAMES, PURPOSE_NAMES } from './decision.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { listed, moment, number, spoken } from './format.ts'
import { type Labels, NO_LABELS, questionName, segmentName } from './labels.ts'
import { reasonList } from './segment-card.ts'

const WORDS = {
  empty: 'Nothing has happened yet.',
  allowed: 'You allowed ',
  refused: 'You allowed nothing',
  paused: 'You paused it all: nothing is noted or sent',
  lapsed: 'Your choice ran out: nothing is allowed any more',
  by: {
    banner: 'on the site',
    centre: 'in the privacy centre',
    api: 'through the site',
    extension: 'in the extension',
    cmp: 'through the site’s other consent tool',
    gpc: 'by your browser’s opt-out signal',
    lapse: 'by its date',
    region: 'by the rules of your region',
  } satisfies Record<Means, string>,
  counted: 'The collector has counted it.',
  gone: 'The collector had been asked to forget it, and took nothing.',
  untaken: 'The collector did not take it',
  why: 'Why',
  corrected: {
    changed: 'You changed a signal: ',
    removed: 'You removed a signal: ',
    pinned: 'You chose ',
    'not-me': 'You said that this is not you: ',
    undone: 'You took back what you had said of ',
  } satisfies Record<CorrectionWord, string>,
  deleted: {
    age: 'they were as old as they may get',
    size: 'there was no room for more',
    visitor: 'you asked for it',
    damaged: 'they could not be read any more',
  } satisfies Record<DeletionReason, string>,
}

/** What the collector made of a report. */
const answered = (status: number): string =>
  status >= 200 && status < 300 ? WORDS.counted : status === 410 ? WORDS.gone : `${WORDS.untaken} (${status}).`

/** In the words of the banner: categories, by purpose. */
const granted = (grants: Grants): string =>
  PURPOSES.filter(purpose => grants[purpose]?.length)
    .map(
      purpose =>
        `${listed((grants[purpose] ?? []).map(each => CATEGORY_NAMES[each].toLowerCase()))} ${PURPOSE_NAMES[purpose]}`,
    )
    .join('; ')

/** A question in quotes: it may end with a mark of its own. */
const quoted = (labels: Labels, segmentation: string): Child => ['“', questionName(labels, segmentation), '”']

/** In UTF-8. */
const bytesIn = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

const bodyOf = (body: string): ElementNode =>
  h(
    'details',
    { class: 'ns-bytes' },
    h('summary', {}, `All ${bytesIn(body)} bytes that were sent`),
    h('pre', {}, h('code', {}, body)),
  )

const told = (event: Event, labels: Labels): Child => {
  switch (event.type) {
    case 'decision': {
      const grants = granted(event.grants)
      return h(
        'p',
        {},
        event.means === 'lapse'
          ? WORDS.lapsed
          : event.paused
            ? WORDS.paused
            : grants
              ? `${WORDS.allowed}${grants}`
              : WORDS.refused,
        `, ${WORDS.by[event.means]}.`,
      )
    }
    case 'segment': {
      const { segmentation, segment, before } = event
      const reasons = reasonList(event.reasons)
      return [
        h(
          'p',
          {},
          [segmentName(labels, segmentation, segment), ', for ', quoted(labels, segmentation)],
          before !== undefined && [' (before: ', segmentName(labels, segmentation, before), ')'],
          '.',
        ),
        reasons && h('details', {}, h('summary', {}, WORDS.why), reasons),
      ]
    }
    case 'report':
      return [
        h(
          'p',
          {},
          'Sent your group for ',
          quoted(labels, event.segmentation),
          ' to ',
          h('bdi', {}, event.recipient),
          '.',
        ),
        bodyOf(event.body),
      ]
    case 'answer':
      return h('p', {}, `${answered(event.status)} Report ${event.seq} for `, quoted(labels, event.segmentation), '.')
    case 'deletion':
      return h(
        'p',
        {},
        `Deleted ${number(event.count)} `,
        h('bdi', {}, spoken(event.what).toLowerCase()),
        `: ${WORDS.deleted[event.why]}.`,
      )
    case 'correction':
      return h(
        'p',
        {},
        WORDS.corrected[event.what],
        event.segment === undefined
          ? h('bdi', {}, spoken(event.of).toLowerCase())
          : [segmentName(labels, event.of, event.segment), ', for ', quoted(labels, event.of)],
        '.',
      )
    case 'fold':
      return h(
        'p',
        {},
        `Entries 1 to ${number(event.to)} were folded: what you decided, set right and what was sent stays.`,
      )
    default:
      return event satisfies never
  }
}

/** Newest first, numbered as they were written. */
export const ledger = (entries: readonly Entry[], labels: Labels = NO_LABELS): ElementNode =>
  entries.length === 0
    ? h('p', { class: 'ns-quiet' }, WORDS.empty)
    : h(
        'ol',
        { class: 'ns-ledger', reversed: true },
        [...entries]
          .sort((a, b) => b.n - a.n)
          .map(({ n, at, event }) =>
            h(
              'li',
              { class: `ns-entry ns-${event.type}`, value: n, 'data-entry': n },
              h('p', { class: 'ns-when' }, moment(at)),
              told(event, labels),
            ),
          ),
      )
