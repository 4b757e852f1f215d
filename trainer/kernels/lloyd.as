// One pass of Lloyd's algorithm: eight points against four centroids at a time, in 32 bits; sums in 64.

/**
 * Copies points into tiles of eight: for each feature, the number of eight points side by side, in 32 bits.
 * @param points n x d, 64 bits; what is missing to whole tiles is left as it is
 * @param norms receives the length of each point
 */
export function tile(points: usize, n: i32, d: i32, tiles: usize, norms: usize): void {
  const row = <usize>d << 3
  for (let i = 0; i < n; i++) {
    let from = points + <usize>i * row
    let to = tiles + (((<usize>(i >> 3) * d) << 5) + ((i & 7) << 2))
    for (const stop = from + row; from < stop; from += 8) {
      store<f32>(to, <f32>load<f64>(from))
      to += 32
    }
  }
  let x = tiles
  for (let first = 0; first < n; first += 8) {
    let low = f32x4.splat(0)
    let high = low
    for (const stop = x + (<usize>d << 5); x < stop; x += 32) {
      low = f32x4.add(low, f32x4.mul(v128.load(x), v128.load(x)))
      high = f32x4.add(high, f32x4.mul(v128.load(x, 16), v128.load(x, 16)))
    }
    v128.store(norms + (<usize>first << 2), f32x4.sqrt(low))
    v128.store(norms + (<usize>first << 2), f32x4.sqrt(high), 16)
  }
}

/** The nearest centroid in 64 bits, in the order in which `core` adds: the first of equals. */
function nearest(point: usize, centers: usize, k: i32, d: i32): i32 {
  let best = Infinity
  let at = 0
  for (let c = 0; c < k; c++) {
    const center = centers + ((<usize>c * d) << 3)
    let sum = 0.0
    for (let j: usize = 0; j < <usize>d; j++) {
      const difference = load<f64>(point + (j << 3)) - load<f64>(center + (j << 3))
      sum += difference * difference
    }
    if (sum < best) {
      best = sum
      at = c
    }
  }
  return at
}

function add(point: usize, sum: usize, d: i32): void {
  for (let j: usize = 0; j < <usize>d; j++)
    store<f64>(sum + (j << 3), load<f64>(sum + (j << 3)) + load<f64>(point + (j << 3)))
}

function take(point: usize, sum: usize, d: i32): void {
  for (let j: usize = 0; j < <usize>d; j++)
    store<f64>(sum + (j << 3), load<f64>(sum + (j << 3)) - load<f64>(point + (j << 3)))
}

/** Sums and counts afresh, in the order of the points. */
export function sum(points: usize, n: i32, d: i32, k: i32, labels: usize, sums: usize, counts: usize): void {
  memory.fill(sums, 0, (<usize>k * d) << 3)
  memory.fill(counts, 0, <usize>k << 2)
  for (let i = 0; i < n; i++) {
    const label = <usize>load<i32>(labels + (<usize>i << 2))
    add(points + ((<usize>i * d) << 3), sums + ((label * d) << 3), d)
    store<i32>(counts + (label << 2), load<i32>(counts + (label << 2)) + 1)
  }
}

/** The sum of squared distances to the own centroid, in the order of the points. */
export function inertia(points: usize, n: i32, d: i32, centers: usize, labels: usize): f64 {
  let total = 0.0
  for (let i = 0; i < n; i++) {
    const point = points + ((<usize>i * d) << 3)
    const center = centers + ((<usize>load<i32>(labels + (<usize>i << 2)) * d) << 3)
    let sum = 0.0
    for (let j: usize = 0; j < <usize>d; j++) {
      const difference = load<f64>(point + (j << 3)) - load<f64>(center + (j << 3))
      sum += difference * difference
    }
    total += sum
  }
  return total
}

