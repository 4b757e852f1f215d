/** From cells to raw vectors: what cannot be used is left out, and every row left out is counted with its reason. */

import type { FeatureVector } from '../core/feature.ts'
import { fault } from '../core/parse.ts'
import { nameOf, type Reason, rawOf } from './binding.ts'
import { columnsOf as textsOf } from './columns.ts'
import { mendFor } from './decimal.ts'
import { foldRows } from './fold-rows.ts'
import type { Fate } from './gather.ts'
import { refusePersonal, refuseUntokened } from './personal-terms.ts'
import { hashOfText } from './random.ts'
import type { Recipe } from './recipe.ts'
import { type Cell, cellsOf, numberIn, type Table } from './table.ts'
import { leavingOf } from './terms.ts'

export interface CleanRow {
  /** Which data row it was, or which key of signals; counted from 0. */
  readonly index: number
  /** What draws it for the test set, where that is not `index`: the hash of its key. */
  readonly lot?: number
  /** Raw numbers in the order of the recipe's `bound`. */
  readonly raws: readonly number[]
  /** Those of the recipe's `features`, where signals told them. */
  readonly rest?: FeatureVector
}

export type LeftReason =
  | Reason
  | 'outside only'
  | 'no signal left'
  | 'nothing in the window'
  | 'excluded'
  | 'faster than a person'
  | 'no key'
  | 'key seen before'

export interface LeftOut {
  /** One of these, or what the recipe's `leave` calls it. */
  readonly reason: LeftReason | (string & {})
  /** The column that gave the reason; absent where the whole row did. */
  readonly column?: string
  readonly rows: number
}

export interface Clean {
  /** Data rows, or keys of signals. */
  readonly read: number
  readonly rows: readonly CleanRow[]
  readonly left: readonly LeftOut[]
  /** What became of the file's lines on the way to signals. */
  readonly lines?: { readonly read: number; readonly signals: number; readonly fates: readonly Fate[] }
}

/**
 * Reads what the recipe binds: the columns of its vector, or signals.
 * @throws ParseError where a column is missing or holds what is personal, or no row is left
 */
export const clean = (recipe: Recipe, table: Table): Clean => {
  refusePersonal(recipe, table)
  refuseUntokened(recipe, table)
  return recipe.signals ? foldRows(recipe, table) : cleanColumns(recipe, table)
}

const columnsOf = (recipe: Recipe, table: Table): (readonly Cell[])[] =>
  recipe.vector.map(({ column }, i) => cellsOf(table, column, `${recipe.place}.vector[${i}].column`))

/** Does `only` want the row? Cells in the file's own unit; all were found to be numbers. */
const wantedBy = ({ only, vector }: Recipe, cells: readonly (readonly Cell[])[]): ((index: number) => boolean) => {
  const sums = only.map(({ columns, least, most }) => ({
    places: columns.map(name => vector.findIndex(it => it.column === name)),
    least,
    most,
  }))
  return index =>
    sums.every(({ places, least, most }) => {
      const sum = places.reduce((total, at) => total + Number(numberIn(cells[at]?.[index] ?? null)), 0)
      return sum >= least && sum <= most
    })
}

/** Rows of a key are drawn for the test set by it, so that nobody's draw depends on who else is in the file. */
const lotsOf = (recipe: Recipe, table: Table): ((index: number) => { readonly lot?: number }) => {
  const keys = recipe.key ? textsOf(table, recipe.place).texts(recipe.key) : undefined
  return index => (keys ? { lot: hashOfText(keys[index] ?? '') } : {})
}

/** By row: why its key, or what `leave` says, speaks against it. */
const barredBy = (recipe: Recipe, table: Table): ((index: number) => string | undefined) => {
  const columns = textsOf(table, recipe.place)
  const leaving = leavingOf(recipe.leave, columns)
  const keys = recipe.key ? columns.texts(recipe.key) : undefined
  const seen = new Set<string>()
  return index => {
    const key = keys?.[index]
    if (key === null) return 'no key'
    if (key !== undefined && recipe.exclude?.has(key)) return 'excluded'
    if (key !== undefined && recipe.duplicates === 'leave' && seen.has(key)) return 'key seen before'
    if (key !== undefined) seen.add(key)
    return leaving(index)
  }
}

/**
 * Reads the recipe's columns. Rows in which every feature of the segmentation is 0 are left out as well: a device calls
 * such a visitor unassigned.
 * @throws ParseError where a column is missing or no row is left
 */
const cleanColumns = (recipe: Recipe, table: Table): Clean => {
  const cells = columnsOf(recipe, table)
  const seen = recipe.vector.map(it => recipe.segmentation.features.includes(nameOf(it)))
  const left = new Map<string, LeftOut>()
  const leave = (reason: LeftOut['reason'], column?: string): void => {
    const key = `${reason} ${column ?? ''}`
    left.set(key, { reason, ...(column ? { column } : {}), rows: (left.get(key)?.rows ?? 0) + 1 })
  }
  const isWanted = wantedBy(recipe, cells)
  const barred = barredBy(recipe, table)
  const lotOf = lotsOf(recipe, table)
  const rows: CleanRow[] = []
  for (let index = 0; index < table.rows; index++) {
    const bar = barred(index)
    if (bar) {
      leave(bar)
      continue
    }
    const found = recipe.vector.map((it, i) => rawOf(it, cells[i]?.[index] ?? null))
    const bad = found.findIndex(value => typeof value === 'string')
    if (bad >= 0) leave(found[bad] as Reason, recipe.vector[bad]?.column)
    else if (found.every((value, i) => value === 0 || !seen[i])) leave('nothing seen')
    else if (!isWanted(index)) leave('outside only')
    else rows.push({ index, ...lotOf(index), raws: found as number[] })
  }
  const reasons = [...left.values()]
  if (!rows.length)
    fault(table.place, `none of ${table.rows} rows can be used${reasons.map(tell).join('')}`, mendFor(recipe, table))
  return { read: table.rows, rows, left: reasons }
}

const tell = ({ reason, column, rows }: LeftOut): string => `; ${rows} ${reason}${column ? ` in ${column}` : ''}`
