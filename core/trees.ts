/** A sum over decision trees in whole numbers, so that it comes out the same in any order and on every engine. */

/**
 * Each tree is a flat list of pairs, a split before what hangs on it: `feature, threshold` (the feature counted from 1, the
 * threshold by its place in `thresholds[feature - 1]`), then all of the side that is at most the threshold, then all of the side
 * above it; a leaf is `0, value`.
 */
export interface Trees {
  readonly method: 'trees'
  /** Raw numbers that features are compared with, ascending, a list for each feature. */
  readonly thresholds: readonly (readonly number[])[]
  readonly trees: readonly (readonly number[])[]
  /** Log-odds: base + unit x the sum of the leaves. */
  readonly base: number
  readonly unit: number
}

/** The place behind the tree that starts at `at`. */
export const behind = (tree: readonly number[], at: number): number => {
  for (let open = 1; open > 0; at += 2) open += tree[at] ? 1 : -1
  return at
}

/** The leaf that `raws` comes to. */
const leafOf = ({ thresholds }: Trees, tree: readonly number[], raws: readonly number[]): number => {
  let at = 0
  for (let feature = tree[0] as number; feature; feature = tree[at] as number) {
    const most = thresholds[feature - 1]?.[tree[at + 1] as number] as number
    at = (raws[feature - 1] as number) > most ? behind(tree, at + 2) : at + 2
  }
  return tree[at + 1] as number
}

/** @param raws raw numbers in the order of the segmentation's features */
export const treesScore = (it: Trees, raws: readonly number[]): number => {
  let sum = 0
  for (const tree of it.trees) sum += leafOf(it, tree, raws)
  return it.base + it.unit * sum
}
