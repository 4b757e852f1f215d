// Customers of the retail file as the signals of their orders: what a site gives a signed-in customer's device.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTable } from '../../cli/table.ts'
import { assign } from '../../core/assign.ts'
import { DAY_MS } from '../../core/epoch.ts'
import type { Model } from '../../core/model.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import type { Signal } from '../../core/signal.ts'
import { gather } from '../../trainer/gather.ts'
import { columnsOf, parseRecipe, type Recipe } from '../../trainer/recipe.ts'
import type { Table } from '../../trainer/table.ts'
import { testSet, vectorOf } from '../../trainer/test-set.ts'
import { dataFile } from './data.ts'

export const RETAIL = 'online_retail_541909.parquet'
const folder = join(import.meta.dirname, '../../examples/shop/model')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

export const retailModel = (): Model => parseModel(read('retail.json'), 'retail.json')
export const retailRecipe = (): Recipe => parseRecipe(read('retail.recipe.json'), 'retail.recipe.json')

/** The instant at which the trainer computed features: midnight after the file's last day, in milliseconds since 1970. */
export const AS_OF = Date.UTC(2011, 11, 10)

/** An order as a site hands it over. `id` says nothing of the customer or the invoice. */
export type Order = Signal & { readonly id: string }

export type Customer = {
  /** Which customer, counted from 0 in the order of the file: never the file's own number. */
  readonly key: number
  /** Purchases, the oldest first, the last before `AS_OF`. All are of times from 06:00 to 21:00 UTC. */
  readonly signals: readonly Order[]
  /** Raw numbers in the order of the model's features. */
  readonly raws: readonly number[]
  /** What the trainer assigns: a segment of `habit`. */
  readonly segment: SegmentId
}

interface Orders {
  readonly table: Table
  readonly people: ReturnType<typeof gather>['people']
}

const readOrders = async (): Promise<Orders> => {
  const path = dataFile(RETAIL)
  if (!path) throw new Error(`${RETAIL} is not here`)
  const recipe = retailRecipe()
  if (!recipe.signals) throw new Error('the retail recipe is of another make')
  const { table } = await readTable(path, columnsOf(recipe))
  return { table, people: gather(recipe.signals, table, RETAIL).people }
}

let orders: Promise<Orders> | undefined

/** The file's lines, and what everybody ordered. Throws without the data: see describeWithData. */
export const retailOrders = (): Promise<Orders> => {
  orders ??= readOrders()
  return orders
}

const readCustomers = async (): Promise<Customer[]> => {
  const [recipe, model] = [retailRecipe(), retailModel()]
  const [habit] = model.segmentations
  if (!habit) throw new Error('the retail model is of another make')
  const { table, people } = await retailOrders()
  return testSet(recipe, table).map(row => ({
    key: row.index,
    signals: (people[row.index]?.signals ?? []).map((signal, n) => ({ ...signal, id: `order-${row.index}-${n}` })),
    raws: row.raws,
    segment: assign(model, habit, vectorOf(recipe, row)).segment,
  }))
}

let known: Promise<Customer[]> | undefined

/** At most `limit` customers that training did not see, spread over all of them. Throws without the data: see describeWithData. */
export const retailCustomers = async (limit = Infinity): Promise<Customer[]> => {
  known ??= readCustomers()
  const all = await known
  const step = Math.max(1, all.length / limit)
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, limit)
}

/** The same customer `days` whole days later, when `AS_OF` is as many days later: windows and recencies stay what they were. */
export const later = (customer: Customer, days: number): Customer => ({
  ...customer,
  signals: customer.signals.map(signal => ({ ...signal, at: signal.at + days * DAY_MS })),
})
