/** From cells to raw vectors: what cannot be used is left out, and every row left out is counted with its reason. */

import { fault } from '../core/parse.ts'
import { nameOf, type Reason, rawOf } from './binding.ts'
import type { Recipe } from './recipe.ts'
import type { Cell, Table } from './table.ts'

export interface CleanRow {
  /** Which data row it was, counted from 0. */
  readonly index: number
  /** Raw numbers in the order of the recipe's `vector`. */
  readonly raws: readonly number[]
}

export interface LeftOut {
  readonly reason: Reason
  /** The column that gave the reason; absent where the whole row did. */
  readonly column?: string
  readonly rows: number
}

export interface Clean {
  readonly rows: readonly CleanRow[]
  readonly left: readonly LeftOut[]
}

const cellsOf = (recipe: Recipe, table: Table): (readonly Cell[])[] =>
  recipe.vector.map(({ column }, i) => {
    const known = table.names.slice(0, 20).join(', ')
    return (
      table.columns.get(column) ??
      fault(`${recipe.place}.vector[${i}].column`, `${table.place} has no column ${column}`, `It has: ${known}`)
    )
  })

/**
 * Reads the recipe's columns. Rows in which every feature of the segmentation is 0 are left out as well: a device calls
 * such a visitor unassigned.
 * @throws ParseError where a column is missing or no row is left
 */
export const clean = (recipe: Recipe, table: Table): Clean => {
  const cells = cellsOf(recipe, table)
  const seen = recipe.vector.map(it => recipe.segmentation.features.includes(nameOf(it)))
  const left = new Map<string, LeftOut>()
  const leave = (reason: Reason, column?: string): void => {
    const key = `${reason} ${column ?? ''}`
    left.set(key, { reason, ...(column ? { column } : {}), rows: (left.get(key)?.rows ?? 0) + 1 })
  }
  const rows: CleanRow[] = []
  for (let index = 0; index < table.rows; index++) {
    const found = recipe.vector.map((it, i) => rawOf(it, cells[i]?.[index] ?? null))
    const bad = found.findIndex(value => typeof value === 'string')
    if (bad >= 0) leave(found[bad] as Reason, recipe.vector[bad]?.column)
    else if (found.every((value, i) => value === 0 || !seen[i])) leave('nothing seen')
    else rows.push({ index, raws: found as number[] })
  }
  const reasons = [...left.values()]
  if (!rows.length)
    fault(
      table.place,
      `none of ${table.rows} rows can be used${reasons.map(tell).join('')}`,
      'Check the columns that the recipe names',
    )
  return { rows, left: reasons }
}

const tell = ({ reason, column, rows }: LeftOut): string => `; ${rows} ${reason}${column ? ` in ${column}` : ''}`
