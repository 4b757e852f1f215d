// log, log1p and exp to two hundred bits and more, in whole numbers only: shares nothing with `core/elementary.ts`.
// A real number is `digits x 2^-precision`.

const SPARE_BITS = 220

export interface Real {
  readonly digits: bigint
  readonly precision: number
}

const bits = new DataView(new ArrayBuffer(8))

export const bitsOf = (x: number): bigint => {
  bits.setFloat64(0, x)
  return bits.getBigUint64(0)
}

export const fromBits = (pattern: bigint): number => {
  bits.setBigUint64(0, pattern)
  return bits.getFloat64(0)
}

/** A double is exactly `whole x 2^power`. */
const partsOf = (x: number): { whole: bigint; power: number } => {
  const pattern = bitsOf(x)
  const exponent = Number((pattern >> 52n) & 0x7ffn)
  const fraction = pattern & 0xfffffffffffffn
  const size = exponent === 0 ? fraction : fraction | (1n << 52n)
  return { whole: x < 0 ? -size : size, power: Math.max(exponent, 1) - 1075 }
}

const shifted = (digits: bigint, by: number): bigint => (by >= 0 ? digits << BigInt(by) : digits >> BigInt(-by))

const atPrecision = (x: number, precision: number): bigint => {
  const { whole, power } = partsOf(x)
  return shifted(whole, power + precision)
}

/** 2 artanh(a/b) = 2 (t + t^3/3 + t^5/5 + …), t = a/b, |t| < 1. */
const twiceArtanh = (a: bigint, b: bigint, precision: number): bigint => {
  const t = (a << BigInt(precision)) / b
  const square = (t * t) >> BigInt(precision)
  let power = t
  let sum = 0n
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n
    power = (power * square) >> BigInt(precision)
  }
  return 2n * sum
}

const ln2At = new Map<number, bigint>()
const ln2 = (precision: number): bigint => {
  const known = ln2At.get(precision)
  if (known !== undefined) return known
  const made = twiceArtanh(1n, 3n, precision + 32) >> 32n
  ln2At.set(precision, made)
  return made
}

const sizeOf = (digits: bigint): number => (digits < 0n ? -digits : digits).toString(2).length

/** log of `digits x 2^-precision`, to `out` bits after the point. */
const logOf = (digits: bigint, precision: number, out: number): bigint => {
  const exponent = sizeOf((digits * 3n) >> 2n) - precision
  const one = 1n << BigInt(sizeOf(digits) + 8)
  const mantissa = shifted(digits, sizeOf(digits) + 8 - precision - exponent)
  return BigInt(exponent) * ln2(out) + twiceArtanh(mantissa - one, mantissa + one, out)
}

export const logReal = (x: number): Real => {
  const { whole, power } = partsOf(x)
  return { digits: logOf(whole, -power, SPARE_BITS), precision: SPARE_BITS }
}

export const log1pReal = (x: number): Real => {
  // What is small needs its bits far behind the point, and so does what is left of 1 + x next to -1.
  const precision = SPARE_BITS + Math.max(0, -partsOf(x).power)
  const one = 1n << BigInt(precision)
  const whole = atPrecision(x, precision)
  // (x)/(2 + x) directly: going by way of 1 + x would cost twice the digits.
  const near = x > -0.25 && x < 0.5
  const digits = near ? twiceArtanh(whole, 2n * one + whole, precision) : logOf(one + whole, precision, precision)
  return { digits, precision }
}

export const expReal = (x: number): Real => {
  const work = SPARE_BITS + 32
  const fixed = atPrecision(x, work)
  const exponent = Number((2n * fixed + ln2(work)) / (2n * ln2(work)))
  const rest = fixed - BigInt(exponent) * ln2(work)
  let term = 1n << BigInt(work)
  let sum = 0n
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term
    term = ((term * rest) >> BigInt(work)) / n
  }
  return { digits: sum, precision: work - exponent }
}

const ulpPower = (it: Real): number => Math.max(sizeOf(it.digits) - it.precision - 53, -1074)

/** The double nearest to a real number. */
export const nearest = (it: Real): number => {
  if (it.digits === 0n) return 0
  const power = ulpPower(it)
  const drop = BigInt(Math.max(0, power + it.precision))
  const size = it.digits < 0n ? -it.digits : it.digits
  const half = drop > 0n ? 1n << (drop - 1n) : 0n
  const rounded = Number(drop > 0n ? (size + half) >> drop : shifted(size, -(power + it.precision)))
  // 2^power itself is a double only from 2^-1074 up to 2^1023, and `rounded` has at most 54 bits.
  const value = power > 900 ? rounded * 2 ** 900 * 2 ** (power - 900) : rounded * 2 ** power
  return it.digits < 0n ? -value : value
}

/** How far `y` is from the truth, in units of the truth's last place. */
export const ulpsOff = (y: number, truth: Real): number => {
  const unit = ulpPower(truth) + truth.precision
  const work = truth.precision + Math.max(0, 40 - unit)
  const difference = atPrecision(y, work) - shifted(truth.digits, work - truth.precision)
  const size = difference < 0n ? -difference : difference
  return Number(shifted(size, 30 - (unit + work - truth.precision))) / 2 ** 30
}
