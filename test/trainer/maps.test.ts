import { describe, expect, it } from 'vitest'
import { type Points, squareTo } from '../../trainer/cluster/points.ts'
import { mapsOf } from '../../trainer/maps/maps.ts'
import type { Place } from '../../trainer/maps/place.ts'
import { trustworthiness } from '../../trainer/maps/trustworthiness.ts'
import { seeded } from '../../trainer/random.ts'

/** A sheet rolled up in three dimensions of six, with a little noise: no two axes show it. */
const roll = (n: number): Points => {
  const random = seeded(n)
  const rows = Array.from({ length: n }, () => {
    const [t, across] = [random() * 8, random() * 3]
    // A spiral of straight pieces, as engines differ in sines.
    const [side, along] = [Math.floor(t) % 4, (t % 1) - 0.5]
    const far = 0.5 + t / 4
    const [x, y] = [
      [along, far],
      [far, -along],
      [-along, -far],
      [-far, along],
    ][side] as [number, number]
    return [x * far, y * far, across, 0, 0, 0].map(value => value + (random() - 0.5) / 10)
  })
  return { n, d: 6, flat: Float64Array.from(rows.flat()) }
}

/** Of the definition: neighbours by sorting everything. */
const plainly = (points: Points, places: readonly Place[]): number => {
  const [n, m] = [points.n, 5]
  const map = { n, d: 2, flat: Float64Array.from(places.flat()) }
  const order = (of: Points, i: number): number[] => {
    const point = [...of.flat.subarray(i * of.d, i * of.d + of.d)]
    const others = Array.from({ length: n }, (_, j) => j).filter(j => j !== i)
    return others.sort((a, b) => squareTo(of, a, point) - squareTo(of, b, point))
  }
  let sum = 0
  for (let i = 0; i < n; i++) {
    const real = order(points, i)
    for (const j of order(map, i).slice(0, m)) sum += Math.max(0, real.indexOf(j) + 1 - m)
  }
  return 1 - (2 / (n * m * (2 * n - 3 * m - 1))) * sum
}

describe('maps', () => {
  const points = roll(500)
  const { rows, maps } = mapsOf(points, 1)

  it('show what no two axes can: neighbours stay neighbours', () => {
    const [pca, tsne, umap] = maps.map(map => map.trustworthiness) as [number, number, number]
    expect(tsne).toBeGreaterThan(0.985)
    expect(umap).toBeGreaterThan(0.985)
    expect(pca).toBeLessThan(tsne)
  })

  it('are measured by the definition of trustworthiness', () => {
    const random = seeded(2)
    const few = roll(60)
    const places = Array.from({ length: 60 }, (): Place => [random(), random()])
    expect(trustworthiness(few, places)).toBeCloseTo(plainly(few, places), 12)
    const kept = Array.from({ length: 60 }, (_, i): Place => [few.flat[i * 6] as number, few.flat[i * 6 + 2] as number])
    expect(trustworthiness(few, kept)).toBeCloseTo(plainly(few, kept), 12)
  })

  it('lie within their frames, and are the same again', () => {
    expect(rows).toHaveLength(500)
    for (const { places } of maps) {
      expect(places).toHaveLength(500)
      for (const axis of [0, 1] as const) {
        const values = places.map(place => place[axis])
        expect([Math.min(...values), Math.max(...values)]).toEqual([0, 1])
      }
    }
    expect(mapsOf(points, 1)).toEqual({ rows, maps })
  })

  it('are none where there are hardly any rows', () => {
    const few = mapsOf({ n: 3, d: 1, flat: Float64Array.of(1, 2, 3) }, 1)
    expect(few).toEqual({ rows: [0, 1, 2], maps: [] })
  })

  it('stand rows that are all alike', () => {
    const same = mapsOf({ n: 40, d: 2, flat: new Float64Array(80).fill(1) }, 1)
    for (const { places } of same.maps)
      for (const place of places) for (const x of place) expect(Number.isFinite(x)).toBe(true)
  })
})
