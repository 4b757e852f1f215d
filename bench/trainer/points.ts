/** What is clustered: clouds from a seed, or the shoppers data where it is at hand. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCsv } from '../../cli/csv.ts'
import { scaled } from '../../core/assign.ts'
import { dataFile } from '../../test/harness/data.ts'
import { clean } from '../../trainer/clean.ts'
import { type Points, pointsFrom } from '../../trainer/cluster/points.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { fitScaler } from '../../trainer/scale.ts'
import { pointsOf } from '../../trainer/train.ts'

/** Overlapping clouds: what K-Means finds in customers, who form a continuum. */
export const clouds = (n: number, d: number, k: number): Points => {
  const random = seeded(n, d, k)
  const bell = (): number => random() + random() + random() + random() - 2
  const centers = Array.from({ length: k * d }, () => 1.2 * bell())
  const flat = new Float64Array(n * d)
  for (let i = 0; i < n; i++) {
    const center = Math.floor(random() * k) * d
    for (let j = 0; j < d; j++) flat[i * d + j] = (centers[center + j] as number) + 1.5 * bell()
  }
  return { n, d, flat }
}

const CSV = 'online_shoppers_intention.csv'

/** 12,330 visits in 10 scaled columns, and what to call them. */
export const visits = (root: string): { readonly name: string; readonly points: Points } => {
  const path = dataFile(CSV)
  if (!path) return { name: 'clouds', points: clouds(12_330, 10, 6) }
  const recipe = parseRecipe(readFileSync(join(root, 'test/fixtures/shoppers-ten.recipe.json'), 'utf8'))
  const wanted = recipe.vector.map(it => it.column)
  const rows = pointsOf(recipe, clean(recipe, parseCsv(readFileSync(path, 'utf8'), wanted, CSV)).rows)
  const scaler = fitScaler(rows)
  return { name: 'the shoppers data', points: pointsFrom(rows.map(row => scaled(scaler, row))) }
}
