/** The rows of which it is known whether it happened, and how they are dealt into folds. */

import type { FeatureSpec } from '../../core/feature.ts'
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

export const foldsOf = ({ folds, id }: PropensityRecipe, rows: Known, recipe: Recipe, table: Table): Fold[] => {
  const place = `${recipe.place}: folds of ${id}`
  const cells = (column: string): Cell[] => {
    const all = cellsOf(table, column, place)
    return rows.of.map(({ index }) => all[index] ?? null)
  }
  if (folds.group)
    return grouped(
      cells(folds.group).map(cell => textIn(cell) ?? ''),
      folds.count,
      recipe.seed,
    )
  if (!folds.time) return stratified(rows.yes, folds.count, recipe.seed)
  const texts = cells(folds.time).map(cell => (typeof cell === 'number' ? cell : (textIn(cell) ?? '')))
  const isNumeric = texts.every(text => text !== '' && Number.isFinite(Number(text)))
  const sorted = [...new Set(texts.map(String))].sort()
  const ranks = new Map(sorted.map((text, i) => [text, i]))
  return byTime(
    texts.map(text => (isNumeric ? Number(text) : (ranks.get(String(text)) as number))),
    folds.count,
  )
}
