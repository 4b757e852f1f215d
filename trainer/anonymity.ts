/** How many people share what a table says of each: an account of k-anonymity (Sweeney 2002). */

import { type Cell, numberIn, type Table, textIn } from './table.ts'

export interface Anonymity {
  readonly columns: readonly string[]
  readonly rows: number
  /** Combinations of values that occur. */
  readonly classes: number
  /** Rows of the smallest class: every row has at least so many that say the same. */
  readonly smallest: number
  /** Rows in classes of 1, of 2 to 4, of 5 to 9, of 10 to 49, and of more. */
  readonly spread: readonly { readonly from: number; readonly rows: number }[]
  /** Rows in classes below the wanted size. */
  readonly below: number
  /** The same without each column in turn, the one that gives most away first. */
  readonly without: readonly { readonly column: string; readonly below: number }[]
}

const STEPS = [1, 2, 5, 10, 50]

/** By row: which class it belongs to; and how many rows each class has. */
const classesOf = (columns: readonly (readonly Cell[])[], rows: number) => {
  const ids = new Map<string, number>()
  const sizes: number[] = []
  const of = Array.from({ length: rows }, (_, row) => {
    const key = JSON.stringify(columns.map(cells => textIn(cells[row] ?? null)))
    const id = ids.get(key) ?? ids.size
    ids.set(key, id)
    sizes[id] = (sizes[id] ?? 0) + 1
    return id
  })
  return { of, sizes }
}

const rowsBelow = (sizes: readonly number[], wanted: number): number =>
  sizes.filter(size => size < wanted).reduce((a, b) => a + b, 0)

const cellsIn = (table: Table, names: readonly string[]): (readonly Cell[])[] =>
  names.map(name => table.columns.get(name) ?? [])

/** @param wanted how many must share what is said of each */
export const anonymityOf = (table: Table, names: readonly string[], wanted: number): Anonymity => {
  const { sizes } = classesOf(cellsIn(table, names), table.rows)
  const without = names.map(column => {
    const rest = names.filter(name => name !== column)
    return { column, below: rowsBelow(classesOf(cellsIn(table, rest), table.rows).sizes, wanted) }
  })
  const spread = STEPS.map((from, i) => {
    const to = STEPS[i + 1] ?? Infinity
    return { from, rows: sizes.filter(size => size >= from && size < to).reduce((a, b) => a + b, 0) }
  })
  return {
    columns: names,
    rows: table.rows,
    classes: sizes.length,
    smallest: sizes.reduce((least, size) => Math.min(least, size), Infinity),
    spread,
    below: rowsBelow(sizes, wanted),
    without: without.sort((a, b) => a.below - b.below),
  }
}

/** The rows that enough others are like. */
export const sharedRows = (table: Table, names: readonly string[], wanted: number): number[] => {
  const { of, sizes } = classesOf(cellsIn(table, names), table.rows)
  return of.flatMap((id, row) => ((sizes[id] as number) < wanted ? [] : [row]))
}

/** Numbers as ranges that hold about as many rows each; other cells as they are. */
export const inRanges = (cells: readonly Cell[], bins: number): Cell[] => {
  const numbers = cells.map(cell => numberIn(cell))
  const sorted = numbers.filter(value => typeof value === 'number').sort((a, b) => a - b)
  const edges = [
    ...new Set(
      Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) / bins) * sorted.length)] as number),
    ),
  ]
  return numbers.map((value, i) => {
    if (typeof value !== 'number') return cells[i] ?? null
    const at = edges.findIndex(edge => value < edge)
    if (at === 0) return `below ${edges[0]}`
    return at < 0 ? `${edges.at(-1)} and more` : `${edges[at - 1]} to below ${edges[at]}`
  })
}
