/** What a column of a file holds: of which type, how much is missing, what is out of the way. */

import { type DateFormat, dateFormatOf } from './date-formats.ts'
import { hasComma, pointed } from './decimal.ts'
import { type Cell, isFormula, numberIn, textIn } from './table.ts'

export type ColumnType = 'whole numbers' | 'numbers' | 'instants' | 'yes or no' | 'words' | 'texts' | 'nothing'

export interface ColumnCheck {
  readonly column: string
  readonly type: ColumnType
  /** The pattern of instants; and the other that fits as well. */
  readonly format?: string
  readonly orFormat?: string
  /** Fractions stand after a comma. */
  readonly decimal?: ','
  /** Cells without a value. */
  readonly missing: number
  /** Cells that are not of the type. */
  readonly odd: number
  /** Different values. */
  readonly different: number
  /** Of numbers: what 1 %, half and 99 % of the cells stay below. No single cell's. */
  readonly spread?: readonly [low: number, middle: number, high: number]
  /** Cells that a spreadsheet would run. */
  readonly formulas: number
}

interface Counted {
  readonly text: string
  readonly cell: Cell
  readonly rows: number
}

const YES_NO = /^(true|false|yes|no|ja|nein|y|n|t|f)$/i
/** A type is what nearly all cells are. */
const NEARLY_ALL = 0.9
/** Longer than any word of a dictionary. */
const LONGEST_WORD = 40
/** As many different cells as it takes to know a pattern. */
const TRIED = 300

const sum = (counted: readonly Counted[]): number => counted.reduce((total, { rows }) => total + rows, 0)

const countsOf = (cells: readonly Cell[]): { counted: Counted[]; missing: number } => {
  const rows = new Map<Cell, number>()
  for (const cell of cells) rows.set(cell, (rows.get(cell) ?? 0) + 1)
  const all = [...rows].map(([cell, n]) => ({ text: textIn(cell), cell, rows: n }))
  const missing = all.filter(({ text }) => text === null).reduce((total, each) => total + each.rows, 0)
  return { counted: all.filter((each): each is Counted => each.text !== null), missing }
}

const numberOf = ({ cell }: Counted): number | undefined => {
  const value = numberIn(cell)
  return typeof value === 'number' ? value : undefined
}

const spreadOf = (numbers: readonly Counted[]): readonly [number, number, number] => {
  const sorted = numbers
    .map(each => ({ value: numberOf(each) as number, rows: each.rows }))
    .sort((a, b) => a.value - b.value)
  const total = sum(numbers)
  const at = (share: number): number => {
    let below = 0
    for (const { value, rows } of sorted) {
      below += rows
      if (below > share * total) return value
    }
    return sorted.at(-1)?.value as number
  }
  return [at(0.01), at(0.5), at(0.99)]
}

/** From here and there in the column; where that leaves days and months open, from all of it. */
const formatOf = (texts: readonly string[]): DateFormat | undefined => {
  const step = Math.max(1, Math.floor(texts.length / TRIED))
  const found = dateFormatOf(texts.filter((_, i) => i % step === 0))
  return found?.or ? dateFormatOf(texts) : found
}

/** Those that are numbers where fractions stand after a comma; none where no cell has one. */
const withCommas = (counted: readonly Counted[]): Counted[] =>
  counted.some(({ text }) => hasComma(text))
    ? counted.map(each => ({ ...each, cell: pointed(each.text) })).filter(each => numberOf(each) !== undefined)
    : []

/** @param cells of one column */
export const checkColumn = (column: string, cells: readonly Cell[]): ColumnCheck => {
  const { counted, missing } = countsOf(cells)
  const total = sum(counted)
  const formulas = sum(counted.filter(({ text }) => isFormula(text)))
  const made = (type: ColumnType, of: readonly Counted[], more: Partial<ColumnCheck> = {}): ColumnCheck => ({
    column,
    type,
    missing,
    odd: total - sum(of),
    different: counted.length,
    formulas,
    ...more,
  })
  if (!total) return made('nothing', [])
  const found = formatOf(counted.map(({ text }) => text))
  if (found) return made('instants', counted, { format: found.format, ...(found.or ? { orFormat: found.or } : {}) })
  const numbers = counted.filter(each => numberOf(each) !== undefined)
  if (sum(numbers) >= NEARLY_ALL * total) {
    const whole = numbers.every(each => Number.isInteger(numberOf(each)))
    return made(whole ? 'whole numbers' : 'numbers', numbers, { spread: spreadOf(numbers) })
  }
  const commas = withCommas(counted)
  if (sum(commas) >= NEARLY_ALL * total) return made('numbers', commas, { spread: spreadOf(commas), decimal: ',' })
  if (counted.every(({ text }) => YES_NO.test(text))) return made('yes or no', counted)
  const words = counted.filter(({ text }) => text.length <= LONGEST_WORD)
  return sum(words) >= NEARLY_ALL * total ? made('words', words) : made('texts', counted)
}
