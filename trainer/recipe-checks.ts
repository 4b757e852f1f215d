/** What the parts of a recipe must agree on. */

import { fault, oneOf, real } from '../core/parse.ts'
import { nameOf } from './binding.ts'
import type { CentroidRecipe, Only, Recipe } from './recipe.ts'
import type { SignalRows } from './signal-rows.ts'

/** A segmentation's features have numbers, and its names each of them. */
export const checkNames = (it: CentroidRecipe, bound: readonly string[], place: string): void => {
  const known = oneOf(bound)
  const named = oneOf(it.features)
  for (const name of it.features) known(name, `${place}.features (a feature that has numbers)`)
  it.segments.forEach(({ typical }, s) => {
    const where = `${place}.segments[${s}].typical`
    for (const name of Object.keys(typical)) named(name, `${where} (a name in it)`)
    for (const name of it.features) real(typical[name], `${where}.${name}`)
  })
  if (typeof it.k === 'number' && it.segments.length > it.k) {
    fault(`${place}.segments`, `${it.segments.length} names for ${it.k} clusters`, 'Remove some, or raise k')
  }
}

type Sources = Pick<Recipe, 'vector' | 'features'> & {
  readonly signals?: SignalRows
  readonly only?: readonly Pick<Only, 'columns'>[]
  readonly key?: unknown
  readonly leave?: unknown
  readonly outcome?: Recipe['outcome'] | undefined
}

/** Rows come from one source, and each feature from one place in it. @returns the names of all features */
export const checkSources = (given: Sources, place: string): string[] => {
  const { vector, features, signals, only = [] } = given
  if (Boolean(signals) === vector.length > 0)
    fault(`${place}.vector`, signals ? 'both vector and signals' : 'neither vector nor signals', 'Give one of the two')
  const unbound = only.flatMap(each => each.columns).find(name => !vector.some(it => it.column === name))
  if (unbound) fault(`${place}.only`, `${unbound} is no column of vector`, 'Name columns that vector binds')
  const names = [...vector.map(nameOf), ...features.map(spec => spec.name)]
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  const misplaced = signals && (['key', 'leave'] as const).find(field => given[field])
  if (misplaced) fault(`${place}.${misplaced}`, 'beside signals', 'It belongs into signals')
  const { outcome } = given
  if (outcome && 'column' in outcome === Boolean(signals))
    fault(
      `${place}.outcome`,
      'not of these rows',
      signals ? 'Name the days after asOf, and a feature of them' : 'Name a column',
    )
  return twice ? fault(`${place}.vector`, `the feature ${twice} stands twice`, 'Give each its own name') : names
}
