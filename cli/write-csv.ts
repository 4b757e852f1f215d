/** A table as CSV. */

import type { Cell } from '../trainer/table.ts'

/** A spreadsheet runs what begins so; with an apostrophe before it, it does not. */
const FORMULA = /^(=|@|[+-]\p{L})/u

const field = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** @param rows which rows, in which order */
export const csvOf = (
  names: readonly string[],
  columns: readonly (readonly Cell[])[],
  rows: readonly number[],
): string => {
  const lines = rows.map(row => columns.map(cells => field(cells[row] ?? null)).join(','))
  return `${[names.map(field).join(','), ...lines].join('\n')}\n`
}
