/** What is kept: how many facts of each kind, and on which days. */

import { DAY_MS, dayOf } from '../core/epoch.ts'
import type { Kind, Signal } from '../core/signal.ts'
import { type ElementNode, h } from './element.ts'
import { counted, dated, number } from './format.ts'

export const KIND_NAMES: { readonly [K in Kind]: string } = {
  page_view: 'Pages seen, by kind of page',
  page_dwell: 'Time on pages',
  scroll_depth: 'How far pages were read',
  click: 'Clicks on marked parts of a page',
  rage_click: 'Clicks repeated in one place',
  search: 'Searches, without their words',
  view_item_list: 'Lists of products looked at',
  select_item: 'Products chosen from a list',
  view_item: 'Products looked at',
  add_to_wishlist: 'Put on the wish list',
  add_to_cart: 'Put in the basket',
  remove_from_cart: 'Taken out of the basket',
  view_cart: 'Looks into the basket',
  begin_checkout: 'Checkouts begun',
  add_shipping_info: 'Ways of delivery chosen',
  add_payment_info: 'Ways to pay chosen',
  purchase: 'Orders',
  refund: 'Orders taken back',
  answer: 'Your answers',
}

const WORDS = { empty: 'Nothing is kept.', what: 'What', count: 'Times', days: 'By day' }

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

const columns = (counts: readonly number[], highest: number, from: number): ElementNode =>
  h(
    'svg',
    {
      class: 'ns-days',
      role: 'img',
      viewBox: `0 0 ${counts.length * COLUMN} ${HEIGHT}`,
      width: counts.length * COLUMN,
      height: HEIGHT,
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
      return h('rect', {
        class: n ? 'ns-bar-fill' : 'ns-bar-track',
        x: i * COLUMN,
        y: HEIGHT - height,
        width: COLUMN - 1,
        height,
        rx: 1,
      })
    }),
  )

/** A row for each kind there is, in the order of the first of each. */
export const signals = (kept: readonly Signal[]): ElementNode => {
  const days = kept.map(each => dayOf(each.at))
  const [first, last] = days.reduce(
    ([low, high], day) => [Math.min(low, day), Math.max(high, day)],
    [Infinity, -Infinity],
  )
  if (!kept.length) return h('p', { class: 'ns-quiet' }, WORDS.empty)
  const from = Math.max(first, last - MOST_DAYS + 1)
  const rows = [...new Set(kept.map(each => each.kind))].map(kind => {
    const of = kept.flatMap((each, i) => (each.kind === kind ? [days[i] as number] : []))
    return { kind, n: of.length, counts: byDay(of, from, last - from + 1) }
  })
  const highest = Math.max(...rows.flatMap(row => row.counts))
  return h(
    'div',
    { class: 'ns-signals' },
    h(
      'p',
      {},
      `${counted(kept.length, 'note')} since ${dated(first * DAY_MS)}, on ${counted(new Set(days).size, 'day')}.`,
    ),
    h(
      'table',
      { class: 'ns-kinds' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, WORDS.what),
          h('th', { scope: 'col', class: 'ns-number' }, WORDS.count),
          h('th', { scope: 'col' }, WORDS.days),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(row =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, KIND_NAMES[row.kind]),
            h('td', { class: 'ns-number' }, number(row.n)),
            h('td', {}, columns(row.counts, highest, from)),
          ),
        ),
      ),
    ),
  )
}
