import { describe, expect, it } from 'vitest'
import { choose, type Tried, withElbow } from '../../trainer/cluster/choice.ts'
import { cluster } from '../../trainer/cluster/cluster.ts'
import { adjustedRand, bends } from '../../trainer/cluster/criteria.ts'
import { kmeans } from '../../trainer/cluster/kmeans.ts'
import { nearestOf } from '../../trainer/cluster/means.ts'
import { type Points, squareTo } from '../../trainer/cluster/points.ts'
import { cut, ward } from '../../trainer/cluster/ward.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { smallRecipe } from './io.ts'

/** `k` round clouds of `each` points, far enough apart to be told apart. */
const clouds = (k: number, each: number, d = 3, width = 1): Points => {
  const random = seeded(k, each)
  const centers = Array.from({ length: k }, (_, c) =>
    Array.from({ length: d }, (_, j) => (j === c % d ? 5 + 5 * Math.floor(c / d) : 0)),
  )
  const flat = Float64Array.from({ length: k * each * d }, (_, at) => {
    const center = centers[Math.floor(at / d) % k]?.[at % d] as number
    return center + width * (random() + random() + random() - 1.5)
  })
  return { n: k * each, d, flat }
}

const options = { seed: 1, restarts: 20, minimumSize: 10, engine: 'auto', place: 'here' } as const
const upTo8 = [2, 3, 4, 5, 6, 7, 8]

describe('how many clusters', () => {
  it.each([3, 4, 5])('finds %i where there are so many, and says why in a sentence', k => {
    const { choice, tried } = kmeans(clouds(k, 200), { ...options, ks: upTo8 })
    expect(choice.k).toBe(k)
    expect(choice.because).toMatch(new RegExp(`^k = ${k} is best by .*silhouette \\(0\\.\\d{3}\\).*\\.$`))
    expect(tried.find(each => each.k === k)?.stability).toBeGreaterThan(0.99)
  })

  it('never takes one that leaves a cluster too small, and says so', () => {
    const points = clouds(4, 60)
    const { choice } = kmeans(points, { ...options, minimumSize: 100, ks: upTo8 })
    expect(choice.k).toBe(2)
    expect(choice.because).toContain('3, 4, 5, 6, 7 and 8 would leave a cluster too small')
    expect(() => kmeans(points, { ...options, minimumSize: 1000, ks: [2, 3] })).toThrow('fewer than 1000 rows')
  })

  it('never asks for more than there are different rows, unless it is told to', () => {
    const rows = (n: number) => Array.from({ length: 90 }, (_, i) => [i % n, i % n ? 4 : 1])
    const found = (n: number, k: unknown) => cluster(rows(n), parseRecipe(smallRecipe({}, { k })))
    const { choice, tried } = found(3, { from: 2, to: 8 })
    expect(tried.map(({ k }) => k)).toEqual([2, 3])
    expect(choice.because).toMatch(/^k = \d is best by .*\. There are only 3 different rows\.$/)
    expect(found(2, { from: 2, to: 8 }).choice).toEqual({ k: 2, because: 'There are only 2 different rows, so k = 2.' })
    expect(() => found(3, 4)).toThrow('4 clusters of 3 different points')
  })

  it('lets the analyst overrule it', () => {
    const { choice, fit } = kmeans(clouds(3, 100), { ...options, ks: [6] })
    expect(choice).toEqual({ k: 6, because: 'k = 6 was told.' })
    expect(fit.centroids).toHaveLength(6)
  })

  it('weighs, so that one criterion alone does not decide', () => {
    const base = { inertia: 1, stability: 0.9, daviesBouldin: 1, calinskiHarabasz: 10, smallest: 99 }
    const tried: Tried[] = withElbow([
      { ...base, k: 2, silhouette: 0.5, inertia: 100, stability: 0.3, daviesBouldin: 2 },
      { ...base, k: 3, silhouette: 0.46, inertia: 40, stability: 0.95 },
      { ...base, k: 4, silhouette: 0.3, inertia: 35, calinskiHarabasz: 9, daviesBouldin: 2 },
    ])
    expect(choose(tried, tried)).toEqual({
      k: 3,
      because:
        'k = 3 is best by stability (0.95), the elbow, Davies-Bouldin and Calinski-Harabasz; silhouette prefers 2.',
    })
  })

  it('finds the knee of a curve, not by eye', () => {
    const bend = bends([1, 2, 3, 4, 5], [100, 50, 10, 5, 0])
    expect(bend.indexOf(Math.max(...bend))).toBe(2)
    expect(bends([1, 2], [3, 1])).toEqual([0, 0])
  })
})