/**
 * Gives each point the label of its nearest centroid, and keeps sums and counts as labels change. A point whose two nearest are
 * closer than 32 bits can tell is decided in 64.
 * @param centers k x d, 64 bits
 * @param blocks the same in 32 bits, four side by side; @param halves half of each one's squared length, infinite for padding
 * @param unit what rounding may do to a score, relative; @param longest length of the longest centroid
 * @param gaps how far centroids may move before a label in a tile can change; 0 at first. One number a tile
 * @param moved how far two centroids have moved towards each other at most since the last pass
 * @param labels of n up to the next eight; -1 at first
 * @param scratch 64 bytes
 * @returns how many labels changed
 */
export function pass(
  points: usize, tiles: usize, norms: usize, n: i32, d: i32, k: i32,
  centers: usize, blocks: usize, halves: usize, unit: f32, longest: f32, gaps: usize, moved: f32,
  labels: usize, sums: usize, counts: usize, scratch: usize,
): i32 {
  let changed = 0
  const width = <usize>d << 5
  const fours = (k + 3) >> 2
  const slack = f32x4.splat(unit * longest * longest)
  const reach = f32x4.splat(unit * longest)
  const less = f32x4.splat(1 - unit)
  const more = f32x4.splat(1 + unit)
  let tile = tiles - width
  for (let first = 0; first < n; first += 8) {
    tile += width
    const gap = load<f32>(gaps + (<usize>first >> 1)) - moved
    if (gap > 0) {
      store<f32>(gaps + (<usize>first >> 1), gap)
      continue
    }
    let best0 = f32x4.splat(Infinity)
    let best1 = best0
    let second0 = best0
    let second1 = best0
    let at0 = i32x4.splat(0)
    let at1 = at0
    let center = blocks
    for (let four = 0; four < fours; four++) {
      const half = halves + (<usize>four << 4)
      let a0 = v128.load32_splat(half)
      let b0 = v128.load32_splat(half, 4)
      let c0 = v128.load32_splat(half, 8)
      let d0 = v128.load32_splat(half, 12)
      let a1 = a0
      let b1 = b0
      let c1 = c0
      let d1 = d0
      for (let x = tile, stop = tile + width; x < stop; x += 32) {
        const x0 = v128.load(x)
        const x1 = v128.load(x, 16)
        const a = v128.load32_splat(center)
        a0 = f32x4.sub(a0, f32x4.mul(x0, a))
        a1 = f32x4.sub(a1, f32x4.mul(x1, a))
        const b = v128.load32_splat(center, 4)
        b0 = f32x4.sub(b0, f32x4.mul(x0, b))
        b1 = f32x4.sub(b1, f32x4.mul(x1, b))
        const c = v128.load32_splat(center, 8)
        c0 = f32x4.sub(c0, f32x4.mul(x0, c))
        c1 = f32x4.sub(c1, f32x4.mul(x1, c))
        const e = v128.load32_splat(center, 12)
        d0 = f32x4.sub(d0, f32x4.mul(x0, e))
        d1 = f32x4.sub(d1, f32x4.mul(x1, e))
        center += 16
      }
      const index = i32x4.splat(four << 2)
      at0 = v128.bitselect(index, at0, f32x4.lt(a0, best0))
      at1 = v128.bitselect(index, at1, f32x4.lt(a1, best1))
      second0 = f32x4.pmin(second0, f32x4.pmax(best0, a0))
      second1 = f32x4.pmin(second1, f32x4.pmax(best1, a1))
      best0 = f32x4.pmin(best0, a0)
      best1 = f32x4.pmin(best1, a1)
      const next = i32x4.add(index, i32x4.splat(1))
      at0 = v128.bitselect(next, at0, f32x4.lt(b0, best0))
      at1 = v128.bitselect(next, at1, f32x4.lt(b1, best1))
      second0 = f32x4.pmin(second0, f32x4.pmax(best0, b0))
      second1 = f32x4.pmin(second1, f32x4.pmax(best1, b1))
      best0 = f32x4.pmin(best0, b0)
      best1 = f32x4.pmin(best1, b1)
      const third = i32x4.add(index, i32x4.splat(2))
      at0 = v128.bitselect(third, at0, f32x4.lt(c0, best0))
      at1 = v128.bitselect(third, at1, f32x4.lt(c1, best1))
      second0 = f32x4.pmin(second0, f32x4.pmax(best0, c0))
      second1 = f32x4.pmin(second1, f32x4.pmax(best1, c1))
      best0 = f32x4.pmin(best0, c0)
      best1 = f32x4.pmin(best1, c1)
      const fourth = i32x4.add(index, i32x4.splat(3))
      at0 = v128.bitselect(fourth, at0, f32x4.lt(d0, best0))
      at1 = v128.bitselect(fourth, at1, f32x4.lt(d1, best1))
      second0 = f32x4.pmin(second0, f32x4.pmax(best0, d0))
      second1 = f32x4.pmin(second1, f32x4.pmax(best1, d1))
      best0 = f32x4.pmin(best0, d0)
      best1 = f32x4.pmin(best1, d1)
    }
    const lengths = norms + (<usize>first << 2)
    const before = labels + (<usize>first << 2)
    const length0 = v128.load(lengths)
    const length1 = v128.load(lengths, 16)
    const off0 = f32x4.add(slack, f32x4.mul(reach, length0))
    const off1 = f32x4.add(slack, f32x4.mul(reach, length1))
    const certain0 = f32x4.ge(f32x4.sub(second0, best0), f32x4.add(off0, off0))
    const certain1 = f32x4.ge(f32x4.sub(second1, best1), f32x4.add(off1, off1))
    // A score is half of a squared distance, less the point's own squared length.
    const square0 = f32x4.mul(length0, length0)
    const square1 = f32x4.mul(length1, length1)
    const far0 = f32x4.sqrt(f32x4.add(f32x4.mul(f32x4.splat(2), f32x4.sub(second0, off0)), f32x4.mul(square0, less)))
    const far1 = f32x4.sqrt(f32x4.add(f32x4.mul(f32x4.splat(2), f32x4.sub(second1, off1)), f32x4.mul(square1, less)))
    const near0 = f32x4.sqrt(f32x4.add(f32x4.mul(f32x4.splat(2), f32x4.add(best0, off0)), f32x4.mul(square0, more)))
    const near1 = f32x4.sqrt(f32x4.add(f32x4.mul(f32x4.splat(2), f32x4.add(best1, off1)), f32x4.mul(square1, more)))
    v128.store(scratch, f32x4.min(f32x4.sub(far0, near0), f32x4.sub(far1, near1)))
    // No number among them stays none: then nothing is sure.
    store<f32>(gaps + (<usize>first >> 1), min(min(load<f32>(scratch), load<f32>(scratch, 4)), min(load<f32>(scratch, 8), load<f32>(scratch, 12))))
    const same0 = v128.and(certain0, i32x4.eq(at0, v128.load(before)))
    const same1 = v128.and(certain1, i32x4.eq(at1, v128.load(before, 16)))
    let open = ~(i32x4.bitmask(same0) | (i32x4.bitmask(same1) << 4)) & 255
    if (open == 0) continue
    const certain = i32x4.bitmask(certain0) | (i32x4.bitmask(certain1) << 4)
    v128.store(scratch, at0)
    v128.store(scratch, at1, 16)
    for (; open; open &= open - 1) {
      const lane = ctz(open)
      const i = first + lane
      if (i >= n) break
      const point = points + ((<usize>i * d) << 3)
      const label = (certain >> lane) & 1 ? load<i32>(scratch + (<usize>lane << 2)) : nearest(point, centers, k, d)
      const slot = labels + (<usize>i << 2)
      const old = load<i32>(slot)
      if (label == old) continue
      changed++
      store<i32>(slot, label)
      add(point, sums + ((<usize>label * d) << 3), d)
      store<i32>(counts + (<usize>label << 2), load<i32>(counts + (<usize>label << 2)) + 1)
      if (old < 0) continue
      take(point, sums + ((<usize>old * d) << 3), d)
      store<i32>(counts + (<usize>old << 2), load<i32>(counts + (<usize>old << 2)) - 1)
    }
  }
  return changed
}
