/** Grows one tree on binned columns, the split that gains most first. Boosting and forests both use it. */

import type { Bins } from './bins.ts'

export interface Leaf {
  /** Rows that come to it. */
  readonly rows: Int32Array
  /** Sum of gradients over the sum of hessians and the ridge, below zero: what lowers the loss. */
  readonly value: number
}

export interface Split {
  readonly feature: number
  /** What is at most this threshold goes low. */
  readonly threshold: number
  readonly gain: number
  readonly low: Tree
  readonly high: Tree
}

export type Tree = Leaf | Split

export const isSplit = (tree: Tree): tree is Split => 'feature' in tree

export interface Growth {
  readonly columns: readonly Bins[]
  readonly gradients: Float64Array
  readonly hessians: Float64Array
  readonly leaves: number
  /** Rows that a leaf holds at least: a leaf never speaks of fewer people. */
  readonly least: number
  /** Added to the hessians of a leaf: the larger, the nearer to zero leaves stay. */
  readonly ridge: number
  /** The features that a split may use; all where it is absent. */
  readonly draw?: () => readonly number[]
}

/** Sums of a node by feature and bin: gradient, hessian, rows. */
type Sums = Float64Array
const WIDTH = 3
const BINS = 256

interface Node {
  readonly rows: Int32Array
  readonly sums: Sums
  readonly gradient: number
  readonly hessian: number
  readonly best: Best | undefined
}

interface Best {
  readonly feature: number
  readonly bin: number
  readonly gain: number
}

const sumsOf = ({ columns, gradients, hessians }: Growth, rows: Int32Array): Sums => {
  const sums = new Float64Array(columns.length * BINS * WIDTH)
  columns.forEach(({ of }, feature) => {
    const from = feature * BINS
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number
      const at = (from + (of[row] as number)) * WIDTH
      ;(sums[at] as number) += gradients[row] as number
      ;(sums[at + 1] as number) += hessians[row] as number
      ;(sums[at + 2] as number) += 1
    }
  })
  return sums
}

const less = (whole: Sums, part: Sums): Sums => whole.map((sum, i) => sum - (part[i] as number))

const gainOf = (gradient: number, hessian: number, ridge: number): number => (gradient * gradient) / (hessian + ridge)

/** Below this a gain is the noise of rounded sums. */
const LEAST_GAIN = 1e-9

const bestSplit = (growth: Growth, { rows, sums, gradient, hessian }: Omit<Node, 'best'>): Best | undefined => {
  const { columns, least, ridge, draw } = growth
  if (rows.length < 2 * least) return undefined
  const whole = gainOf(gradient, hessian, ridge)
  let best: Best | undefined
  for (const feature of draw?.() ?? columns.keys()) {
    let [g, h, n] = [0, 0, 0]
    const cuts = (columns[feature] as Bins).thresholds.length
    for (let bin = 0; bin < cuts; bin++) {
      const at = (feature * BINS + bin) * WIDTH
      g += sums[at] as number
      h += sums[at + 1] as number
      n += sums[at + 2] as number
      if (n < least) continue
      if (rows.length - n < least) break
      const gain = gainOf(g, h, ridge) + gainOf(gradient - g, hessian - h, ridge) - whole
      if (gain > (best?.gain ?? LEAST_GAIN)) best = { feature, bin, gain }
    }
  }
  return best
}

const nodeOf = (growth: Growth, rows: Int32Array, sums: Sums): Node => {
  let [gradient, hessian] = [0, 0]
  for (const row of rows) {
    gradient += growth.gradients[row] as number
    hessian += growth.hessians[row] as number
  }
  const node = { rows, sums, gradient, hessian }
  return { ...node, best: bestSplit(growth, node) }
}

/** The two sides of a node's best split; sums of the larger are what the smaller leaves of the whole. */
const cut = (growth: Growth, node: Node, { feature, bin }: Best): readonly [Node, Node] => {
  const { of } = growth.columns[feature] as Bins
  const low = node.rows.filter(row => (of[row] as number) <= bin)
  const high = node.rows.filter(row => (of[row] as number) > bin)
  const smaller = sumsOf(growth, low.length <= high.length ? low : high)
  const larger = less(node.sums, smaller)
  return low.length <= high.length
    ? [nodeOf(growth, low, smaller), nodeOf(growth, high, larger)]
    : [nodeOf(growth, low, larger), nodeOf(growth, high, smaller)]
}

interface Open {
  node: Node
  sides?: readonly [Open, Open]
}

const treeOf = (growth: Growth, { node, sides }: Open): Tree => {
  if (!sides || !node.best) return { rows: node.rows, value: -node.gradient / (node.hessian + growth.ridge) }
  const { feature, bin, gain } = node.best
  const threshold = (growth.columns[feature] as Bins).thresholds[bin] as number
  return { feature, threshold, gain, low: treeOf(growth, sides[0]), high: treeOf(growth, sides[1]) }
}

/** @param rows those to learn from */
export const grow = (growth: Growth, rows: Int32Array): Tree => {
  const root: Open = { node: nodeOf(growth, rows, sumsOf(growth, rows)) }
  const open = [root]
  for (let leaves = 1; leaves < growth.leaves; leaves++) {
    const next = open.reduce((a, b) => ((b.node.best?.gain ?? 0) > (a.node.best?.gain ?? 0) ? b : a))
    if (!next.node.best) break
    const [low, high] = cut(growth, next.node, next.node.best)
    next.sides = [{ node: low }, { node: high }]
    open.splice(open.indexOf(next), 1, ...next.sides)
  }
  return treeOf(growth, root)
}

/** Everything that hangs on a tree. */
export const leavesOf = (tree: Tree): readonly Leaf[] =>
  isSplit(tree) ? [...leavesOf(tree.low), ...leavesOf(tree.high)] : [tree]
