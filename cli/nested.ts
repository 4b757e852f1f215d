/**
 * Rows of values within values as columns: what is nested gets a name with dots, and a list of keys and values, as GA4 exports its
 * parameters, a column for each key.
 */

import type { Cell } from '../trainer/table.ts'
import { headerOf, isWanted, MOST_COLUMNS, type Wanted } from './header.ts'

export type Fields = { readonly [name: string]: unknown }

/** Deeper than any export goes. */
const DEEPEST = 6

export const isFields = (value: unknown): value is Fields =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !ArrayBuffer.isView(value)

/** A whole number too large to be told exactly stays a text: two customers' numbers must not become one. */
const wholeOf = (value: bigint): Cell => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** A plain value as a cell; undefined where it holds others, or is none that a table could hold. */
export const plainCell = (value: unknown): Cell | undefined => {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return wholeOf(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no instant' : value.toISOString()
  return undefined
}

/** Of `{ key, value: { string_value } }` the one value that there is. */
const soleValue = (value: unknown): unknown =>
  isFields(value) ? Object.values(value).find(each => each !== null && each !== undefined) : value

/** Passes on each plain value with its name. */
const flatten = (value: unknown, name: string, take: (name: string, cell: Cell) => void, depth = 0): void => {
  const inner = (key: string, each: unknown): void => flatten(each, name ? `${name}.${key}` : key, take, depth + 1)
  const cell = plainCell(value)
  if (cell === null) return
  if (cell !== undefined) take(name, cell)
  else if (depth >= DEEPEST) return
  else if (isFields(value)) for (const [key, each] of Object.entries(value)) inner(key, each)
  else if (Array.isArray(value)) {
    for (const each of value) if (isFields(each) && typeof each.key === 'string') inner(each.key, soleValue(each.value))
  }
}

/** Takes rows one by one, and gives their columns. */
export interface Rows {
  /** @throws ParseError at `place` where there are more columns than any export has */
  readonly add: (row: Fields, place: string) => void
  readonly count: () => number
  readonly names: () => readonly string[]
  /** Those that are wanted, each as long as there are rows. */
  readonly columns: () => ReadonlyMap<string, readonly Cell[]>
}

/** @param known columns that are there, though no row may hold anything in them */
export const collectRows = (wanted: Wanted, known: readonly string[] = []): Rows => {
  const names = new Set<string>(known)
  const kept = new Map<string, Cell[]>(known.filter(name => isWanted(wanted, name)).map(name => [name, []]))
  let rows = 0
  const fill = (cells: Cell[]): void => {
    while (cells.length < rows) cells.push(null)
  }
  return {
    add: (row, place) => {
      flatten(row, '', (key, cell) => {
        const name = key.trim()
        names.add(name)
        if (names.size > MOST_COLUMNS) headerOf([...names], place)
        if (!isWanted(wanted, name)) return
        const cells = kept.get(name) ?? []
        kept.set(name, cells)
        fill(cells)
        cells[rows] = cell
      })
      rows++
    },
    count: () => rows,
    names: () => [...names],
    columns: () => {
      for (const cells of kept.values()) fill(cells)
      return kept
    },
  }
}
