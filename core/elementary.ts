/**
 * Logarithm and exponential in plain arithmetic. `Math.log`, `exp` and `pow` differ between engines in the last bit, and one
 * bit is enough to put a visitor in another segment than the trainer did. IEEE 754 fixes + - x / and sqrt, so these agree
 * everywhere; `test/vectors/elementary.json` is run in Node, Chromium and Firefox. Error: below 2 units in the last place.
 */

// ln 2 in two parts: the first has 20 trailing zero bits, so that k * LN2_HIGH is exact for every exponent k.
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
// biome-ignore lint/suspicious/noApproximativeNumericConstant: only where the range is cut; Math has no place in core
const SQRT_HALF = 0.7071067811865476
const TWO_32 = 4294967296

/** Natural logarithm. NaN below zero, -Infinity at zero. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let mantissa = x
  let exponent = 0
  for (; mantissa >= TWO_32; mantissa /= TWO_32) exponent += 32
  for (; mantissa < 1 / TWO_32; mantissa *= TWO_32) exponent -= 32
  for (; mantissa >= 2 * SQRT_HALF; mantissa /= 2) exponent++
  for (; mantissa < SQRT_HALF; mantissa *= 2) exponent--
  // log(1 + f) = f - f^2/2 + s (f^2/2 + 2 (s^2/3 + s^4/5 + …)) with s = f/(2 + f), |s| < 0.172: eleven terms reach 2^-60.
  // f is exact, so what rounds is small beside it (FreeBSD's e_log.c).
  const f = mantissa - 1
  const s = f / (2 + f)
  const square = s * s
  const half = (f * f) / 2
  let series = 0
  for (let term = 23; term >= 3; term -= 2) series = (series + 1 / term) * square
  return exponent * LN2_HIGH - (half - (s * (half + 2 * series) + exponent * LN2_LOW) - f)
}

/** log(1 + x), exact near zero. */
export const log1p = (x: number): number => {
  const sum = 1 + x
  // The rounding lost in 1 + x is put back to first order (Kahan).
  return sum === 1 ? x : sum === 0 || sum === Infinity ? log(sum) : log(sum) + (x - (sum - 1)) / sum
}

/** e to the x. */
export const exp = (x: number): number => {
  if (Number.isNaN(x)) return NaN
  if (x > 709.782712893384) return Infinity
  if (x < -745.2) return 0
  const exponent = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5)
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW
  // |rest| < 0.347: fifteen Taylor terms reach 2^-56.
  let series = 1
  for (let term = 15; term >= 1; term--) series = 1 + (rest / term) * series
  return scaleByTwo(series, exponent)
}

const scaleByTwo = (x: number, exponent: number): number => {
  let scaled = x
  for (let left = exponent; left > 0; left--) scaled *= 2
  for (let left = exponent; left < 0; left++) scaled /= 2
  return scaled
}
