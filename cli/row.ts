/** A row as a person types it: raw numbers by feature. */

import type { FeatureVector } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import { fault, mapOf, oneOf, parseJson, real } from '../core/parse.ts'

const PLACE = 'row'

/** `orders=3, spent=45000` as an object. */
const fromPairs = (text: string): object =>
  Object.fromEntries(
    text.split(',').map(pair => {
      const [, name = '', number = ''] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      const value = number === '' ? Number.NaN : Number(number)
      return name ? [name, value] : fault(PLACE, `found ${pair.slice(0, 40)}`, 'Give it as feature=number')
    }),
  )

/**
 * @returns raw numbers in the order of the model's features; undefined where the row says nothing
 * @throws ParseError where it names no feature of the model, or no number
 */
export const parseRow = (model: Model, text: string): FeatureVector => {
  const names = model.features.map(({ name }) => name)
  const given = text.trim().startsWith('{') ? parseJson(text, PLACE) : fromPairs(text)
  const row = mapOf(oneOf(names), real)(given, PLACE)
  return names.map(name => row[name])
}
