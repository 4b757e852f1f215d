/** Clusters that Ward's tree is cut into, as centroids: a device knows no tree. */

import { load } from '../kernels/loaded.ts'
import { sample, seeded } from '../random.ts'
import { withElbow } from './choice.ts'
import { type Clustered, createJudge, type KmeansOptions, type Progress, pick } from './kmeans.ts'
import { fitOf } from './means.ts'
import { type Points, partOf } from './points.ts'
import { cut, type Merge, ward } from './ward.ts'

export interface Dendrogram {
  /** Rows that the tree is of: a sample where there are more than 5,000. */
  readonly rows: number
  /**
   * The highest merges, the lowest of them first. `left` and `right` below `leaves` are leaves (branches of `sizes` rows that are
   * not told apart), above it the merge of that number less `leaves`.
   */
  readonly merges: readonly Pick<Merge, 'left' | 'right' | 'height'>[]
  /** Rows of each leaf. */
  readonly sizes: readonly number[]
}

/** Its memory grows with the square: 100 MB here. */
const MOST_ROWS = 5000
const PURPOSE = 0x7a4d
/** Merges that a picture has room for. */
const DRAWN = 30

const dendrogram = (merges: readonly Merge[]): Dendrogram => {
  const n = merges.length + 1
  const drawn = merges.slice(-DRAWN)
  const first = n + merges.length - drawn.length
  const numbers = new Map<number, number>()
  const sizes: number[] = []
  for (const branch of drawn.flatMap(({ left, right }) => [left, right])) {
    if (branch >= first) continue
    numbers.set(branch, sizes.length)
    sizes.push(branch < n ? 1 : (merges[branch - n]?.size ?? 1))
  }
  const number = (branch: number): number => numbers.get(branch) ?? sizes.length + branch - first
  return {
    rows: n,
    merges: drawn.map(({ left, right, height }) => ({
      left: number(left),
      right: number(right),
      height: Number(height.toPrecision(4)),
    })),
    sizes,
  }
}

/** @throws ParseError where no k gives clusters that are large enough */
export const byTree = (
  points: Points,
  options: KmeansOptions,
  progress?: Progress,
): Clustered & { readonly dendrogram: Dendrogram } => {
  const all = Array.from({ length: points.n }, (_, i) => i)
  const sampled = points.n > MOST_ROWS
  const rows = sampled ? sample(all, MOST_ROWS, seeded(options.seed, PURPOSE)).sort((a, b) => a - b) : all
  const part = sampled ? partOf(points, rows) : points
  progress?.(0, 'growing the tree')
  const merges = ward(part)
  const judge = createJudge(load(part), options.seed, Math.max(...options.ks))
  const fits = options.ks.map(k => fitOf(part, cut(merges, k), k))
  const tried = fits.map((fit, i) => {
    progress?.(0.5 + i / fits.length / 2, `judging, k = ${options.ks[i]}`)
    return judge(fit)
  })
  // Of a sample so many rows stand for as many more.
  const minimumSize = Math.ceil((options.minimumSize * part.n) / points.n)
  const found = pick(fits, withElbow(tried), { ...options, minimumSize })
  const labels = new Int32Array(points.n).fill(-1)
  rows.forEach((row, i) => {
    labels[row] = found.fit.labels[i] as number
  })
  return { ...found, fit: { ...found.fit, labels }, dendrogram: dendrogram(merges) }
}
