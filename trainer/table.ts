/** A table as the trainer takes it: whoever opened the file has told columns apart, and nothing more. */

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
}

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
