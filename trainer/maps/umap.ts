/**
 * UMAP (McInnes, Healy & Melville 2018), in arithmetic that every engine does alike: the usual implementations raise to powers of
 * 0.895, which engines do differently. With the exponent at 1 the curve is within 0.03 of theirs.
 */

import { exp, log } from '../../core/elementary.ts'
import { seeded } from '../random.ts'
import { type Neighbours, type Pairs, paired, solved } from './neighbours.ts'
import type { Place } from './place.ts'

export const UMAP_NEIGHBOURS = 15
const EPOCHS = 300
/** Points pushed away for each one pulled near. */
const PUSHED = 5
/** Of 1 / (1 + A x^2), which is fitted to a least distance of 0.1. */
const A = 1.6
/** No step is longer, in the map's unit. */
const LONGEST = 4
const PURPOSE = 0x0a9

/** How much each neighbour is one: 1 for the nearest, falling so that they add up to log2(m). */
const memberships = ({ m, indices, distances }: Neighbours): Float64Array => {
  const wanted = log(m) / log(2)
  const weights = new Float64Array(indices.length)
  for (let first = 0; first < indices.length; first += m) {
    const own = distances.subarray(first, first + m)
    const nearest = own.find(distance => distance > 0) ?? 0
    const of = (width: number): Float64Array => own.map(x => (x > nearest ? exp((nearest - x) / width) : 1))
    const width = solved(x => of(x).reduce((sum, each) => sum + each, 0), wanted)
    weights.set(of(width), first)
  }
  return weights
}

const clipped = (x: number): number => Math.max(-LONGEST, Math.min(LONGEST, x))

/** @param start where points lie at first, about 10 across */
export const umap = (
  neighbours: Neighbours,
  start: readonly Place[],
  seed: number,
  progress?: (done: number) => void,
) => {
  const pairs: Pairs = paired(neighbours, memberships(neighbours), (a, b) => a + b - a * b)
  const n = start.length
  const random = seeded(seed, PURPOSE)
  const place = Float64Array.from(start.flat())
  const strongest = pairs.weights.reduce((a, b) => Math.max(a, b), 0)
  // A pair is pulled in a share of the epochs that is its weight's share of the strongest.
  const every = pairs.weights.map(weight => strongest / weight)
  const next = every.slice()
  let rate = 1

  const pull = (i: number, j: number): void => {
    const x = (place[2 * i] as number) - (place[2 * j] as number)
    const y = (place[2 * i + 1] as number) - (place[2 * j + 1] as number)
    const by = (-2 * A) / (1 + A * (x * x + y * y))
    const [dx, dy] = [rate * clipped(by * x), rate * clipped(by * y)]
    place[2 * i] = (place[2 * i] as number) + dx
    place[2 * i + 1] = (place[2 * i + 1] as number) + dy
    place[2 * j] = (place[2 * j] as number) - dx
    place[2 * j + 1] = (place[2 * j + 1] as number) - dy
  }

  const push = (i: number, j: number): void => {
    if (i === j) return
    const x = (place[2 * i] as number) - (place[2 * j] as number)
    const y = (place[2 * i + 1] as number) - (place[2 * j + 1] as number)
    const square = x * x + y * y
    const by = 2 / ((0.001 + square) * (1 + A * square))
    place[2 * i] = (place[2 * i] as number) + rate * (square > 0 ? clipped(by * x) : LONGEST)
    place[2 * i + 1] = (place[2 * i + 1] as number) + rate * (square > 0 ? clipped(by * y) : LONGEST)
  }

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    rate = 1 - epoch / EPOCHS
    for (let p = 0; p < every.length; p++) {
      if ((next[p] as number) > epoch) continue
      next[p] = (next[p] as number) + (every[p] as number)
      const [i, j] = [pairs.from[p] as number, pairs.to[p] as number]
      pull(i, j)
      for (let k = 0; k < PUSHED; k++) push(i, Math.floor(random() * n))
      for (let k = 0; k < PUSHED; k++) push(j, Math.floor(random() * n))
    }
    if (epoch % 10 === 0) progress?.(epoch / EPOCHS)
  }
  return Array.from({ length: n }, (_, i): Place => [place[2 * i] as number, place[2 * i + 1] as number])
}
