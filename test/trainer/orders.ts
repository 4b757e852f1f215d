// A recipe that takes lines of orders as signals, and what it gathers from a few lines.
import { expect } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { gather } from '../../trainer/gather.ts'
import { columnsOf, parseRecipe, type Recipe } from '../../trainer/recipe.ts'
import { smallRecipe } from './io.ts'

export const orderRows = {
  key: 'who',
  asOf: '2011-12-10T00:00:00Z',
  time: { columns: ['when'], format: 'YYYY-MM-DD hh:mm', zone: 'UTC' },
  kind: 'purchase',
  fields: {
    value: { column: 'price', times: 100, by: 'pieces' },
    quantity: { column: 'pieces' },
    currency: { is: 'GBP' },
  },
  order: { column: 'invoice', pieces: 'pieces', cancelled: 'C', match: ['code', 'price'] },
  leave: [{ column: 'code', words: ['POST'], reason: 'postage' }],
}

type Named = { name: string; [field: string]: unknown }
const orderFeatures: Named[] = [
  { name: 'days', kind: 'purchase', aggregate: 'recency', window: 365, per: 86_400_000 },
  { name: 'orders', kind: 'purchase', aggregate: 'count', window: 365 },
  { name: 'spent', kind: 'purchase', aggregate: 'sum', field: 'value', window: 365 },
]

/** A recipe of small clusters on these signals. */
export const recipeOf = (signals: object, features: readonly Named[] = orderFeatures): Recipe =>
  parseRecipe(smallRecipe({ signals, features, vector: undefined }, { features: features.map(({ name }) => name) }))

/** What is gathered from a CSV; its fates must add up to its lines. */
export const gathered = (recipe: Recipe, header: string, ...lines: string[]) => {
  const table = parseCsv([header, ...lines].join('\n'), columnsOf(recipe), 'data.csv')
  if (!recipe.signals) throw new Error('no signals')
  const { people, fates } = gather(recipe.signals, table, 'recipe.json')
  expect(fates.reduce((sum, { lines: n }) => sum + n, 0)).toBe(table.rows)
  return { people, fates: Object.fromEntries(fates.map(({ fate, lines: n }) => [fate, n])), table }
}

export const orders = (...lines: string[]) =>
  gathered(recipeOf(orderRows), 'invoice,code,pieces,when,price,who', ...lines)
