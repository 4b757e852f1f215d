/** The ledger beside the wire: every report on both, and whatever is on only one of them. */

import type { Happening, State } from '../../../core/protocol/devtools.ts'
import { bytesIn, bytesOf } from '../../../view/bytes.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { counted } from '../../../view/format.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import { onPress, press } from './press.ts'
import { redraw } from './redraw.ts'
import { table } from './sections.ts'
import { type Desk, place, type View } from './view.ts'
import {
  type Alarm,
  type Alarmed,
  type Match,
  matchWire,
  type Request,
  type Sent,
  TOLD_WITHIN_MS,
  type Verdict,
} from './wire-match.ts'

const VERDICTS: { readonly [V in Verdict]: string } = {
  seen: 'seen',
  'not-seen-yet': 'not seen yet',
  unshown: 'not shown by DevTools',
  earlier: 'before the panel was open',
}

const ALARMS: { readonly [A in Alarm]: readonly [title: string, mend: string] } = {
  unlogged: [
    'Sent, but not on the ledger',
    'The device did not make it, for it writes down each report before it is sent. Find the script that posts to the collector.',
  ],
  early: [
    'To somebody else before anything was granted',
    'Load the tool only once its purpose is granted: see docs/outwards.md for scripts that wait.',
  ],
  carries: [
    'A segment is spelt out in it',
    'Whoever receives this learns the segment. Use the segment where it is shown; hand it on only to named recipients.',
  ],
}

const UNSHOWN =
  'It was answered, and so it went out: its page was left while it was on its way, or another tab sent it. DevTools show neither.'

const jump = ({ n }: Request): ElementNode => press('jump', `row ${n}`, { 'data-n': n }, 'dt-link')

const addressed = ({ method, url, status, bytes }: Request): string =>
  `${method} ${url}, ${status || 'no answer'}, ${counted(bytes, 'byte')}`

/** More than anybody goes through by hand; the stream has them all. */
const MOST_SHOWN = 50
const MOST_JUMPS = 3

const alarmPart = (alarm: Alarm, all: readonly Alarmed[]): Child => {
  const some = all.filter(each => each.alarm === alarm)
  const [title, mend] = ALARMS[alarm]
  return (
    some.length > 0 &&
    h(
      'section',
      { class: 'dt-section dt-alarm', 'data-alarm': alarm },
      h('h2', {}, `${title}: ${counted(some.length, 'request')}`),
      h('p', {}, mend),
      some.length > MOST_SHOWN && h('p', { class: 'ns-quiet' }, `The latest ${MOST_SHOWN} of them:`),
      h(
        'ul',
        { class: 'dt-plain' },
        some
          .slice(-MOST_SHOWN)
          .map(({ request }) =>
            h(
              'li',
              {},
              h('bdi', {}, addressed(request)),
              request.carries?.length ? ` (${request.carries.join(', ')})` : '',
              ' ',
              jump(request),
              request.body !== undefined && bytesOf(request.body),
            ),
          ),
      ),
    )
  )
}

const answered = ({ status, requests }: Sent): string => {
  const wire = requests.at(-1)?.status
  if (status === undefined) return wire ? `${wire} on the wire` : ''
  return wire && wire !== status ? `${status} on the ledger, ${wire} on the wire` : String(status)
}

const sentPart = (sent: readonly Sent[]): ElementNode =>
  h(
    'section',
    { class: 'dt-section dt-wide' },
    h('h2', {}, 'Reports on the ledger'),
    sent.length === 0
      ? h('p', { class: 'ns-quiet' }, 'None: nothing was reported.')
      : table(
          'Reports on the ledger',
          ['Entry', 'When', 'Question', 'To', '#Bytes', 'On the wire', 'Answer', 'What'],
          [...sent]
            .reverse()
            .map(each => [
              String(each.entry.n),
              h('span', { class: 'dt-moment' }, ENGLISH.moment(each.entry.at)),
              each.entry.event.segmentation,
              h('bdi', {}, each.entry.event.recipient),
              String(bytesIn(each.entry.event.body)),
              [
                h('span', { class: `dt-verdict-${each.verdict}` }, VERDICTS[each.verdict]),
                each.verdict === 'unshown' && h('p', { class: 'ns-quiet' }, UNSHOWN),
                each.requests.slice(-MOST_JUMPS).map(request => [' ', jump(request)]),
              ],
              answered(each),
              h(
                'details',
                { 'data-key': `body-${each.entry.n}` },
                h('summary', {}, 'body'),
                h('pre', { class: 'dt-json' }, each.entry.event.body),
              ),
            ]),
        ),
  )

