/** Grown trees as the model file has them: whole numbers of one unit, and thresholds by their place in a list. */

import type { Trees } from '../../core/trees.ts'
import { rounded } from '../scale.ts'
import { isSplit, leavesOf, type Tree } from './grow.ts'

/** Leaves of three digits: what rounding moves is far below what chance does. */
const LARGEST_LEAF = 999

const splitsOf = (tree: Tree): readonly { readonly feature: number; readonly threshold: number }[] =>
  isSplit(tree) ? [tree, ...splitsOf(tree.low), ...splitsOf(tree.high)] : []

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b)

/**
 * @param d features
 * @param factor what a leaf's value is multiplied by
 */
export const flat = (grown: readonly Tree[], d: number, base: number, factor: number): Trees => {
  const splits = grown.flatMap(splitsOf)
  const thresholds = Array.from({ length: d }, (_, feature) =>
    ascending(splits.filter(split => split.feature === feature).map(({ threshold }) => threshold)),
  )
  const values = grown.flatMap(leavesOf).map(({ value }) => Math.abs(value * factor))
  const unit = rounded(values.reduce((most, value) => Math.max(most, value), 1e-9) / LARGEST_LEAF)
  const pairs = (tree: Tree): number[] => {
    if (!isSplit(tree)) return [0, Math.floor((tree.value * factor) / unit + 0.5) + 0]
    const at = thresholds[tree.feature]?.indexOf(tree.threshold) as number
    return [tree.feature + 1, at, ...pairs(tree.low), ...pairs(tree.high)]
  }
  return { method: 'trees', thresholds, trees: grown.map(pairs), base: rounded(base), unit }
}
