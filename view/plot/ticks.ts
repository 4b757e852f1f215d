/** Round numbers along an axis, and where on it they stand. */

/** From the least to the most, in steps of 1, 2 or 5 times a power of ten. */
export const ticksOf = (least: number, most: number, wanted = 5): number[] => {
  const width = most - least
  if (!(width > 0) || !Number.isFinite(width)) return [least]
  const rough = width / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find(each => each * power >= rough) as number) * power
  const first = Math.ceil(least / step - 1e-9)
  const last = Math.floor(most / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** A number as short as a picture has room for. */
export const short = (value: number): string => {
  const size = Math.abs(value)
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`
  return String(Number(value.toPrecision(3)))
}

/** Places in a picture need no more. */
export const place = (x: number): number => Number(x.toFixed(1))
