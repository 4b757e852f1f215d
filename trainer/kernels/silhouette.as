// Sums of distances from points to whole clusters. Points lie in tiles of eight, cluster after cluster, each from a new tile on.

/** The four numbers of a vector, added in 64 bits. */
// @ts-ignore: decorator
@inline
function across(sum: v128): f64 {
  const low = f64x2.promote_low_f32x4(sum)
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(sum, sum, 2, 3, 0, 1))
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}

/** Ones for the lanes below `count`. */
// @ts-ignore: decorator
@inline
function below(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count))
}

/** Partial sums in 32 bits go over so few tiles that they lose nothing worth a name. */
const TILES_AT_ONCE: i32 = 16

/**
 * For four points, the sums of their distances to each of the k clusters.
 * @param queries d x 4, 32 bits: the four points, feature by feature
 * @param sizes of the clusters
 * @param sums receives 4 x k, 64 bits
 */
export function towards(tiles: usize, d: i32, k: i32, sizes: usize, queries: usize, sums: usize): void {
  const width = <usize>d << 5
  const stop = queries + (<usize>d << 4)
  let tile = tiles
  for (let c = 0; c < k; c++) {
    let left = load<i32>(sizes + (<usize>c << 2))
    let sum0 = 0.0
    let sum1 = 0.0
    let sum2 = 0.0
    let sum3 = 0.0
    while (left > 0) {
      let part0 = f32x4.splat(0)
      let part1 = part0
      let part2 = part0
      let part3 = part0
      for (let t = 0; t < TILES_AT_ONCE && left > 0; t++) {
        let a0 = f32x4.splat(0)
        let a1 = a0
        let b0 = a0
        let b1 = a0
        let c0 = a0
        let c1 = a0
        let d0 = a0
        let d1 = a0
        let x = tile
        for (let q = queries; q < stop; q += 16) {
          const x0 = v128.load(x)
          const x1 = v128.load(x, 16)
          x += 32
          let y = v128.load32_splat(q)
          let u = f32x4.sub(x0, y)
          a0 = f32x4.add(a0, f32x4.mul(u, u))
          u = f32x4.sub(x1, y)
          a1 = f32x4.add(a1, f32x4.mul(u, u))
          y = v128.load32_splat(q, 4)
          u = f32x4.sub(x0, y)
          b0 = f32x4.add(b0, f32x4.mul(u, u))
          u = f32x4.sub(x1, y)
          b1 = f32x4.add(b1, f32x4.mul(u, u))
          y = v128.load32_splat(q, 8)
          u = f32x4.sub(x0, y)
          c0 = f32x4.add(c0, f32x4.mul(u, u))
          u = f32x4.sub(x1, y)
          c1 = f32x4.add(c1, f32x4.mul(u, u))
          y = v128.load32_splat(q, 12)
          u = f32x4.sub(x0, y)
          d0 = f32x4.add(d0, f32x4.mul(u, u))
          u = f32x4.sub(x1, y)
          d1 = f32x4.add(d1, f32x4.mul(u, u))
        }
        a0 = f32x4.sqrt(a0)
        a1 = f32x4.sqrt(a1)
        b0 = f32x4.sqrt(b0)
        b1 = f32x4.sqrt(b1)
        c0 = f32x4.sqrt(c0)
        c1 = f32x4.sqrt(c1)
        d0 = f32x4.sqrt(d0)
        d1 = f32x4.sqrt(d1)
        if (left < 8) {
          const low = below(left)
          const high = below(left - 4)
          a0 = v128.and(a0, low)
          a1 = v128.and(a1, high)
          b0 = v128.and(b0, low)
          b1 = v128.and(b1, high)
          c0 = v128.and(c0, low)
          c1 = v128.and(c1, high)
          d0 = v128.and(d0, low)
          d1 = v128.and(d1, high)
        }
        part0 = f32x4.add(part0, f32x4.add(a0, a1))
        part1 = f32x4.add(part1, f32x4.add(b0, b1))
        part2 = f32x4.add(part2, f32x4.add(c0, c1))
        part3 = f32x4.add(part3, f32x4.add(d0, d1))
        left -= 8
        tile += width
      }
      sum0 += across(part0)
      sum1 += across(part1)
      sum2 += across(part2)
      sum3 += across(part3)
    }
    const at = sums + (<usize>c << 3)
    const row = <usize>k << 3
    store<f64>(at, sum0)
    store<f64>(at + row, sum1)
    store<f64>(at + 2 * row, sum2)
    store<f64>(at + 3 * row, sum3)
  }
}
