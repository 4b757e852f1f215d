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
  /** The features that a split may use, drawn anew for each; all where it is absent. */
  readonly draw?: () => readonly number[]
}

/** Sums of a node by feature and bin: gradient, hessian, rows. Empty for features that were not drawn. */
type Sums = readonly Float64Array[]
const WIDTH = 3
const NONE = new Float64Array(0)

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

const ofRows = (values: Float64Array, rows: Int32Array): Float64Array => {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number
  return picked
}

const addUp = ({ of, thresholds }: Bins, rows: Int32Array, gradients: Float64Array, hessians: Float64Array) => {
  const sums = new Float64Array((thresholds.length + 1) * WIDTH)
  for (let i = 0; i < rows.length; i++) {
    const at = (of[rows[i] as number] as number) * WIDTH
    ;(sums[at] as number) += gradients[i] as number
    ;(sums[at + 1] as number) += hessians[i] as number
    ;(sums[at + 2] as number) += 1
  }
  return sums
}

const sumsOf = ({ columns, gradients, hessians, draw }: Growth, rows: Int32Array): Sums => {
  const [g, h] = [ofRows(gradients, rows), ofRows(hessians, rows)]
  const drawn = draw?.()
  return columns.map((column, feature) =>
    (drawn && !drawn.includes(feature)) || !column.thresholds.length ? NONE : addUp(column, rows, g, h),
  )
}

const without = (whole: Float64Array, part: Float64Array): Float64Array => {
  const left = new Float64Array(whole.length)
  for (let i = 0; i < whole.length; i++) left[i] = (whole[i] as number) - (part[i] as number)
  return left
}

const gainOf = (gradient: number, hessian: number, ridge: number): number => (gradient * gradient) / (hessian + ridge)

/** Below this a gain is the noise of rounded sums. */
const LEAST_GAIN = 1e-9

const bestSplit = (growth: Growth, { rows, sums, gradient, hessian }: Omit<Node, 'best'>): Best | undefined => {
  const { least, ridge } = growth
  if (rows.length < 2 * least) return undefined
  const whole = gainOf(gradient, hessian, ridge)
  let best: Best | undefined
  sums.forEach((own, feature) => {
    let [g, h, n] = [0, 0, 0]
    for (let bin = 0; (bin + 1) * WIDTH < own.length; bin++) {
      g += own[bin * WIDTH] as number
      h += own[bin * WIDTH + 1] as number
      n += own[bin * WIDTH + 2] as number
      if (n < least) continue
      if (rows.length - n < least) break
      const gain = gainOf(g, h, ridge) + gainOf(gradient - g, hessian - h, ridge) - whole
      if (gain > (best?.gain ?? LEAST_GAIN)) best = { feature, bin, gain }
    }
  })
  return best
}

const nodeOf = (growth: Growth, rows: Int32Array, sums: Sums): Node => {
  let [gradient, hessian] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    gradient += growth.gradients[rows[i] as number] as number
    hessian += growth.hessians[rows[i] as number] as number
  }
  const node = { rows, sums, gradient, hessian }
  return { ...node, best: bestSplit(growth, node) }
}

/** Rows at most, and above, a bin. */
const parted = ({ of }: Bins, rows: Int32Array, bin: number): readonly [Int32Array, Int32Array] => {
  const sides = new Int32Array(rows.length)
  let [low, high] = [0, rows.length]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if ((of[row] as number) <= bin) sides[low++] = row
    else sides[--high] = row
  }
  return [sides.subarray(0, low), sides.subarray(low).reverse()]
}

/** The two sides of a node's best split. Where all features are summed, the larger is what the smaller leaves of the whole. */
const cut = (growth: Growth, node: Node, { feature, bin }: Best): readonly [Node, Node] => {
  const [low, high] = parted(growth.columns[feature] as Bins, node.rows, bin)
  const isLowSmaller = low.length <= high.length
  const smaller = sumsOf(growth, isLowSmaller ? low : high)
  const larger = growth.draw
    ? sumsOf(growth, isLowSmaller ? high : low)
    : node.sums.map((whole, i) => without(whole, smaller[i] as Float64Array))
  const [lows, highs] = isLowSmaller ? [smaller, larger] : [larger, smaller]
  return [nodeOf(growth, low, lows), nodeOf(growth, high, highs)]
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
