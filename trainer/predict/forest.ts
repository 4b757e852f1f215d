/** A random forest (Breiman 2001) by the same grower: trees on drawn rows, each split among a few drawn features. */

import type { Trees } from '../../core/trees.ts'
import { sample, seeded } from '../random.ts'
import { binned, thresholdsOf } from './bins.ts'
import type { TreeOptions } from './boost.ts'
import { flat } from './flat.ts'
import { grow, type Tree } from './grow.ts'
import type { Rows } from './rows.ts'

const TREES = 100
/** More than boosting's, for no later tree mends what one leaves out; still below 30 kB, compressed. */
const LEAVES = 31

/** As many rows as there are, drawn with putting back: how often each came. */
const drawn = (n: number, random: () => number): Float64Array => {
  const times = new Float64Array(n)
  for (let i = 0; i < n; i++) (times[Math.floor(random() * n)] as number) += 1
  return times
}

/** The sum of leaves is the mean share of yes over the trees; what turns that into a probability is calibration. */
export const forest = ({ columns, yes }: Rows, options: TreeOptions & { readonly seed: number }): Trees => {
  const { least, seed, trees = TREES, leaves = LEAVES, progress } = options
  const cut = columns.map(column => binned(column, thresholdsOf(column, least)))
  const features = [...columns.keys()]
  const few = Math.max(1, Math.floor(Math.sqrt(columns.length) + 0.5))
  const grown: Tree[] = []
  for (let i = 0; i < trees; i++) {
    const random = seeded(seed, i, 0xf0)
    const hessians = drawn(yes.length, random)
    const gradients = hessians.map((times, row) => -times * (yes[row] as number))
    const rows = Int32Array.from(yes.keys()).filter(row => (hessians[row] as number) > 0)
    const draw = () => sample(features, few, random)
    grown.push(grow({ columns: cut, gradients, hessians, leaves, least, ridge: 1e-9, draw }, rows))
    progress?.((i + 1) / trees)
  }
  return flat(grown, columns.length, 0, 1 / trees)
}
