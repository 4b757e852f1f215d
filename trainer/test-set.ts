/** The test set: rows kept from training. Membership is a hash of seed and row number, or key, so it never depends on other rows. */

import type { FeatureVector } from '../core/feature.ts'
import { type Clean, type CleanRow, clean } from './clean.ts'
import { hashOf } from './random.ts'
import type { Recipe } from './recipe.ts'
import type { Table } from './table.ts'

/** Tells this hash apart from the others that a seed feeds. */
const PURPOSE = 0x7e57

/** @param lot the row's number, or the hash of its key */
export const isTestRow = (recipe: Pick<Recipe, 'seed' | 'test'>, lot: number): boolean =>
  hashOf(recipe.seed, PURPOSE, lot) < recipe.test

export interface Split {
  readonly training: readonly CleanRow[]
  readonly test: readonly CleanRow[]
}

export const split = (recipe: Pick<Recipe, 'seed' | 'test'>, rows: Clean['rows']): Split => ({
  training: rows.filter(row => !isTestRow(recipe, row.lot ?? row.index)),
  test: rows.filter(row => isTestRow(recipe, row.lot ?? row.index)),
})

/** The rows that training with this recipe does not see. @throws ParseError as {@link clean} does */
export const testSet = (recipe: Recipe, table: Table): readonly CleanRow[] =>
  split(recipe, clean(recipe, table).rows).test

/** A row as `assign` of core wants it: the features that nothing tells are null. */
export const vectorOf = (recipe: Recipe, row: CleanRow): FeatureVector => [
  ...row.raws,
  ...(row.rest ?? recipe.features.map(() => null)),
]
