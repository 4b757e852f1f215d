/** How a number is spread in each group: the middle half as a bar, four fifths as a line, the middle as a tick. */

import { type ElementNode, h } from '../element.ts'
import { number } from '../format.ts'
import { figure, svg, toneClass, WIDTH } from './figure.ts'
import { place, short, ticksOf } from './ticks.ts'

export interface Spread {
  readonly name: string
  /** What a tenth, a quarter, half, three quarters and nine tenths of the rows stay below. */
  readonly at: readonly [number, number, number, number, number]
}

const [ROW, TOP, BOTTOM, LEFT, RIGHT] = [26, 6, 22, 24, 14]
/** Ticks nearer to each other would run into one. */
const APART = 34

/** Counts and sums crowd near zero: a root gives them room, and keeps zero. */
const root = (x: number): number => Math.sqrt(Math.max(0, x))

export const spreadPlot = (title: string, spreads: readonly Spread[], note?: string): ElementNode => {
  const most = Math.max(...spreads.map(({ at }) => at[4]), 1e-9)
  const least = Math.min(...spreads.map(({ at }) => at[0]), 0)
  const bend = least < 0 ? (x: number): number => x : root
  const x = (value: number): number =>
    place(LEFT + ((bend(value) - bend(least)) / (bend(most) - bend(least) || 1)) * (WIDTH - LEFT - RIGHT))
  const height = TOP + spreads.length * ROW + BOTTOM
  const wide: number[] = []
  // From the right, where they stand closest.
  for (const tick of ticksOf(least, most, 6).reverse())
    if (!wide.length || x(wide.at(-1) as number) - x(tick) >= APART) wide.push(tick)
  const rows = spreads.map(({ at: [p10, p25, p50, p75, p90] }, i) => {
    const y = TOP + i * ROW + ROW / 2
    return h(
      'g',
      { class: toneClass(i) },
      h('text', { class: 'ns-tick', x: 4, y: y + 4 }, String(i + 1)),
      h('line', { class: 'ns-line', x1: x(p10), x2: x(p90), y1: y, y2: y }),
      h('rect', {
        class: 'ns-fill',
        x: x(p25),
        y: y - 7,
        width: place(Math.max(2, x(p75) - x(p25))),
        height: 14,
        rx: 3,
      }),
      h('line', { class: 'ns-middle', x1: x(p50), x2: x(p50), y1: y - 9, y2: y + 9 }),
    )
  })
  const axis = wide.map(value => [
    h('line', { class: 'ns-grid-line', x1: x(value), x2: x(value), y1: TOP, y2: height - BOTTOM }),
    h('text', { class: 'ns-tick', x: x(value), y: height - 7, 'text-anchor': 'middle' }, short(value)),
  ])
  const numbers = {
    head: ['Segment', '10 %', '25 %', 'Half', '75 %', '90 %'],
    rows: spreads.map(({ name, at }, i) => [`${i + 1} ${name}`, ...at.map(number)]),
  }
  return figure({ title, numbers, ...(note ? { note } : {}) }, svg(height, title, axis, rows))
}