describe('the adjusted Rand index', () => {
  it('is 1 for the same clusters under other numbers, and about 0 by chance', () => {
    expect(adjustedRand([0, 0, 1, 1, 2], [2, 2, 0, 0, 1])).toBe(1)
    const random = seeded(3)
    const draw = () => Array.from({ length: 5000 }, () => Math.floor(random() * 4))
    expect(Math.abs(adjustedRand(draw(), draw()))).toBeLessThan(0.01)
    // Hubert & Arabie by hand: 4 of 10 pairs expected 2.4, most 4 and 6.
    expect(adjustedRand([0, 0, 1, 1, 1], [0, 0, 0, 1, 1])).toBeCloseTo((2 - 1.6) / (4 - 1.6), 12)
  })
})

/** The definition: every step merges the two clusters whose union adds least to the sum of squares. */
const plainWard = (points: Points): { height: number; members: number[] }[] => {
  let clusters = Array.from({ length: points.n }, (_, i) => [i])
  const mean = (members: number[]) =>
    Array.from(
      { length: points.d },
      (_, j) => members.reduce((sum, i) => sum + (points.flat[i * points.d + j] as number), 0) / members.length,
    )
  const merges: { height: number; members: number[] }[] = []
  while (clusters.length > 1) {
    let best = { height: Infinity, a: 0, b: 0 }
    const means = clusters.map(mean)
    clusters.forEach((one, a) => {
      for (let b = a + 1; b < clusters.length; b++) {
        const other = clusters[b] as number[]
        const apart = squareTo(
          { n: 1, d: points.d, flat: Float64Array.from(means[a] as number[]) },
          0,
          means[b] as number[],
        )
        const height = Math.sqrt((2 * one.length * other.length * apart) / (one.length + other.length))
        if (height < best.height) best = { height, a, b }
      }
    })
    const members = [...(clusters[best.a] as number[]), ...(clusters[best.b] as number[])].sort((x, y) => x - y)
    merges.push({ height: best.height, members })
    clusters = [...clusters.filter((_, i) => i !== best.a && i !== best.b), members]
  }
  return merges
}

describe('Ward’s tree', () => {
  it('makes the merges of the definition, in their order and at their heights', () => {
    for (const points of [clouds(3, 30, 2), clouds(4, 25, 5, 3), clouds(2, 40, 1)]) {
      const merges = ward(points)
      const members = new Map<number, number[]>()
      const of = (branch: number): number[] => (branch < points.n ? [branch] : (members.get(branch) as number[]))
      const made = merges.map(({ left, right, height }, i) => {
        const all = [...of(left), ...of(right)].sort((a, b) => a - b)
        members.set(points.n + i, all)
        return { height, members: all }
      })
      const plain = plainWard(points)
      expect(made.map(each => each.members)).toEqual(plain.map(each => each.members))
      made.forEach(({ height }, i) => expect(height).toBeCloseTo(plain[i]?.height ?? 0, 9))
      expect(merges.at(-1)?.size).toBe(points.n)
    }
  })

  it('is cut into as many clusters as asked for', () => {
    const points = clouds(4, 25)
    const labels = cut(ward(points), 4)
    expect([...labels]).toEqual(Array.from({ length: 100 }, (_, i) => i % 4))
    expect(new Set(cut(ward(points), 7)).size).toBe(7)
  })
})

describe('centroids', () => {
  it('are tied in favour of the first', () => {
    const points = { n: 1, d: 1, flat: Float64Array.of(1) }
    expect(nearestOf(points, 0, [[0], [2]])).toBe(0)
  })
})
