/** Numbers as they are written where the comma parts off a fraction: 1.234,56. */

import type { Recipe } from './recipe.ts'
import type { SignalRows } from './signal-rows.ts'
import type { Cell, Table } from './table.ts'

/** Thousands may be set apart, by threes. */
const WITH_COMMA = /^[+-]?(\d+|\d{1,3}([.\s\u00A0\u202F'’]\d{3})+)(,\d+)?$/

/** A number with a fraction after a comma, beyond doubt: of 1,234 nobody can tell. */
export const hasComma = (text: string): boolean => WITH_COMMA.test(text) && /,(\d{1,2}|\d{4,})$/.test(text)

/** `1.234,56` as 1234.56; a cell that is no such number stays as it is. */
export const pointed = (cell: Cell): Cell => {
  const text = typeof cell === 'string' ? cell.trim() : ''
  return WITH_COMMA.test(text) ? text.replace(/[.\s\u00A0\u202F'’]/g, '').replace(',', '.') : cell
}

const numbersIn = ({ fields, order }: SignalRows): string[] => [
  ...Object.values(fields).flatMap(source => ('times' in source ? [source.column, source.by ?? source.column] : [])),
  ...(order ? [order.pieces] : []),
]

const pointedIn = (table: Table, names: readonly string[]): Table => ({
  ...table,
  columns: new Map(
    [...table.columns].map(([name, cells]) => [name, names.includes(name) ? cells.map(pointed) : cells]),
  ),
})

/** The table with its numbers as the trainer reads them, where the recipe says that they are written with a comma. */
export const withPoints = (recipe: Recipe, table: Table): Table => {
  if (recipe.decimal !== ',') return table
  const { signals, further, vector, outcome, propensities } = recipe
  if (signals) {
    const [first, ...more] = [table, ...(table.beside ?? [])].map((file, i) =>
      pointedIn(file, numbersIn((i ? further[i - 1] : signals) as SignalRows)),
    )
    return { ...(first as Table), ...(more.length ? { beside: more } : {}) }
  }
  const told = [outcome, ...propensities.map(it => it.outcome)].flatMap(it =>
    it && 'column' in it && !('is' in it && it.is) ? [it.column] : [],
  )
  const bound = vector.flatMap(it => ('offline' in it && it.offline.is !== undefined ? [] : [it.column]))
  return pointedIn(table, [...bound, ...told])
}

const MEND = 'Check the columns that the recipe names'

/** What to do where no row can be used. */
export const mendFor = (recipe: Recipe, table: Table): string =>
  recipe.decimal === '.' && [...table.columns.values()].some(cells => cells.some(cell => hasComma(String(cell ?? ''))))
    ? `${MEND}; or say "decimal": "," where a comma parts off fractions`
    : MEND
