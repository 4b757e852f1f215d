/** What changed over time: the segments as bars from the day each came to the day it went, and each decision. */

import type { AccessDocument } from '../../core/access.ts'
import { DAY_MS } from '../../core/epoch.ts'
import type { Entry } from '../../core/ledger.ts'
import { type Child, type ElementNode, h } from '../element.ts'
import { spoken } from '../format.ts'
import { type Labels, labelsOfKept } from '../labels.ts'
import { figure, svg, toneClass, WIDTH } from '../plot/figure.ts'
import { place } from '../plot/ticks.ts'
import type { Tongue } from '../tongue.ts'
import { entriesOf } from './sent.ts'

/** The words that only a history needs. */
export interface HistoryWords {
  readonly about: string
  readonly none: string
  readonly group: string
  readonly from: string
  /** Over the table under a picture. */
  readonly numbers: string
}

interface Stretch {
  readonly segment: string
  readonly from: number
  readonly to: number
}

const [ROW, TOP, BAR] = [22, 4, 12]
/** What happened within a minute is drawn as a minute at least: two pixels are wide enough to be seen. */
const NARROWEST = 2

/** The stretches of each question, in the order in which it was first answered. */
const stretchesOf = (entries: readonly Entry[], now: number): Map<string, Stretch[]> => {
  const all = new Map<string, Stretch[]>()
  for (const { at, event } of entries) {
    if (event.type !== 'segment') continue
    const before = all.get(event.segmentation) ?? []
    const last = before.at(-1)
    const ended = last ? [...before.slice(0, -1), { ...last, to: at }] : []
    all.set(event.segmentation, [...ended, { segment: event.segment, from: at, to: now }])
  }
  return all
}

const lanes = (
  question: string,
  stretches: readonly Stretch[],
  labels: Labels,
  words: HistoryWords,
  tongue: Tongue,
): ElementNode => {
  const nameOf = (segment: string): string => labels.segment(question, segment) ?? segment
  const title = labels.question(question) ?? spoken(question)
  const segments = [...new Set(stretches.map(({ segment }) => segment))]
  const [first, last] = [stretches[0]?.from ?? 0, stretches.at(-1)?.to ?? 1]
  const span = Math.max(last - first, 1)
  const x = (at: number): number => place(((at - first) / span) * WIDTH)
  // Within a day or two the time of day tells them apart.
  const when = (at: number): string =>
    last - first < 2 * DAY_MS ? String(tongue.moment(at).children[0]) : tongue.dated(at)
  const height = TOP + segments.length * ROW + 16
  const rows = segments.map((segment, i) => {
    const y = TOP + i * ROW + (ROW - BAR) / 2
    return h(
      'g',
      { class: toneClass(i) },
      h('rect', { class: 'ns-track', x: 0, y, width: WIDTH, height: BAR, rx: 3 }),
      stretches
        .filter(it => it.segment === segment)
        .map(({ from, to }) => {
          const width = Math.max(NARROWEST, place(x(to) - x(from)))
          return h('rect', { class: 'ns-fill', x: Math.min(x(from), WIDTH - width), y, width, height: BAR, rx: 3 })
        }),
      h('text', { class: 'ns-key-mark', x: 4, y: y + BAR - 2.5 }, String(i + 1)),
    )
  })
  const ends = [
    h('text', { class: 'ns-tick', x: 0, y: height - 3 }, when(first)),
    h('text', { class: 'ns-tick', x: WIDTH, y: height - 3, 'text-anchor': 'end' }, when(last)),
  ]
  const table = {
    head: [words.group, words.from],
    rows: [...stretches].reverse().map(({ segment, from }) => [nameOf(segment), when(from)]),
  }
  return figure(
    { title, numbers: table, behind: words.numbers },
    svg(height, title, rows, ends),
    segments.map((segment, tone) => ({ name: nameOf(segment), tone, mark: String(tone + 1) })),
  )
}

/** A picture for each question that was ever answered. @param now milliseconds since 1970 */
export const segmentHistory = (it: AccessDocument, now: number, words: HistoryWords, tongue: Tongue): Child => {
  const all = stretchesOf(entriesOf(it), now)
  if (!all.size) return h('p', { class: 'ns-quiet' }, words.none)
  const labels = labelsOfKept(it)
  return [
    h('p', { class: 'ns-quiet' }, words.about),
    [...all].map(([question, stretches]) => lanes(question, stretches, labels, words, tongue)),
  ]
}
