/** Lines that say what another line has said already. */

import type { Cell, Table } from './table.ts'

/**
 * @param names of columns that were read
 * @returns for each row 1 where an earlier one equals it in all of them
 */
export const repeatsIn = (table: Table, names: readonly string[]): Uint8Array => {
  const columns = names.flatMap(name => (table.columns.has(name) ? [table.columns.get(name) as readonly Cell[]] : []))
  let groups: number[] = new Array(table.rows).fill(0)
  // Column by column, each group of equal rows is split by the next cell: no row becomes a text of its own.
  for (const cells of columns) {
    const known = new Map<Cell, number>()
    const split = new Map<number, number>()
    groups = groups.map((group, row) => {
      const cell = cells[row] ?? null
      const value = known.get(cell) ?? known.size
      known.set(cell, value)
      const pair = group * table.rows + value
      const next = split.get(pair) ?? split.size
      split.set(pair, next)
      return next
    })
  }
  const seen = new Uint8Array(table.rows)
  return Uint8Array.from(groups, group => {
    const before = seen[group] as number
    seen[group] = 1
    return before
  })
}
