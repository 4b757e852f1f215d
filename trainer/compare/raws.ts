/** What a model would compute of each row of a file: raw numbers in the order of its features. */

import type { FeatureVector } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import { clean } from '../clean.ts'
import { foldTo } from '../fold-rows.ts'
import { gatherAll } from '../gather.ts'
import { filesOf } from '../personal-terms.ts'
import type { Recipe } from '../recipe.ts'
import type { Table } from '../table.ts'
import { vectorOf } from '../test-set.ts'

/**
 * @param recipe tells how the file is read; of signals, the model's own features are folded
 * @returns a vector for each row that training would take; a feature that nothing tells is null
 * @throws ParseError as cleaning does
 */
export const rawsFor = (model: Model, recipe: Recipe, table: Table): FeatureVector[] => {
  const { rows } = clean(recipe, table)
  if (recipe.signals) {
    const taken = new Set(rows.map(({ index }) => index))
    const { people } = gatherAll([recipe.signals, ...recipe.further], filesOf(table), recipe.place, recipe)
    return people.filter((_, i) => taken.has(i)).map(({ signals }) => foldTo(model.features, recipe, signals))
  }
  const names = [...recipe.bound, ...recipe.features].map(({ name }) => name)
  return rows.map(row => {
    const vector = vectorOf(recipe, row)
    return model.features.map(({ name }) => vector[names.indexOf(name)] ?? null)
  })
}
