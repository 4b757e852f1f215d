/** What was foretold against what came, in four fields, to the nearest five rows: no field tells of somebody. */

import { type ElementNode, h } from '../element.ts'
import { FEWEST_TOLD, roughly } from '../few.ts'
import { percent } from '../format.ts'
import { figure, svg, toneClass, WIDTH } from './figure.ts'

export interface Confusion {
  readonly hits: number
  readonly falseAlarms: number
  readonly misses: number
  readonly rightlyPassed: number
}

const [LEFT, TOP, GAP, HEIGHT] = [76, 34, 4, 200]

export const matrixPlot = (title: string, it: Confusion, note?: string): ElementNode => {
  const total = Math.max(1, it.hits + it.falseAlarms + it.misses + it.rightlyPassed)
  const [wide, high] = [(WIDTH - LEFT - GAP) / 2, (HEIGHT - TOP - GAP) / 2]
  const fields = [
    { name: 'hits', n: it.hits, column: 0, row: 0, right: true },
    { name: 'misses', n: it.misses, column: 1, row: 0, right: false },
    { name: 'false alarms', n: it.falseAlarms, column: 0, row: 1, right: false },
    { name: 'rightly passed over', n: it.rightlyPassed, column: 1, row: 1, right: true },
  ]
  const drawn = fields.map(({ name, n, column, row, right }) => {
    const [x, y] = [LEFT + column * (wide + GAP), TOP + row * (high + GAP)]
    return h(
      'g',
      { class: right ? toneClass(0) : 'ns-alarm' },
      h('rect', { class: 'ns-field', x, y, width: wide, height: high, rx: 6 }),
      h('text', { class: 'ns-large', x: x + wide / 2, y: y + high / 2, 'text-anchor': 'middle' }, roughly(n)),
      h('text', { class: 'ns-tick', x: x + wide / 2, y: y + high / 2 + 16, 'text-anchor': 'middle' }, name),
    )
  })
  const head = (content: string, x: number, y: number, anchor: string): ElementNode =>
    h('text', { class: 'ns-axis', x, y, 'text-anchor': anchor }, content)
  const picture = svg(
    HEIGHT,
    title,
    head('foretold', LEFT + wide / 2, TOP - 8, 'middle'),
    head('not foretold', LEFT + wide * 1.5 + GAP, TOP - 8, 'middle'),
    head('it came', LEFT - 8, TOP + high / 2 + 4, 'end'),
    head('it did not', LEFT - 8, TOP + high * 1.5 + GAP + 4, 'end'),
    drawn,
  )
  const rows = fields.map(({ name, n }) => [name, roughly(n), n < FEWEST_TOLD ? '–' : percent(n / total)])
  return figure({ title, numbers: { head: ['Field', 'Rows', 'Share'], rows }, ...(note ? { note } : {}) }, picture)
}
