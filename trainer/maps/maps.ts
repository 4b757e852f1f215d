/** Three maps of one sample of rows, for pictures: along two axes, by t-SNE and by UMAP. */

import type { Points } from '../cluster/points.ts'
import { partOf, rowsOf } from '../cluster/points.ts'
import { load } from '../kernels/loaded.ts'
import { sample, seeded } from '../random.ts'
import { axesOf } from './axes.ts'
import { neighboursIn } from './neighbours.ts'
import type { Place } from './place.ts'
import { trustworthinessOf } from './trustworthiness.ts'
import { TSNE_NEIGHBOURS, tsne } from './tsne.ts'
import { UMAP_NEIGHBOURS, umap } from './umap.ts'

export const MAPS = ['pca', 'tsne', 'umap'] as const

export interface RowMap {
  readonly kind: (typeof MAPS)[number]
  /** One a row, each axis from 0 to 1, to three digits: a picture has no more. */
  readonly places: readonly Place[]
  readonly trustworthiness: number
}

export interface Maps {
  /** Which rows the maps show, in their order. */
  readonly rows: readonly number[]
  readonly maps: readonly RowMap[]
}

/** More make a picture no clearer, and take longer than a person waits. */
const MOST_ROWS = 2000
/** Fewer have no neighbours to speak of. */
const FEWEST_ROWS = 20
const PURPOSE = 0x3a95

const framed = (places: readonly Place[]): Place[] => {
  const ends = ([0, 1] as const).map(axis => {
    const values = places.map(place => place[axis])
    const [least, most] = values.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity] as const)
    return { least, width: most - least || 1 }
  })
  const at = (value: number, axis: 0 | 1): number => {
    const { least, width } = ends[axis] as { least: number; width: number }
    return Number(((value - least) / width).toFixed(3))
  }
  return places.map(([x, y]): Place => [at(x, 0), at(y, 1)])
}

/** From the widest axis 10 across. */
const spread = (places: readonly Place[]): Place[] => {
  const widest = places.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0) || 1
  return places.map(([x, y]): Place => [(5 * x) / widest, (5 * y) / widest])
}

/**
 * @param points n x d, scaled
 * @returns no maps of fewer than 20 rows
 */
export const mapsOf = (points: Points, seed: number, progress?: (done: number, what: string) => void): Maps => {
  const all = Array.from({ length: points.n }, (_, i) => i)
  const rows = sample(all, MOST_ROWS, seeded(seed, PURPOSE)).sort((a, b) => a - b)
  if (rows.length < FEWEST_ROWS) return { rows, maps: [] }
  const part = partOf(points, rows)
  const z = rowsOf(part)
  const [first = [], second = []] = axesOf(z)
  const along = (axis: readonly number[], row: readonly number[]): number =>
    row.reduce((sum, x, j) => sum + x * (axis[j] as number), 0)
  const flat = z.map((row): Place => [along(first, row), along(second, row)])
  const neighbours = neighboursIn(load(part), Math.min(TSNE_NEIGHBOURS, part.n - 1))
  const fewer = nearestOf(neighbours, Math.min(UMAP_NEIGHBOURS, neighbours.m))
  const made = {
    pca: flat,
    tsne: tsne(neighbours, flat, done => progress?.(done * 0.6, 'drawing t-SNE')),
    umap: umap(fewer, spread(flat), seed, done => progress?.(0.6 + done * 0.4, 'drawing UMAP')),
  }
  const trust = trustworthinessOf(
    part,
    MAPS.map(kind => made[kind]),
  )
  return {
    rows,
    maps: MAPS.map((kind, i) => ({ kind, places: framed(made[kind]), trustworthiness: trust[i] as number })),
  }
}

const nearestOf = ({ m, indices, distances }: ReturnType<typeof neighboursIn>, fewer: number) => {
  const kept = <T extends Int32Array | Float64Array>(all: T): T =>
    all.filter((_: number, at: number) => at % m < fewer) as T
  return { m: fewer, indices: kept(indices), distances: kept(distances) }
}
