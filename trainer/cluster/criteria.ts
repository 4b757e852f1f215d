/** Figures by which clusterings of one set of points are compared. */

import type { Fit } from './engine.ts'
import { type Points, squareTo } from './points.ts'

/** Points of each cluster; a negative label is of none. */
export const sizesOf = (labels: ArrayLike<number>, k: number): number[] => {
  const sizes = new Array<number>(k).fill(0)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number
    if (label >= 0) sizes[label] = (sizes[label] as number) + 1
  }
  return sizes
}

const distance = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0
  a.forEach((x, i) => {
    sum += (x - (b[i] as number)) * (x - (b[i] as number))
  })
  return Math.sqrt(sum)
}

type Clustering = Pick<Fit, 'centroids' | 'labels'>

/** Davies & Bouldin 1979: how wide clusters are beside how far apart. The smaller the better; 0 for one cluster. */
export const daviesBouldin = (points: Points, { centroids, labels }: Clustering): number => {
  const sizes = sizesOf(labels, centroids.length)
  const width = new Array<number>(centroids.length).fill(0)
  for (let i = 0; i < points.n; i++) {
    const own = labels[i] as number
    if (own >= 0) width[own] = (width[own] as number) + Math.sqrt(squareTo(points, i, centroids[own] as number[]))
  }
  const full = centroids.flatMap((centroid, c) =>
    sizes[c] ? [{ centroid, width: (width[c] as number) / (sizes[c] as number) }] : [],
  )
  const worst = full.map(a =>
    full.reduce((most, b) => {
      const apart = distance(a.centroid, b.centroid)
      return a === b || apart === 0 ? most : Math.max(most, (a.width + b.width) / apart)
    }, 0),
  )
  return worst.reduce((a, b) => a + b, 0) / full.length
}

/** Caliński & Harabasz 1974: spread between clusters beside spread within. The larger the better; 0 where it means nothing. */
export const calinskiHarabasz = (points: Points, { centroids, labels }: Clustering): number => {
  const { n, d, flat } = points
  const sizes = sizesOf(labels, centroids.length)
  const all = sizes.reduce((a, b) => a + b, 0)
  const middle = new Array<number>(d).fill(0)
  let within = 0
  for (let i = 0; i < n; i++) {
    const own = labels[i] as number
    if (own < 0) continue
    within += squareTo(points, i, centroids[own] as number[])
    for (let j = 0; j < d; j++) middle[j] = (middle[j] as number) + (flat[i * d + j] as number)
  }
  const mean = middle.map(sum => sum / all)
  let between = 0
  centroids.forEach((centroid, c) => {
    const apart = distance(centroid, mean)
    between += (sizes[c] as number) * apart * apart
  })
  const k = sizes.filter(size => size > 0).length
  return k > 1 && all > k && within > 0 ? between / (k - 1) / (within / (all - k)) : 0
}

/**
 * Where a falling curve bends most: how far each point lies below the straight line between the curve's ends, both axes taken
 * from 0 to 1 (Satopää and others 2011). All 0 for fewer than three points.
 */
export const bends = (x: readonly number[], y: readonly number[]): number[] => {
  const [x0 = 0, x1 = 0] = [x[0], x.at(-1)]
  const [y0 = 0, y1 = 0] = [y[0], y.at(-1)]
  if (x.length < 3 || x1 === x0 || y1 === y0) return x.map(() => 0)
  return x.map((each, i) => 1 - (each - x0) / (x1 - x0) - ((y[i] as number) - y1) / (y0 - y1))
}

const pairs = (count: number): number => (count * (count - 1)) / 2

/** Adjusted Rand index of two labellings (Hubert & Arabie 1985): 1 where they agree, about 0 by chance. */
export const adjustedRand = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const both = new Map<string, number>()
  const [ofA, ofB] = [new Map<number, number>(), new Map<number, number>()]
  const count = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1)
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] as number, b[i] as number]
    count(both, `${one} ${other}`)
    count(ofA, one)
    count(ofB, other)
  }
  const sum = (map: ReadonlyMap<unknown, number>): number => [...map.values()].reduce((s, n) => s + pairs(n), 0)
  const [index, one, other] = [sum(both), sum(ofA), sum(ofB)]
  const expected = a.length > 1 ? (one * other) / pairs(a.length) : 0
  const most = (one + other) / 2
  return most === expected ? 1 : (index - expected) / (most - expected)
}
