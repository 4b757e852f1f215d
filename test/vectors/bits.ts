// Doubles as sixteen hex digits, which say what decimals leave open: the sign of zero, and every last bit.
const view = new DataView(new ArrayBuffer(8))

/** Every NaN as one: engines are free in its bits. */
export const hexOf = (x: number): string => {
  if (Number.isNaN(x)) return '7ff8000000000000'
  view.setFloat64(0, x)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

export const numberOf = (hex: string): number => {
  view.setBigUint64(0, BigInt(`0x${hex}`))
  return view.getFloat64(0)
}

/** Thirty-two random bits a call, the same everywhere (mulberry32). */
export const mulberry = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
