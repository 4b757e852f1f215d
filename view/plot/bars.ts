/** Bars beside names, each with the reach of chance where there is one: importance, drift, sizes. */

import { type ElementNode, h } from '../element.ts'
import { figure, type Plot, svg, toneClass, WIDTH } from './figure.ts'
import { place } from './ticks.ts'

export interface Bar {
  readonly name: string
  readonly value: number
  /** What stands beside it. */
  readonly says: string
  /** As far as chance alone would reach, or what the value is held against: an upright line. */
  readonly chance?: number
  /** Between what the true value lies: drawn over the bar's end. */
  readonly interval?: readonly [low: number, high: number]
  /** To be looked at. */
  readonly alarming?: boolean
}

const [ROW, TOP] = [34, 2]
const LONGEST_NAME = 34

const cut = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name)

/** A line with an end at either side. */
const whisker = (from: number, to: number, y: number): string =>
  `M${from} ${y - 3}V${y + 3}M${from} ${y}H${to}M${to} ${y - 3}V${y + 3}`

/** @param full what a whole bar stands for at least */
export const barPlot = (plot: Plot, bars: readonly Bar[], full = 1e-9): ElementNode => {
  const most = Math.max(full, ...bars.flatMap(({ value, chance = 0, interval }) => [value, chance, interval?.[1] ?? 0]))
  const width = (value: number): number => place((Math.max(0, value) / most) * WIDTH)
  const rows = bars.map(({ name, value, says, chance, interval, alarming }, i) => {
    const y = TOP + i * ROW
    return h(
      'g',
      { class: alarming ? 'ns-alarm' : toneClass(0) },
      h('text', { class: 'ns-name', x: 0, y: y + 13 }, cut(name)),
      h('text', { class: 'ns-tick', x: WIDTH, y: y + 13, 'text-anchor': 'end' }, says),
      h('rect', { class: 'ns-track', x: 0, y: y + 18, width: WIDTH, height: 8, rx: 4 }),
      value > 0 && h('rect', { class: 'ns-fill', x: 0, y: y + 18, width: Math.max(2, width(value)), height: 8, rx: 4 }),
      interval && h('path', { class: 'ns-interval', d: whisker(width(interval[0]), width(interval[1]), y + 22) }),
      chance !== undefined &&
        h('line', { class: 'ns-chance', x1: width(chance), x2: width(chance), y1: y + 15, y2: y + 29 }),
    )
  })
  return figure(plot, svg(TOP + bars.length * ROW, plot.title, rows))
}
