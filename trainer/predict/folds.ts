/** Rows dealt into folds: each fold is predicted by what was learned from others. */

import { hashOf } from '../random.ts'

export interface Fold {
  readonly training: readonly number[]
  readonly test: readonly number[]
}

const PURPOSE = 0xf01d

const byHash = (items: readonly number[], seed: number): number[] =>
  items
    .map(item => ({ item, lot: hashOf(seed, PURPOSE, item) }))
    .sort((a, b) => a.lot - b.lot || a.item - b.item)
    .map(({ item }) => item)

/** @param of the fold of each row */
const foldsFrom = (of: readonly number[], count: number): Fold[] =>
  Array.from({ length: count }, (_, fold) => ({
    training: [...of.keys()].filter(row => of[row] !== fold),
    test: [...of.keys()].filter(row => of[row] === fold),
  }))

/** Each fold has its share of those it happened to, and of the others. */
export const stratified = (yes: Uint8Array, count: number, seed: number): Fold[] => {
  const of = new Array<number>(yes.length).fill(0)
  for (const wanted of [0, 1]) {
    const rows = [...yes.keys()].filter(row => yes[row] === wanted)
    byHash(rows, seed).forEach((row, i) => {
      of[row] = i % count
    })
  }
  return foldsFrom(of, count)
}

/** All rows of a group fall into one fold, so that nobody is predicted from their own other rows. */
export const grouped = (groups: readonly string[], count: number, seed: number): Fold[] => {
  const names = [...new Set(groups)]
  const place = new Map(byHash([...names.keys()], seed).map((name, i) => [names[name] as string, i % count]))
  return foldsFrom(
    groups.map(group => place.get(group) as number),
    count,
  )
}

/** The rows of each stretch of time are predicted from all earlier ones; the first stretch only teaches. */
export const byTime = (times: readonly number[], count: number): Fold[] => {
  const order = [...times.keys()].sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
  const edges = Array.from({ length: count + 2 }, (_, i) => Math.floor((i * order.length) / (count + 1)))
  return Array.from({ length: count }, (_, i) => {
    const test = order.slice(edges[i + 1], edges[i + 2])
    const first = times[test[0] as number] as number
    // What happened in the same instant is not earlier.
    return { training: order.slice(0, edges[i + 1]).filter(row => (times[row] as number) < first), test }
  }).filter(({ training, test }) => training.length && test.length)
}