const originOf = (url: string): string => {
  try {
    return new URL(url).origin
  } catch {
    return url
  }
}

const byOrigin = (requests: readonly Request[]): ReadonlyMap<string, readonly Request[]> => {
  const origins = new Map<string, string>()
  const groups = new Map<string, Request[]>()
  for (const request of requests) {
    const origin = origins.get(request.url) ?? originOf(request.url)
    origins.set(request.url, origin)
    const group = groups.get(origin)
    if (group) group.push(request)
    else groups.set(origin, [request])
  }
  return groups
}

const destinations = (requests: readonly Request[]): ElementNode =>
  h(
    'section',
    { class: 'dt-section dt-wide' },
    h('h2', {}, 'Where requests went'),
    table(
      'Where requests went',
      ['Origin', 'Whose', '#Requests', '#Reports', '#Bytes sent', '#Before a grant'],
      [...byOrigin(requests)].map(([origin, some]) => [
        h('bdi', {}, origin),
        some.some(({ foreign }) => foreign) ? 'another' : 'the site’s own',
        ENGLISH.number(some.length),
        ENGLISH.number(some.filter(({ kind }) => kind === 'report').length),
        ENGLISH.number(some.reduce((sum, { bytes }) => sum + bytes, 0)),
        ENGLISH.number(some.filter(({ before }) => before).length),
      ]),
    ),
  )

/** @param networked whether anything was seen of the network at all */
const sum = ({ sent, alarms, pending }: Match, waiting: number, networked: boolean): ElementNode => {
  const seen = sent.filter(({ verdict }) => verdict === 'seen').length
  const parts = [
    `${counted(seen, 'report')} seen as the ledger has ${seen === 1 ? 'it' : 'them'}`,
    waiting && `${counted(waiting, 'report')} waiting to be sent`,
    !networked && 'nothing is seen of the network here, which only DevTools can',
    pending.length && `${counted(pending.length, 'report')} newer than the ledger that was read`,
  ].filter(Boolean)
  return h(
    'p',
    { class: 'dt-sum', role: 'status' },
    h('b', {}, alarms.length ? `To look at: ${counted(alarms.length, 'request')}.` : 'Nothing to look at.'),
    ` ${parts.join('; ')}.`,
  )
}

const drawn = (rows: readonly Happening[], match: Match, state: State | undefined): ElementNode => {
  const requests = rows.filter(row => row.what === 'request')
  return h(
    'div',
    { class: 'dt-lines' },
    sum(match, state?.kept?.waiting.length ?? 0, requests.length > 0),
    h(
      'div',
      { class: 'dt-columns' },
      (Object.keys(ALARMS) as Alarm[]).map(alarm => alarmPart(alarm, match.alarms)),
      sentPart(match.sent),
      requests.length > 0 && destinations(requests),
      state?.kept &&
        state.kept.tampered !== null &&
        h(
          'section',
          { class: 'dt-section dt-alarm' },
          h('h2', {}, `Entry ${state.kept.tampered} is not as it was written`),
        ),
    ),
  )
}

/** Is there a report that was answered, and that DevTools may still tell of, or will have left out by then? */
const isDoubtful = ({ sent }: Match): boolean =>
  sent.some(({ verdict, answered }) => verdict === 'not-seen-yet' && answered !== undefined)

export const createWire = ({ log, jump: go, changed }: Desk): View => {
  const element = place('dt-wire')
  let known: readonly unknown[] = []
  let again: ReturnType<typeof setTimeout> | undefined
  onPress(element, (does, button) => does === 'jump' && go(Number(button.dataset.n)))
  return {
    id: 'wire',
    title: 'Ledger and wire',
    element,
    refresh: () => {
      const now = [log.count('request'), log.generation(), log.state()]
      if (known.length && known.every((it, i) => it === now[i])) return false
      known = now
      const match = matchWire(log.rows(), log.state(), Date.now())
      clearTimeout(again)
      if (isDoubtful(match))
        again = setTimeout(() => {
          known = []
          changed()
        }, TOLD_WITHIN_MS)
      redraw(element, drawn(log.rows(), match, log.state()))
      return false
    },
  }
}
