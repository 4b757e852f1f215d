/** A field with two axes, and the way from numbers to places in it. */

import { type ElementNode, h } from '../element.ts'
import { WIDTH } from './figure.ts'
import { place, short, ticksOf } from './ticks.ts'

export interface Axis {
  readonly label: string
  readonly least: number
  readonly most: number
  readonly ticks?: readonly number[]
  readonly say?: (value: number) => string
}

export interface Field {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  /** Lines and numbers of the axes: first in the picture. */
  readonly frame: ElementNode
}

export const HEIGHT = 230
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 10, 20, 38]

const scale =
  ({ least, most }: Axis, from: number, to: number) =>
  (value: number): number =>
    place(from + ((value - least) / (most - least || 1)) * (to - from))

/** The axis that takes all of the values in. */
export const axisOf = (label: string, values: readonly number[], say?: Axis['say']): Axis => {
  const [least, most] = values.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity])
  const wide = Number.isFinite(least) ? { least, most: most > least ? most : least + 1 } : { least: 0, most: 1 }
  return { label, ...wide, ...(say ? { say } : {}) }
}

export const fieldOf = (across: Axis, up: Axis, height = HEIGHT): Field => {
  const x = scale(across, LEFT, WIDTH - RIGHT)
  const y = scale(up, height - BOTTOM, TOP)
  const [sayX, sayY] = [across.say ?? short, up.say ?? short]
  const text = (content: string, attributes: { readonly [name: string]: string | number }): ElementNode =>
    h('text', { class: 'ns-tick', ...attributes }, content)
  const frame = h(
    'g',
    {},
    (up.ticks ?? ticksOf(up.least, up.most, 4)).map(value => [
      h('line', { class: 'ns-grid-line', x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }),
      text(sayY(value), { x: LEFT - 6, y: place(y(value) + 3.5), 'text-anchor': 'end' }),
    ]),
    (across.ticks ?? ticksOf(across.least, across.most, 5)).map(value =>
      text(sayX(value), { x: x(value), y: height - BOTTOM + 15, 'text-anchor': 'middle' }),
    ),
    text(across.label, { class: 'ns-axis', x: (LEFT + WIDTH - RIGHT) / 2, y: height - 5, 'text-anchor': 'middle' }),
    text(up.label, { class: 'ns-axis', x: 2, y: 10 }),
  )
  return { x, y, frame }
}
