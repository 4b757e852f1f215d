/** A table as CSV. */

import { type Cell, isFormula } from '../trainer/table.ts'

const field = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  // With an apostrophe before it, a spreadsheet does not run it.
  const safe = isFormula(text) ? `'${text}` : text
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
