import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dbscan } from '../../trainer/cluster/dbscan.ts'
import { type Points, pointsFrom, squareTo } from '../../trainer/cluster/points.ts'
import { reference } from '../../trainer/cluster/reference.ts'
import { createSilhouette } from '../../trainer/cluster/silhouette.ts'
import { simd } from '../../trainer/cluster/simd.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { seeded } from '../../trainer/random.ts'
import { count, seed } from '../harness/size.ts'

const runs = { seed, numRuns: count(2000, 150) }

/** Coarse numbers make ties, fine ones none; where all lie far off, or a few do, 32 bits tell little. */
const cloud = fc
  .record({
    d: fc.integer({ min: 1, max: 9 }),
    n: fc.integer({ min: 9, max: 60 }),
    seed: fc.nat(),
    far: fc.boolean(),
    off: fc.constantFrom(0, 3000, 1e6),
  })
  .chain(shape => fc.record({ shape: fc.constant(shape), step: fc.constantFrom(0.5, 0.01, 1e-9) }))
  .map(({ shape: { d, n, seed: s, far, off }, step }): Points => {
    const random = seeded(s)
    const flat = Float64Array.from({ length: n * d }, () => {
      const x = Math.floor((random() * 8 - 4) / step) * step
      return off + (far && random() < 0.05 ? x * 1e6 : x)
    })
    return { n, d, flat }
  })

describe('the kernel', () => {
  it('is what its sources compile to, to the byte', () => {
    const script = join(import.meta.dirname, '../../scripts/kernel.mjs')
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
  })

  it('starts where the reference starts, to the bit', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 2, max: 9 }), (points, k) => {
        expect(simd(load(points)).starts(k, seeded(k))).toEqual(reference(points).starts(k, seeded(k)))
      }),
      runs,
    )
  })

  it('gives the reference’s labels, centroids and inertia from the same starts, ties and far points included', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 9 }), (points, k) => {
        const theirs = reference(points)
        const starts = theirs.starts(k, seeded(k))
        const ours = simd(load(points))
        expect(ours.fit(starts)).toEqual(theirs.fit(starts))
        // The second fit finds the first one's memory.
        expect(ours.fit(starts)).toEqual(theirs.fit(starts))
      }),
      runs,
    )
  })

  it('gives them on a cloud of thousands as well', () => {
    const random = seeded(seed)
    const flat = Float64Array.from({ length: 5003 * 7 }, () => random() + random() + random() - 1.5)
    const points = { n: 5003, d: 7, flat }
    const starts = simd(load(points)).starts(6, seeded(2))
    expect(simd(load(points)).fit(starts)).toEqual(reference(points).fit(starts))
  })

  it('finds the neighbours that 64 bits find, and so the clusters of DBSCAN by its definition', () => {
    fc.assert(
      fc.property(
        cloud,
        fc.constantFrom(0.5, 1, 2, 4),
        fc.integer({ min: 2, max: 6 }),
        (points, radius, neighbours) => {
          expect([...dbscan(load(points), { radius, neighbours })]).toEqual(plainly(points, radius, neighbours))
        },
      ),
      runs,
    )
  })

  it('estimates the silhouette of many from a sample, with an interval that holds the exact one', () => {
    const random = seeded(7)
    const n = 21_000
    const flat = Float64Array.from({ length: n * 2 }, (_, i) => random() + random() + (i % 6 < 2 ? 1.2 : 0))
    const points = { n, d: 2, flat }
    const labels = Array.from({ length: n }, (_, i) => (i % 3 ? 0 : 1))
    const { mean, sampled } = createSilhouette(load(points), 2)(labels, 2, seeded(1))
    const half = pointsFrom(Array.from({ length: 10_500 }, (_, i) => [...flat.subarray(2 * i, 2 * i + 2)]))
    const exact = createSilhouette(load(half), 2)(labels.slice(0, 10_500), 2, seeded(1))
    expect(exact.sampled).toBeUndefined()
    expect(sampled?.points).toBeGreaterThanOrEqual(1999)
    expect(sampled?.low).toBeLessThan(exact.mean)
    expect(sampled?.high).toBeGreaterThan(exact.mean)
    expect(mean).toBeCloseTo(exact.mean, 1)
  })
})

/** The definition: components of core points, numbered by their first; the others go to the first that they touch. */
const plainly = (points: Points, radius: number, neighbours: number): number[] => {
  const at = (i: number) => points.flat.subarray(i * points.d, i * points.d + points.d)
  const all = Array.from({ length: points.n }, (_, i) => i)
  const near = all.map(i => all.filter(j => squareTo(points, i, at(j)) <= radius * radius))
  const isCore = near.map(each => each.length >= neighbours)
  const labels = new Array<number>(points.n).fill(-1)
  let clusters = 0
  for (const i of all) {
    if (!isCore[i] || labels[i] !== -1) continue
    const inside = new Set([i])
    for (const j of inside) if (isCore[j]) for (const other of near[j] ?? []) inside.add(other)
    for (const j of inside) if (labels[j] === -1) labels[j] = clusters
    clusters++
  }
  return labels
}
