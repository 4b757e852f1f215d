/** Documents as text: the same object always gives the same bytes. */

import type { FeatureSpec } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import { parseModel } from '../core/parse-model.ts'
import { nameOf, type OfflineFeature } from './binding.ts'
import type { Recipe } from './recipe.ts'

const WIDTH = 120

/** JSON with two spaces an indent, in which what fits on a line of 120 characters stands on one. */
export const printJson = (value: unknown): string => print(value, '', 0)

/** @param before characters that stand on the line already */
const print = (value: unknown, indent: string, before: number): string => {
  const line = oneLine(value)
  // One more for the comma.
  if (value === null || typeof value !== 'object' || before + line.length < WIDTH) return line
  const inner = `${indent}  `
  const part = (key: string, each: unknown): string => `${inner}${key}${print(each, inner, inner.length + key.length)}`
  const parts = Array.isArray(value)
    ? value.map(each => part('', each))
    : fieldsOf(value).map(([name, each]) => part(`${JSON.stringify(name)}: `, each))
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}

const fieldsOf = (value: object): [string, unknown][] => Object.entries(value).filter(([, each]) => each !== undefined)

const oneLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = fieldsOf(value).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`)
  return fields.length ? `{ ${fields.join(', ')} }` : '{}'
}

/** Does the recipe bind a column that no device can observe? */
export const isOffline = (recipe: Recipe): boolean => recipe.vector.some(it => 'offline' in it)

/**
 * The model file's text.
 * @throws ParseError where a device would refuse it; a model that binds offline columns says so, and is refused by all of them
 */
export const printModel = (recipe: Recipe, model: Model): string => {
  parseModel(JSON.stringify(model), `${recipe.place}, as a model`)
  if (!isOffline(recipe)) return `${printJson(model)}\n`
  const offline = new Map(recipe.vector.flatMap(it => ('offline' in it ? [[nameOf(it), it] as const] : [])))
  const features = model.features.map((spec): FeatureSpec | (OfflineFeature & { readonly column: string }) => {
    const it = offline.get(spec.name)
    return it ? { column: it.column, ...it.offline } : spec
  })
  const { v, ...rest } = model
  return `${printJson({ v, offline: true, ...rest, features })}\n`
}
