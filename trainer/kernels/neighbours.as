// Who lies near whom: all points against one, eight at a time, in 32 bits; what 32 bits cannot tell, in 64.

/** Squared distance in 64 bits, in the order of `core`. */
function square(a: usize, b: usize, d: i32): f64 {
  let sum = 0.0
  for (let j: usize = 0; j < <usize>d; j++) {
    const difference = load<f64>(a + (j << 3)) - load<f64>(b + (j << 3))
    sum += difference * difference
  }
  return sum
}

/**
 * The points at most sqrt(most) away from point `i`, itself among them.
 * @param slack how far a squared distance in 32 bits may be off there
 * @param found receives their indices in order
 * @returns how many they are
 */
export function within(points: usize, tiles: usize, n: i32, d: i32, i: i32, most: f64, slack: f64, found: usize): i32 {
  const width = <usize>d << 5
  const own = tiles + <usize>(i >> 3) * width + ((i & 7) << 2)
  const point = points + ((<usize>i * d) << 3)
  const sure = f32x4.splat(<f32>(most - slack))
  const possible = f32x4.splat(<f32>(most + slack))
  let count = 0
  let x = tiles
  for (let first = 0; first < n; first += 8) {
    let a = f32x4.splat(0)
    let b = a
    let y = own
    for (const stop = x + width; x < stop; x += 32) {
      const splat = v128.load32_splat(y)
      const u = f32x4.sub(v128.load(x), splat)
      const v = f32x4.sub(v128.load(x, 16), splat)
      a = f32x4.add(a, f32x4.mul(u, u))
      b = f32x4.add(b, f32x4.mul(v, v))
      y += 32
    }
    let near = i32x4.bitmask(f32x4.le(a, possible)) | (i32x4.bitmask(f32x4.le(b, possible)) << 4)
    if (near == 0) continue
    const certain = i32x4.bitmask(f32x4.lt(a, sure)) | (i32x4.bitmask(f32x4.lt(b, sure)) << 4)
    for (; near; near &= near - 1) {
      const lane = ctz(near)
      const j = first + lane
      if (j >= n) break
      if (!((certain >> lane) & 1) && square(point, points + ((<usize>j * d) << 3), d) > most) continue
      store<i32>(found + (<usize>count << 2), j)
      count++
    }
  }
  return count
}

/**
 * The `m` points nearest to point `i`, itself left out, the nearest first; of two equally far, the earlier.
 * @param found receives their indices; @param squares their squared distances in 32 bits
 */
export function nearestTo(tiles: usize, n: i32, d: i32, i: i32, m: i32, found: usize, squares: usize): void {
  const width = <usize>d << 5
  const own = tiles + <usize>(i >> 3) * width + ((i & 7) << 2)
  let have = 0
  let limit = f32x4.splat(Infinity)
  let x = tiles
  for (let first = 0; first < n; first += 8) {
    let a = f32x4.splat(0)
    let b = a
    let y = own
    for (const stop = x + width; x < stop; x += 32) {
      const splat = v128.load32_splat(y)
      const u = f32x4.sub(v128.load(x), splat)
      const v = f32x4.sub(v128.load(x, 16), splat)
      a = f32x4.add(a, f32x4.mul(u, u))
      b = f32x4.add(b, f32x4.mul(v, v))
      y += 32
    }
    let near = i32x4.bitmask(f32x4.lt(a, limit)) | (i32x4.bitmask(f32x4.lt(b, limit)) << 4)
    if (near == 0) continue
    // Behind the last result there is room for eight numbers.
    const scratch = squares + (<usize>m << 2)
    v128.store(scratch, a)
    v128.store(scratch, b, 16)
    for (; near; near &= near - 1) {
      const lane = ctz(near)
      const j = first + lane
      if (j >= n) break
      if (j == i) continue
      const far = load<f32>(scratch + (<usize>lane << 2))
      if (have == m && !(far < load<f32>(squares + (<usize>(m - 1) << 2)))) continue
      let at = have < m ? have : m - 1
      for (; at > 0 && load<f32>(squares + (<usize>(at - 1) << 2)) > far; at--) {
        store<f32>(squares + (<usize>at << 2), load<f32>(squares + (<usize>(at - 1) << 2)))
        store<i32>(found + (<usize>at << 2), load<i32>(found + (<usize>(at - 1) << 2)))
      }
      store<f32>(squares + (<usize>at << 2), far)
      store<i32>(found + (<usize>at << 2), j)
      if (have < m) have++
      if (have == m) limit = v128.load32_splat(squares + (<usize>(m - 1) << 2))
    }
  }
}
