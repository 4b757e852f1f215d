// Rows of the shoppers file as the signals that would have made them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCsv } from '../../cli/csv.ts'
import { assign } from '../../core/assign.ts'
import type { Model } from '../../core/model.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import type { Signal } from '../../core/signal.ts'
import { parseRecipe, type Recipe } from '../../trainer/recipe.ts'
import { testSet, vectorOf } from '../../trainer/test-set.ts'
import { dataFile } from './data.ts'

const DATA = 'online_shoppers_intention.csv'
const folder = join(import.meta.dirname, '../../examples/shop/model')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

export const shopModel = (): Model => parseModel(read('model.json'), 'model.json')
export const shopRecipe = (): Recipe => parseRecipe(read('recipe.json'), 'recipe.json')

export type Row = {
  /** Which data row of the file, counted from 0. */
  index: number
  /** Raw numbers in the order of the recipe's vector. */
  raws: readonly number[]
  /** What the trainer assigns: a segment of `visit`. */
  segment: SegmentId
}

/** A signal without its time. */
export type Replayed = Omit<Signal, 'at'>

/** At most `limit` rows that training did not see, spread over the whole file. Throws without the data: see describeWithData. */
export const testRows = (limit: number): Row[] => {
  const path = dataFile(DATA)
  if (!path) throw new Error(`${DATA} is not here`)
  const [recipe, model] = [shopRecipe(), shopModel()]
  const table = parseCsv(
    readFileSync(path, 'utf8'),
    recipe.vector.map(it => it.column),
    DATA,
  )
  const rows = testSet(recipe, table)
  const step = Math.max(1, rows.length / limit)
  const visit = model.segmentations.find(it => it.id === 'visit')
  if (!visit) throw new Error('the model has no segmentation visit')
  return rows
    .filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    .slice(0, limit)
    .map(row => ({ ...row, segment: assign(model, visit, vectorOf(recipe, row)).segment }))
}

/** Parts a total is sent in: a device never sees a visit's dwell in one piece. */
const MOST_PARTS = 3

const partsOf = (total: number, count: number): number[] => {
  const parts = Math.min(MOST_PARTS, Math.max(1, count), Math.max(1, total))
  const each = Math.floor(total / parts)
  return Array.from({ length: parts }, (_, i) => (i ? each : total - each * (parts - 1)))
}

/** The signals of a visit whose features are the row's: views of the pages of each group, and the time spent on them. */
export const signalsOf = ({ raws }: Pick<Row, 'raws'>): Replayed[] => {
  const { vector } = shopRecipe()
  return vector.flatMap((it, i) => {
    if ('offline' in it) throw new Error(`${it.column} cannot be replayed`)
    const { kind, where, field, aggregate } = it.feature
    const words = where?.page ?? ['other']
    const page = (n: number): string => words[n % words.length] as string
    const raw = raws[i] as number
    if (aggregate === 'count') return Array.from({ length: raw }, (_, n) => ({ kind, page: page(n) }))
    if (aggregate !== 'sum' || !field) throw new Error(`${aggregate} cannot be replayed`)
    return raw ? partsOf(raw, raws[i - 1] as number).map((part, n) => ({ kind, page: page(n), [field]: part })) : []
  })
}
