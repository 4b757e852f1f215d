/** Gradient boosting over binned columns (Friedman 2001, with second-order leaves): each tree mends what those before got wrong. */

import { log } from '../../core/elementary.ts'
import { probabilityOf } from '../../core/propensity.ts'
import type { Trees } from '../../core/trees.ts'
import { binned, thresholdsOf } from './bins.ts'
import { flat } from './flat.ts'
import { grow, leavesOf, type Tree } from './grow.ts'
import type { Rows } from './rows.ts'

const TREES = 100
const LEAVES = 15
const RATE = 0.1
const RIDGE = 1

export interface TreeOptions {
  /** Rows that a leaf holds at least. */
  readonly least: number
  readonly trees?: number
  readonly leaves?: number
  readonly progress?: (done: number) => void
}

export const boost = ({ columns, yes }: Rows, options: TreeOptions): Trees => {
  const { least, trees = TREES, leaves = LEAVES, progress } = options
  const cut = columns.map(column => binned(column, thresholdsOf(column, least)))
  const share = yes.reduce((sum, each) => sum + each, 0) / yes.length
  const base = log(share / (1 - share))
  const [scores, gradients, hessians] = [0, 1, 2].map(() => new Float64Array(yes.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  scores.fill(base)
  const all = Int32Array.from(yes.keys())
  const grown: Tree[] = []
  for (let i = 0; i < trees; i++) {
    for (const row of all) {
      const p = probabilityOf(scores[row] as number)
      gradients[row] = p - (yes[row] as number)
      hessians[row] = p * (1 - p)
    }
    const tree = grow({ columns: cut, gradients, hessians, leaves, least, ridge: RIDGE }, all)
    grown.push(tree)
    for (const { rows, value } of leavesOf(tree)) for (const row of rows) (scores[row] as number) += RATE * value
    progress?.((i + 1) / trees)
  }
  return flat(grown, columns.length, base, RATE)
}
