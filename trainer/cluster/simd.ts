/** K-Means in WebAssembly. Whatever 32 bits cannot tell for certain is decided in 64, so that labels are those of the reference. */

import { HALF_ULP, type Loaded } from '../kernels/loaded.ts'
import type { Engine, Fit } from './engine.ts'
import { pointAt } from './points.ts'
import { MOST_ITERATIONS } from './reference.ts'
import { startsBy, type Weigher } from './starts.ts'

interface Room {
  readonly centers: number
  readonly blocks: number
  readonly halves: number
  readonly sums: number
  readonly counts: number
}

const BLOCK = 4

const roomFor = ({ kernel, d }: Loaded, k: number): Room => {
  const padded = Math.ceil(k / BLOCK) * BLOCK
  return {
    centers: kernel.take(8 * k * d),
    blocks: kernel.take(4 * padded * d),
    halves: kernel.take(4 * padded),
    sums: kernel.take(8 * k * d),
    counts: kernel.take(4 * k),
  }
}

/** Puts the centroids in 32 bits beside themselves. @returns the length of the longest */
const spread = ({ kernel, d }: Loaded, { centers, blocks, halves }: Room, k: number): number => {
  const padded = Math.ceil(k / BLOCK) * BLOCK
  const [from, to, half] = [kernel.f64(centers, k * d), kernel.f32(blocks, padded * d), kernel.f32(halves, padded)]
  half.fill(Infinity)
  let longest = 0
  for (let c = 0; c < k; c++) {
    let square = 0
    for (let j = 0; j < d; j++) {
      const x = from[c * d + j] as number
      square += x * x
      to[(Math.floor(c / BLOCK) * d + j) * BLOCK + (c % BLOCK)] = x
    }
    half[c] = square / 2
    longest = Math.max(longest, Math.sqrt(square))
  }
  return longest
}

/** Means of the sums; an emptied cluster keeps its centre. @returns how far the two that moved furthest have gone together */
const move = ({ kernel, d }: Loaded, { centers, sums, counts }: Room, k: number): number => {
  const [center, sum, count] = [kernel.f64(centers, k * d), kernel.f64(sums, k * d), kernel.i32(counts, k)]
  let [first, second] = [0, 0]
  for (let c = 0; c < k; c++) {
    const members = count[c] as number
    let square = 0
    for (let at = c * d; members && at < c * d + d; at++) {
      const mean = (sum[at] as number) / members
      square += (mean - (center[at] as number)) * (mean - (center[at] as number))
      center[at] = mean
    }
    if (square > first) [first, second] = [square, first]
    else if (square > second) second = square
  }
  return Math.sqrt(first) + Math.sqrt(second)
}

const createFit = (loaded: Loaded) => {
  const { kernel, n, d, padded, points, tiles, norms } = loaded
  const labels = kernel.take(4 * padded)
  const gaps = kernel.take(padded / 2)
  const scratch = kernel.take(64)
  // Of all roundings on the way to a score, d + 5 at most, each is half a unit of what is added up there.
  const unit = 2 * (d + 5) * HALF_ULP
  const rooms = new Map<number, Room>()
  const pass = (room: Room, k: number, moved: number): number => {
    const longest = spread(loaded, room, k)
    const { centers, blocks, halves, sums, counts } = room
    const given = [points, tiles, norms, n, d, k, centers, blocks, halves, unit, longest]
    return kernel.pass(...given, gaps, moved * (1 + unit), labels, sums, counts, scratch)
  }
  return (from: readonly (readonly number[])[]): Fit => {
    const k = from.length
    const room = rooms.get(k) ?? roomFor(loaded, k)
    rooms.set(k, room)
    const { centers, sums, counts } = room
    kernel.f64(centers, k * d).set(from.flat())
    kernel.f64(sums, k * d).fill(0)
    kernel.i32(counts, k).fill(0)
    kernel.i32(labels, padded).fill(-1)
    kernel.f32(gaps, padded / 8).fill(0)
    let [iterations, moved] = [0, 0]
    for (;;) {
      iterations++
      if (pass(room, k, moved)) {
        moved = move(loaded, room, k)
        if (moved && iterations < MOST_ITERATIONS) continue
      }
      // Sums that were kept up by adding and taking are off in the last bit: the last word have sums in order.
      kernel.sum(points, n, d, k, labels, sums, counts)
      moved = move(loaded, room, k)
      if (!moved || !pass(room, k, moved) || iterations >= MOST_ITERATIONS) break
      moved = move(loaded, room, k)
    }
    const found = kernel.f64(centers, k * d)
    return {
      centroids: Array.from({ length: k }, (_, c) => [...found.subarray(c * d, c * d + d)]),
      labels: kernel.i32(labels, n).slice(),
      inertia: kernel.inertia(points, n, d, centers, labels),
      iterations,
    }
  }
}

const weigher = ({ kernel, source, n, d, points: at }: Loaded): Weigher<number> => {
  // The kernel weighs two candidates at once.
  const pair = kernel.take(16 * d)
  const totals = kernel.take(16)
  const never = kernel.take(8 * n)
  kernel.f64(never, n).fill(Infinity)
  const free: number[] = []
  const row = (): number => free.pop() ?? kernel.take(8 * n)
  return {
    nearer: (candidates, before) =>
      candidates.flatMap((candidate, i) => {
        if (i % 2) return []
        const other = candidates[i + 1]
        const [a, b] = [pointAt(source, candidate), pointAt(source, other ?? candidate)]
        const rows = [row(), row()] as const
        kernel.f64(pair, 2 * d).set(a.flatMap((x, j) => [x, b[j] as number]))
        kernel.nearer(at, n, d, pair, before ?? never, ...rows, totals)
        const [one = 0, two = 0] = kernel.f64(totals, 2)
        if (other === undefined) free.push(rows[1])
        const weighed = { weights: rows[0], total: one }
        return other === undefined ? [weighed] : [weighed, { weights: rows[1], total: two }]
      }),
    drawn: (weights, target) => kernel.drawn(weights, n, target),
    done: weights => free.push(weights),
  }
}

export const simd = (loaded: Loaded): Engine => {
  const weighs = weigher(loaded)
  return { starts: (k, random) => startsBy(weighs, loaded.source, k, random), fit: createFit(loaded) }
}
