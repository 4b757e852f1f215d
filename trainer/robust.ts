/**
 * Robust scaling: every feature is cut off where many rows stand, then scaled by its median and its quartiles. However extreme
 * a single row, the model is the same; so nobody's extreme can be read off it.
 */

import { fitScaler, rounded, type Scaler } from './scale.ts'

type Points = readonly (readonly number[])[]

/** At each end as many rows share the cut as this share of all. */
const CUT_SHARE = 0.01
/** And no fewer than this: two would tell each other apart. */
const FEWEST_CUT = 10
/** The quartiles of a normal distribution are so many standard deviations apart. */
const QUARTILES_APART = 1.349

export interface Robust {
  readonly scaler: Scaler
  /** The points, cut off. */
  readonly points: number[][]
  /** By row: was anything cut off? */
  readonly cut: readonly boolean[]
}

const columnOf = (points: Points, j: number): Float64Array => Float64Array.from(points, point => point[j] as number)

const boundsOf = (sorted: Float64Array): readonly [least: number, most: number] => {
  const wanted = Math.max(FEWEST_CUT, Math.floor(sorted.length * CUT_SHARE))
  const depth = Math.min(wanted, Math.floor((sorted.length - 1) / 4))
  return [sorted[depth] as number, sorted[sorted.length - 1 - depth] as number]
}

/** A column, cut off. @param column at least one number */
export const cutOff = (column: Float64Array): Float64Array => {
  const bounds = boundsOf(column.slice().sort())
  return column.map(x => clip(x, bounds))
}

const quantile = (sorted: Float64Array, share: number): number => {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const [a, b] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number]
  return a + (at - below) * (b - a)
}

/** @param points n x d, n at least 1 */
export const robustly = (points: Points): Robust => {
  const d = points[0]?.length ?? 0
  const sorted = Array.from({ length: d }, (_, j) => columnOf(points, j).sort())
  const bounds = sorted.map(boundsOf)
  const within = points.map(point => point.map((x, j) => clip(x, bounds[j] as readonly [number, number])))
  // Where half of all rows are equal, quartiles say nothing: then the deviation does, of what is left after the cut.
  const { scale: deviation } = fitScaler(within)
  const center = sorted.map(column => rounded(quantile(column, 0.5)))
  const scale = sorted.map((column, j) => {
    const apart = rounded((quantile(column, 0.75) - quantile(column, 0.25)) / QUARTILES_APART)
    return apart > 0 ? apart : (deviation[j] as number)
  })
  const cut = points.map((point, i) => point.some((x, j) => x !== within[i]?.[j]))
  return { scaler: { center, scale }, points: within, cut }
}

const clip = (x: number, [least, most]: readonly [number, number]): number => Math.min(most, Math.max(least, x))

/** The scaler that the recipe asks for, with the points that are clustered under it. */
export const scalingOf = (scale: 'standard' | 'robust', points: number[][]): Robust =>
  scale === 'robust' ? robustly(points) : { scaler: fitScaler(points), points, cut: points.map(() => false) }
