// What k-means++ asks of all points, for two candidates at a time, in 64 bits and in the order of `core`.

/**
 * Squared distance of each point to the nearer of what was chosen and a candidate.
 * @param pair d x 2: the two candidates, feature by feature
 * @param before n distances so far, or infinite
 * @param one, other receive n distances each; @param totals receives their two sums
 */
export function nearer(points: usize, n: i32, d: i32, pair: usize, before: usize, one: usize, other: usize, totals: usize): void {
  let total = f64x2.splat(0)
  const width = <usize>d << 3
  let row = points
  for (let i: usize = 0; i < <usize>n << 3; i += 8) {
    let sum = f64x2.splat(0)
    let candidates = pair
    for (const stop = row + width; row < stop; row += 8) {
      const difference = f64x2.sub(v128.load64_splat(row), v128.load(candidates))
      sum = f64x2.add(sum, f64x2.mul(difference, difference))
      candidates += 16
    }
    const least = f64x2.pmin(sum, v128.load64_splat(before + i))
    v128.store64_lane(one + i, least, 0)
    v128.store64_lane(other + i, least, 1)
    total = f64x2.add(total, least)
  }
  v128.store(totals, total)
}

/** Index of the point in which `target` falls, when each is as wide as its weight. */
export function drawn(weights: usize, n: i32, target: f64): i32 {
  let left = target
  let last = 0
  for (let i = 0; i < n; i++) {
    const weight = load<f64>(weights + (<usize>i << 3))
    if (weight == 0) continue
    left -= weight
    last = i
    if (left < 0) return i
  }
  return last
}
