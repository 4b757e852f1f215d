/** A table as the trainer takes it: whoever opened the file has told columns apart, and nothing more. */

import { fault } from '../core/parse.ts'

/** A text is read as a number where a number is asked for; null where there was no value. */
export type Cell = string | number | null

export interface Table {
  /** Where it came from, for messages. */
  readonly place: string
  /** Every column the file has, in its order. */
  readonly names: readonly string[]
  /** Data rows, header not counted. */
  readonly rows: number
  /** The columns that were asked for, `rows` cells each. */
  readonly columns: ReadonlyMap<string, readonly Cell[]>
  /** Further files, for a recipe that takes signals from several. */
  readonly beside?: readonly Table[]
}

/** The cells of a column, found at `place` of a recipe. @throws ParseError where the file has none of that name */
export const cellsOf = (table: Table, column: string, place: string): readonly Cell[] =>
  table.columns.get(column) ??
  fault(place, `${table.place} has no column ${column}`, `It has: ${table.names.slice(0, 20).join(', ')}`)

/** Texts that mean "no value" in exports of R, Python, SQL and spreadsheets. */
const MISSING = new Set(['', 'na', 'n/a', 'null', 'none', '-'])
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Why a cell gave no number. */
export type Defect = 'missing' | 'not a number' | 'not finite'

/** The number in a cell, or why there is none. */
export const numberIn = (cell: Cell): number | Defect => {
  if (cell === null) return 'missing'
  const text = typeof cell === 'string' ? cell.trim() : ''
  if (typeof cell === 'string') {
    if (MISSING.has(text.toLowerCase())) return 'missing'
    if (NOT_FINITE.test(text)) return 'not finite'
    if (!NUMBER.test(text)) return 'not a number'
  }
  const value = typeof cell === 'string' ? Number(text) : cell
  return Number.isFinite(value) ? value : 'not finite'
}

/** The text in a cell, without blanks around it; null where there is no value. A number reads as JavaScript prints it. */
export const textIn = (cell: Cell): string | null => {
  const text = cell === null ? '' : String(cell).trim()
  return MISSING.has(text.toLowerCase()) ? null : text
}

/** Would a spreadsheet run it? A sign before a number, a date or a phone number runs nothing. */
export const isFormula = (text: string): boolean =>
  /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-]?[\d.,\s()/-]*(e[+-]?\d+)?$/i.test(text))
