/** The rows of which it is known whether it happened, and how they are dealt into folds. */

import type { FeatureSpec } from '../../core/feature.ts'
import { fault } from '../../core/parse.ts'
import type { CleanRow } from '../clean.ts'
import type { Recipe } from '../recipe.ts'
import { type Cell, cellsOf, type Table, textIn } from '../table.ts'
import { vectorOf } from '../test-set.ts'
import { byTime, type Fold, grouped, stratified } from './folds.ts'
import type { PropensityRecipe } from './recipe.ts'
import type { Rows } from './rows.ts'

/** The rows of which everything is known, and which of the given they are. */
export interface Known extends Rows {
  readonly of: readonly CleanRow[]
}

export const known = (
  specs: readonly FeatureSpec[],
  recipe: Recipe,
  rows: readonly CleanRow[],
  told: (index: number) => boolean | undefined,
): Known => {
  const all = [...recipe.bound, ...recipe.features].map(({ name }) => name)
  const places = specs.map(({ name }) => all.indexOf(name))
  const found = rows.flatMap(row => {
    const vector = vectorOf(recipe, row)
    const raws = places.map(place => vector[place])
    const yes = told(row.index)
    // A device leaves these unassigned.
    const unknown = raws.some(raw => raw == null) || raws.every(raw => raw === 0)
    return yes === undefined || unknown ? [] : [{ row, raws: raws as number[], yes }]
  })
  return {
    columns: specs.map((_, i) => Float64Array.from(found, ({ raws }) => raws[i] as number)),
    yes: Uint8Array.from(found, ({ yes }) => Number(yes)),
    of: found.map(({ row }) => row),
  }
}

/** A day or an instant, the year first: such texts sort by time, and `Feb` or 31/1/2026 does not. */
const SORTS = /^\d{4}[-/.]\d\d([-/.]\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?)?)?( ?UTC|Z)?$/

/** Numbers that rise with time, one a row. @throws ParseError where a cell is neither a number nor a day */
const instantsIn = (cells: readonly Cell[], place: string, column: string): number[] => {
  const texts = cells.map(cell => (textIn(cell) ?? '').trim())
  if (texts.every(text => text !== '' && Number.isFinite(Number(text)))) return texts.map(Number)
  const odd = texts.find(text => !SORTS.test(text))
  if (odd !== undefined)
    fault(
      place,
      odd ? `"${odd.slice(0, 40)}" in ${column} does not sort by time` : `some rows have nothing in ${column}`,
      'Name a column of numbers, or of days as 2026-01-31',
    )
  const ranks = new Map([...new Set(texts)].sort().map((text, i) => [text, i]))
  return texts.map(text => ranks.get(text) as number)
}

export interface Dealt {
  readonly by: 'chance' | 'group' | 'time'
  readonly folds: readonly Fold[]
}

/**
 * Rows of one person stay together, whether the recipe names a group or its key comes more than once.
 * @throws ParseError where the file has not the column, or it does not sort by time
 */
export const dealt = ({ folds, id }: PropensityRecipe, rows: Known, recipe: Recipe, table: Table): Dealt => {
  const place = `${recipe.place}: folds of ${id}`
  const { count, group, time } = folds
  const cells = (column: string): Cell[] => {
    const all = cellsOf(table, column, place)
    return rows.of.map(({ index }) => all[index] ?? null)
  }
  const whose = (column: string): string[] => cells(column).map(cell => textIn(cell) ?? '')
  if (group) return { by: 'group', folds: grouped(whose(group), count, recipe.seed) }
  if (time) return { by: 'time', folds: byTime(instantsIn(cells(time), `${place}.time`, time), count) }
  const keys = recipe.key ? whose(recipe.key) : []
  return new Set(keys).size < keys.length
    ? { by: 'group', folds: grouped(keys, count, recipe.seed) }
    : { by: 'chance', folds: stratified(rows.yes, count, recipe.seed) }
}
