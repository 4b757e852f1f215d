/** What a command line says about clusters, in the place of what the recipe says. */

import { oneOf } from '../core/parse.ts'
import { ENGINES } from '../trainer/cluster/engine.ts'
import { clusteringFields, clusteringOf, METHODS } from '../trainer/cluster/method.ts'
import type { Recipe } from '../trainer/recipe.ts'
import { misuse } from './io.ts'

export const clusterOptions = {
  k: { type: 'string' },
  method: { type: 'string' },
  engine: { type: 'string' },
} as const

export interface Asked {
  readonly k?: string | undefined
  readonly method?: string | undefined
  readonly engine?: string | undefined
}

const rangeOf = (text: string): unknown => {
  const [whole, from, to] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text) ?? []
  if (whole === undefined) throw misuse(`--k ${text}`, 'Give a number, or a range such as 2-10')
  return to === undefined ? Number(from) : { from: Number(from), to: Number(to) }
}

/** @throws ParseError where a value is none that a recipe could have */
export const clusteringAsked = (recipe: Recipe, { k, method, engine }: Asked): Recipe => {
  const before = recipe.segmentation
  const chosen = method === undefined ? before.method : oneOf(METHODS)(method, '--method')
  // What was told of another method is of no use to this one.
  const { method: _, k: kept, ...own } = before
  const told = chosen === before.method ? own : { engine: own.engine }
  const range = k === undefined ? (chosen === 'dbscan' ? undefined : kept) : clusteringFields.k(rangeOf(k), '--k')
  const asked = clusteringOf(
    {
      ...told,
      method: chosen,
      k: range,
      engine: engine === undefined ? before.engine : oneOf(ENGINES)(engine, '--engine'),
    },
    recipe.place,
  )
  const { radius: _r, neighbours: _n, ...rest } = before
  return { ...recipe, segmentation: { ...rest, ...asked } }
}
