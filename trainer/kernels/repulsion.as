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
 * With q = 1 / (1 + distance squared): for each point the sum of q * q * difference, and over all pairs the sum of q. Two points
 * are looked at together, as one alone would wait for its own sums.
 * @param xs, ys n numbers of 32 bits each, padded to the next four by places so far off that their q is nothing
 * @param outX, outY receive n numbers of 32 bits, and have room for one more
 */
export function repel(xs: usize, ys: usize, n: i32, outX: usize, outY: usize): f64 {
  const one = f32x4.splat(1)
  const end = <usize>((n + 3) & ~3) << 2
  let total = 0.0
  for (let i: usize = 0; i < <usize>n << 2; i += 8) {
    const x0 = v128.load32_splat(xs + i)
    const y0 = v128.load32_splat(ys + i)
    const x1 = v128.load32_splat(xs + i, 4)
    const y1 = v128.load32_splat(ys + i, 4)
    let alongX0 = f32x4.splat(0)
    let alongY0 = alongX0
    let mass0 = alongX0
    let alongX1 = alongX0
    let alongY1 = alongX0
    let mass1 = alongX0
    for (let j: usize = 0; j < end; j += 16) {
      const x = v128.load(xs + j)
      const y = v128.load(ys + j)
      const u0 = f32x4.sub(x0, x)
      const v0 = f32x4.sub(y0, y)
      const u1 = f32x4.sub(x1, x)
      const v1 = f32x4.sub(y1, y)
      const q0 = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(u0, u0), f32x4.mul(v0, v0))))
      const q1 = f32x4.div(one, f32x4.add(one, f32x4.add(f32x4.mul(u1, u1), f32x4.mul(v1, v1))))
      mass0 = f32x4.add(mass0, q0)
      mass1 = f32x4.add(mass1, q1)
      const qq0 = f32x4.mul(q0, q0)
      const qq1 = f32x4.mul(q1, q1)
      alongX0 = f32x4.add(alongX0, f32x4.mul(qq0, u0))
      alongY0 = f32x4.add(alongY0, f32x4.mul(qq0, v0))
      alongX1 = f32x4.add(alongX1, f32x4.mul(qq1, u1))
      alongY1 = f32x4.add(alongY1, f32x4.mul(qq1, v1))
    }
    // Less the point's own q, which is 1. Where n is odd, the last one's partner is padding, and counts for nothing.
    total += across(mass0) - 1
    if (i + 4 < <usize>n << 2) total += across(mass1) - 1
    store<f32>(outX + i, <f32>across(alongX0))
    store<f32>(outY + i, <f32>across(alongY0))
    store<f32>(outX + i, <f32>across(alongX1), 4)
    store<f32>(outY + i, <f32>across(alongY1), 4)
  }
  return total
}
