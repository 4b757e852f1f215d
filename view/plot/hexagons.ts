/** A map by density: hexagons in which enough rows stand. Nobody can be picked out of it. */

import { type ElementNode, h } from '../element.ts'
import { FEWEST_TOLD } from '../few.ts'
import { counted, number, percent } from '../format.ts'
import { figure, svg, toneClass, WIDTH } from './figure.ts'
import { place } from './ticks.ts'

export interface MapPlot {
  readonly title: string
  readonly note?: string
  /** From 0 to 1 each way. */
  readonly places: readonly (readonly [x: number, y: number])[]
  /** The group of each place, by its place in `names`. */
  readonly groups: readonly number[]
  readonly names: readonly string[]
}

const ACROSS = 22
const SIZE = WIDTH / (ACROSS + 1)
const ROW = SIZE * 0.866
const HEIGHT = 300
/** Shades: the thicker a crowd, the fuller. */
const SHADES = 4

interface Cell {
  readonly x: number
  readonly y: number
  readonly counts: number[]
}

const cellsOf = ({ places, groups, names }: MapPlot): Cell[] => {
  const cells = new Map<string, Cell>()
  const rows = Math.floor((HEIGHT - SIZE) / ROW)
  places.forEach(([x, y], i) => {
    const row = Math.min(rows - 1, Math.floor((1 - y) * rows))
    const shift = row % 2 ? 0.5 : 0
    const column = Math.min(ACROSS - 1, Math.max(0, Math.floor(x * ACROSS + 0.5 - shift)))
    const cell = cells.get(`${row} ${column}`) ?? {
      x: (column + shift + 0.75) * SIZE,
      y: row * ROW + SIZE * 0.6,
      counts: names.map(() => 0),
    }
    const group = groups[i] as number
    cell.counts[group] = (cell.counts[group] ?? 0) + 1
    cells.set(`${row} ${column}`, cell)
  })
  return [...cells.values()]
}

const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0)
const largest = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts))

const hexagon = ({ x, y }: Cell): string =>
  [0, 1, 2, 3, 4, 5]
    .map(corner => {
      const turn = (Math.PI / 3) * (corner + 0.5)
      return `${place(x + SIZE * 0.56 * Math.cos(turn))},${place(y + SIZE * 0.56 * Math.sin(turn))}`
    })
    .join(' ')

/** Where a group's number stands: over its fullest cell. */
const middleOf = (cells: readonly Cell[], group: number): Cell | undefined =>
  cells
    .filter(({ counts }) => largest(counts) === group)
    .reduce<Cell | undefined>((a, b) => (a && (a.counts[group] ?? 0) >= (b.counts[group] ?? 0) ? a : b), undefined)

export const mapPlot = (plot: MapPlot): ElementNode => {
  const all = cellsOf(plot)
  const cells = all.filter(({ counts }) => sum(counts) >= FEWEST_TOLD)
  const fullest = cells.reduce((most, { counts }) => Math.max(most, sum(counts)), 1)
  const shade = (counts: readonly number[]): number => Math.ceil(SHADES * Math.sqrt(sum(counts) / fullest))
  const left = sum(all.map(({ counts }) => sum(counts))) - sum(cells.map(({ counts }) => sum(counts)))
  const drawn = cells.map(cell =>
    h('polygon', {
      class: `ns-cell ns-shade-${shade(cell.counts)} ${toneClass(largest(cell.counts))}`,
      points: hexagon(cell),
    }),
  )
  const marks = plot.names.map((_, group) => {
    const cell = middleOf(cells, group)
    return (
      cell &&
      h('text', { class: 'ns-mark', x: place(cell.x), y: place(cell.y + 4.5), 'text-anchor': 'middle' }, `${group + 1}`)
    )
  })
  const rows = plot.names.map((name, group) => {
    const shown = cells.filter(({ counts }) => largest(counts) === group)
    const own = plot.groups.filter(each => each === group).length
    return [`${group + 1} ${name}`, number(own), percent(own / Math.max(1, plot.groups.length)), String(shown.length)]
  })
  const note = `${plot.note ? `${plot.note} ` : ''}Each hexagon stands for ${FEWEST_TOLD} rows or more${
    left ? `; ${counted(left, 'row')} in emptier places ${left === 1 ? 'is' : 'are'} not drawn` : ''
  }.`
  return figure(
    { title: plot.title, note, numbers: { head: ['Segment', 'Rows', 'Share', 'Hexagons'], rows } },
    svg(HEIGHT, plot.title, drawn, marks),
    plot.names.map((name, tone) => ({ name, tone, mark: String(tone + 1) })),
  )
}
