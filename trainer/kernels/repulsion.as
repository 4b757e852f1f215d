// How all points of a plane push each other apart in t-SNE, eight at a time.

/** The four numbers of a vector, added in 64 bits. */
// @ts-ignore: decorator
@inline
function across(sum: v128): f64 {
  const low = f64x2.promote_low_f32x4(sum)
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(sum, sum, 2, 3, 0, 1))
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}

/**
 * With q = 1 / (1 + distance squared): for each point the sum of q * q * difference, and over all pairs the sum of q.
 * @param xs, ys n numbers of 32 bits each, padded to the next four by places so far off that their q is nothing
 * @param outX, outY receive n numbers of 32 bits
 */
export function repel(xs: usize, ys: usize, n: i32, outX: usize, outY: usize): f64 {
  const one = f32x4.splat(1)
  const end = <usize>((n + 3) & ~3) << 2
  let total = 0.0
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const x = v128.load32_splat(xs + i)
    const y = v128.load32_splat(ys + i)
    let alongX = f32x4.splat(0)
    let alongY = alongX
    let mass = alongX
    for (let j: usize = 0; j < end; j += 16) {
      const u = f32x4.sub(x, v128.load(xs + j))
      const v = f32x4.sub(y, v128.load(ys + j))
      const q = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(u, u), f32x4.mul(v, v))))
      const qq = f32x4.mul(q, q)
      mass = f32x4.add(mass, q)
      alongX = f32x4.add(alongX, f32x4.mul(qq, u))
      alongY = f32x4.add(alongY, f32x4.mul(qq, v))
    }
    // Less the point's own q, which is 1.
    total += across(mass) - 1
    store<f32>(outX + i, <f32>across(alongX))
    store<f32>(outY + i, <f32>across(alongY))
  }
  return total
}
