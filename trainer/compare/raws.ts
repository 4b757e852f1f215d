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
 * @param models whose features are computed
 * @param recipe tells how the file is read; of signals, each model's own features are folded
 * @returns for each model a vector for each row that training would take; a feature that nothing tells is null
 * @throws ParseError as cleaning does
 */
export const rawsForEach = (models: readonly Model[], recipe: Recipe, table: Table): FeatureVector[][] => {
  const { rows } = clean(recipe, table)
  if (recipe.signals) {
    const taken = new Set(rows.map(({ index }) => index))
    const { people } = gatherAll([recipe.signals, ...recipe.further], filesOf(table), recipe.place, recipe)
    const kept = people.filter((_, i) => taken.has(i))
    return models.map(({ features }) => kept.map(({ signals }) => foldTo(features, recipe, signals)))
  }
  const names = [...recipe.bound, ...recipe.features].map(({ name }) => name)
  const vectors = rows.map(row => vectorOf(recipe, row))
  return models.map(({ features }) => {
    const places = features.map(({ name }) => names.indexOf(name))
    return vectors.map(vector => places.map(place => vector[place] ?? null))
  })
}

/** The same, of one model. @throws ParseError as cleaning does */
export const rawsFor = (model: Model, recipe: Recipe, table: Table): FeatureVector[] =>
  rawsForEach([model], recipe, table)[0] as FeatureVector[]
