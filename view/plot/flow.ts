/** Who would move: segments before on one side, after on the other, and a band for the rows that go from one to another. */

import { type ElementNode, h } from '../element.ts'
import { FEWEST_TOLD } from '../few.ts'
import { number, percent } from '../format.ts'
import { figure, svg, toneClass, WIDTH } from './figure.ts'
import { place } from './ticks.ts'

export interface Flow {
  readonly from: string
  readonly to: string
  readonly rows: number
}

export interface Side {
  readonly id: string
  readonly label: string
}

const [TOP, GAP, BAR, HEIGHT] = [18, 10, 10, 260]
/** Of the tones, what is only there afterwards. */
const GREY = 7
const [LEFT, RIGHT] = [26, WIDTH - 26]

interface Block {
  readonly top: number
  readonly height: number
  used: number
}

const blocksOf = (sides: readonly Side[], rowsOf: (id: string) => number, unit: number): Map<string, Block> => {
  const blocks = new Map<string, Block>()
  let top = TOP
  for (const { id } of sides) {
    const height = rowsOf(id) * unit
    blocks.set(id, { top, height, used: 0 })
    top += height + GAP
  }
  return blocks
}

const bandOf = (a: Block, b: Block, height: number): string => {
  const [y1, y2] = [a.top + a.used, b.top + b.used]
  a.used += height
  b.used += height
  const middle = (LEFT + RIGHT) / 2
  const curve = (from: number, to: number, end: number): string =>
    `C${middle} ${place(from)} ${middle} ${place(to)} ${end} ${place(to)}`
  const [over, under] = [curve(y1, y2, RIGHT - BAR), curve(y2 + height, y1 + height, LEFT + BAR)]
  return `M${LEFT + BAR} ${place(y1)}${over}V${place(y2 + height)}${under}Z`
}

/** @param before segments in their order, as `after` */
export const flowPlot = (
  title: string,
  { before, after, flows }: { before: readonly Side[]; after: readonly Side[]; flows: readonly Flow[] },
  note?: string,
): ElementNode => {
  // A band is no place to find somebody.
  const shown = flows.filter(({ rows }) => rows >= FEWEST_TOLD)
  const total = Math.max(
    1,
    shown.reduce((sum, { rows }) => sum + rows, 0),
  )
  const unit = (HEIGHT - TOP - 6 - GAP * Math.max(before.length, after.length)) / total
  const sumOf = (side: 'from' | 'to') => (id: string) =>
    shown.filter(each => each[side] === id).reduce((sum, { rows }) => sum + rows, 0)
  const [left, right] = [blocksOf(before, sumOf('from'), unit), blocksOf(after, sumOf('to'), unit)]
  const inOrder = before.flatMap(({ id: from }, tone) =>
    after.flatMap(({ id: to }) =>
      shown.filter(each => each.from === from && each.to === to).map(flow => ({ flow, tone })),
    ),
  )
  const bands = inOrder.map(({ flow, tone }) =>
    h('path', {
      class: `ns-band ${toneClass(tone)}`,
      d: bandOf(left.get(flow.from) as Block, right.get(flow.to) as Block, flow.rows * unit),
    }),
  )
  const bars = (sides: readonly Side[], blocks: Map<string, Block>, x: number, textAt: number, anchor: string) =>
    sides.map(({ id }, tone) => {
      const { top, height } = blocks.get(id) as Block
      return [
        h('rect', {
          class: `ns-fill ${x === LEFT ? toneClass(tone) : 'ns-after'}`,
          ...{ x, y: place(top), width: BAR, height: place(Math.max(1, height)), rx: 2 },
        }),
        h('text', { class: 'ns-tick', x: textAt, y: place(top + height / 2 + 4), 'text-anchor': anchor }, id),
      ]
    })
  const named = (sides: readonly Side[], id: string): string => sides.find(each => each.id === id)?.label ?? id
  const rows = inOrder.map(({ flow }) => [
    `${flow.from} ${named(before, flow.from)} → ${flow.to} ${named(after, flow.to)}`,
    number(flow.rows),
    percent(flow.rows / total),
  ])
  return figure(
    { title, numbers: { head: ['From and to', 'Rows', 'Share'], rows }, ...(note ? { note } : {}) },
    svg(
      HEIGHT,
      title,
      h('text', { class: 'ns-axis', x: LEFT, y: 11 }, 'before'),
      h('text', { class: 'ns-axis', x: RIGHT, y: 11, 'text-anchor': 'end' }, 'after'),
      bands,
      bars(before, left, LEFT, LEFT - 5, 'end'),
      bars(after, right, RIGHT - BAR, RIGHT + 5, 'start'),
    ),
    [
      ...before.map(({ id, label }, tone) => ({ name: label, tone, mark: id })),
      ...after
        .filter(({ id }) => !before.some(each => each.id === id))
        .map(({ id, label }) => ({ name: label, tone: GREY, mark: id })),
    ],
  )
}
