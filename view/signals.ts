/** What is kept: how many facts of each kind, and on which days. */

import { DAY_MS, dayOf } from '../core/epoch.ts'
import type { Signal } from '../core/signal.ts'
import { type ElementNode, h } from './element.ts'
import { ENGLISH, type Tongue } from './tongue.ts'

/** Columns of the small chart; longer spans show their latest part. */
const MOST_DAYS = 30
const COLUMN = 6
const HEIGHT = 20

/** Counts by day, `from` first. */
const byDay = (days: readonly number[], from: number, length: number): number[] => {
  const counts = new Array<number>(length).fill(0)
  for (const day of days) if (day >= from) counts[day - from] = (counts[day - from] ?? 0) + 1
  return counts
}

const columns = (counts: readonly number[], highest: number, from: number, { dated }: Tongue): ElementNode =>
  h(
    'svg',
    {
      class: 'ns-days',
      role: 'img',
      viewBox: `0 0 ${MOST_DAYS * COLUMN} ${HEIGHT}`,
      preserveAspectRatio: 'xMinYMax',
    },
    h(
      'title',
      {},
      counts
        .map((n, i) => (n ? `${dated((from + i) * DAY_MS)}: ${n}` : ''))
        .filter(Boolean)
        .join(', '),
    ),
    counts.map((n, i) => {
      const height = n ? Math.max(2, Math.round((n / highest) * HEIGHT)) : 1
      const [left, right] = [i * COLUMN, i * COLUMN + COLUMN - 1]
      return h('polygon', {
        class: n ? 'ns-column' : 'ns-column ns-none',
        points: `${left},${HEIGHT} ${left},${HEIGHT - height} ${right},${HEIGHT - height} ${right},${HEIGHT}`,
      })
    }),
  )

/** A row for each kind there is, in the order of the first of each. */
export const signals = (kept: readonly Signal[], tongue: Tongue = ENGLISH): ElementNode => {
  const { words, dated, number, plural, phrased } = tongue
  const days = kept.map(each => dayOf(each.at))
  const [first, last] = days.reduce(
    ([low, high], day) => [Math.min(low, day), Math.max(high, day)],
    [Infinity, -Infinity],
  )
  if (!kept.length) return h('p', { class: 'ns-quiet' }, words['kept-empty'])
  const from = Math.max(first, last - MOST_DAYS + 1)
  const daysOf = new Map<Signal['kind'], number[]>()
  kept.forEach(({ kind }, i) => {
    const known = daysOf.get(kind)
    if (known) known.push(days[i] as number)
    else daysOf.set(kind, [days[i] as number])
  })
  const rows = [...daysOf].map(([kind, of]) => ({ kind, n: of.length, counts: byDay(of, from, last - from + 1) }))
  const highest = Math.max(...rows.flatMap(row => row.counts))
  return h(
    'div',
    { class: 'ns-signals' },
    h('p', {}, phrased(words['kept-since'], { notes: plural('kept-notes', kept.length), day: dated(first * DAY_MS) })),
    h(
      'table',
      { class: 'ns-kinds' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, words['kept-what']),
          h('th', { scope: 'col', class: 'ns-number' }, words['kept-count']),
          h('th', { scope: 'col' }, words['kept-days']),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(row =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, words[`kind-${row.kind}`]),
            h('td', { class: 'ns-number' }, number(row.n)),
            h('td', {}, columns(row.counts, highest, from, tongue)),
          ),
        ),
      ),
    ),
  )
}
