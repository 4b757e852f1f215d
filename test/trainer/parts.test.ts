import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { squaredDistance } from '../../core/assign.ts'
import { pointsFrom } from '../../trainer/cluster/points.ts'
import { reference } from '../../trainer/cluster/reference.ts'
import { createSilhouette } from '../../trainer/cluster/silhouette.ts'
import { starts } from '../../trainer/cluster/starts.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { axesOf } from '../../trainer/maps/axes.ts'
import { printJson } from '../../trainer/print.ts'
import { hashOf, sample, seeded } from '../../trainer/random.ts'
import { fitScaler } from '../../trainer/scale.ts'
import { numberIn } from '../../trainer/table.ts'
import { isTestRow } from '../../trainer/test-set.ts'
import { count, seed } from '../harness/size.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

const runs = { seed, numRuns: count(2000, 100) }
const points = fc.integer({ min: 1, max: 4 }).chain(d =>
  fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: d, maxLength: d }), {
    minLength: 8,
    maxLength: 40,
  }),
)

/** The definition, word for word. */
const silhouette = (of: readonly number[][], labels: readonly number[]): number => {
  const distance = (i: number, j: number) => Math.sqrt(squaredDistance(of[i] as number[], of[j] as number[]))
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const each = of.map((_, i) => {
    const to = (cluster: number) => of.flatMap((_, j) => (labels[j] === cluster && j !== i ? [distance(i, j)] : []))
    const own = to(labels[i] as number)
    if (!own.length) return 0
    const a = mean(own)
    const b = Math.min(
      ...[...new Set(labels)].filter(cluster => cluster !== labels[i]).map(cluster => mean(to(cluster))),
    )
    return Math.max(a, b) > 0 && b < Infinity ? (b - a) / Math.max(a, b) : 0
  })
  return mean(each)
}

describe('the trainer’s parts', () => {
  it('draw the same from the same seed, and evenly', () => {
    const draw = (...seeds: number[]) => Array.from({ length: 20_000 }, seeded(...seeds))
    expect(draw(1, 2)).toEqual(draw(1, 2))
    expect(draw(1, 2)).not.toEqual(draw(2, 1))
    const tenths = new Array<number>(10).fill(0)
    for (const x of draw(seed)) tenths[Math.floor(x * 10)] = (tenths[Math.floor(x * 10)] as number) + 1
    for (const n of tenths) expect(Math.abs(n - 2000)).toBeLessThan(250)
    expect(new Set(Array.from({ length: 10_000 }, (_, i) => hashOf(seed, i))).size).toBeGreaterThan(9_990)
  })

  it('sample without drawing twice', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(80), (n, wanted) => {
        const items = Array.from({ length: n }, (_, i) => i)
        const drawn = sample(items, wanted, seeded(n, wanted))
        expect(drawn).toHaveLength(Math.min(n, wanted))
        expect(new Set(drawn).size).toBe(drawn.length)
      }),
      runs,
    )
  })

  it('keep a fifth of the rows from training, the same ones whatever else is in the file', () => {
    const kept = Array.from({ length: 10_000 }, (_, i) => isTestRow({ seed: 1, test: 0.2 }, i))
    expect(Math.abs(kept.filter(Boolean).length - 2000)).toBeLessThan(200)
    expect(isTestRow({ seed: 1, test: 0 }, 5)).toBe(false)
  })

  it('scale a constant column by 1', () => {
    const column = [0.1, 0.1, 0.1].map(x => [x, x * 3, 7])
    expect(fitScaler(column).scale).toEqual([1, 1, 1])
    expect(fitScaler([[1], [3]])).toEqual({ center: [2], scale: [1] })
  })

  it('start from different points of the data', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 2, max: 6 }), (data, k) => {
        const chosen = starts(pointsFrom(data), k, seeded(k)).map(String)
        const different = new Set(data.map(String))
        expect(chosen).toHaveLength(Math.min(k, different.size))
        expect(new Set(chosen).size).toBe(chosen.length)
        for (const each of chosen) expect(different).toContain(each)
      }),
      runs,
    )
  })

  it('leave each point with its nearest centroid, and each centroid in the middle of its points', () => {
    fc.assert(
      fc.property(points, data => {
        const engine = reference(pointsFrom(data))
        const { centroids, labels, inertia } = engine.fit(engine.starts(3, seeded(3)))
        const to = (i: number, c: number) => squaredDistance(data[i] as number[], centroids[c] as number[])
        for (const [i, own] of labels.entries()) {
          for (let c = 0; c < centroids.length; c++) expect(to(i, own)).toBeLessThanOrEqual(to(i, c) + 1e-9)
        }
        const sum = labels.reduce((total, own, i) => total + to(i, own), 0)
        expect(inertia).toBeCloseTo(sum, 6)
      }),
      runs,
    )
  })

  it('compute the silhouette as it is defined', () => {
    fc.assert(
      fc.property(points, data => {
        const labels = data.map((_, i) => i % 3)
        const { mean } = createSilhouette(load(pointsFrom(data)), 3)(labels, 3, seeded(1))
        expect(mean).toBeCloseTo(silhouette(data, labels), 5)
      }),
      runs,
    )
  })

  it('find the axes of a stretched cloud, always the same way up', () => {
    const random = seeded(4)
    const cloud = Array.from({ length: 500 }, () => [random() - 0.5, 20 * (random() - 0.5), 5 * (random() - 0.5)])
    const [first = [], second = []] = axesOf(cloud)
    expect(first[1]).toBeGreaterThan(0.99)
    expect(second[2]).toBeGreaterThan(0.99)
    expect(axesOf([[1], [2]])).toEqual([[1], [0]])
  })

  it.each([
    ['1,5', 'not a number'],
    ['0x10', 'not a number'],
    ['=1+1', 'not a number'],
    [' 2.50 ', 2.5],
    ['1e3', 1000],
    ['-.5', -0.5],
    ['-Infinity', 'not finite'],
    ['1e999', 'not finite'],
    [Number.NaN, 'not finite'],
    ['NULL', 'missing'],
    [null, 'missing'],
  ])('read the cell %j as %j', (cell, read) => {
    expect(numberIn(cell)).toBe(read)
  })

  it('print JSON that reads back the same, short things on one line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      runs,
    )
    expect(printJson({ a: [1, 2], b: {} })).toBe('{ "a": [1, 2], "b": {} }')
  })
})

const words = (label: string, shelf: number, cart: number) => ({
  label,
  description: `${label} it is.`,
  typical: { shelf_pages: shelf, cart_pages: cart },
})

const trained = async (segmentation: object) => {
  const at = scratch()
  const recipe = at('recipe.json', smallRecipe({}, segmentation))
  const ran = await nearside('train', at('data.csv', smallData()), '--recipe', recipe, '--out', at('m.json'), '--json')
  return { ...ran, card: ran.code ? undefined : JSON.parse(ran.out) }
}

describe('names and numbers of clusters', () => {
  it('follow the recipe: each name goes to the cluster of its typical visit, in the recipe’s order', async () => {
    for (const segments of [
      [words('Shelves', 22, 0), words('Carts', 1, 9)],
      [words('Carts', 1, 9), words('Shelves', 22, 0)],
    ]) {
      const { card } = await trained({ segments, ids: 'q' })
      expect(card.segments.map((each: { id: string }) => each.id)).toEqual(['q1', 'q2'])
      expect(card.segments.map((each: { label: string }) => each.label)).toEqual(segments.map(each => each.label))
      const shelves = card.segments.find((each: { label: string }) => each.label === 'Shelves')
      expect(shelves.typical.shelf_pages).toBeGreaterThan(19)
      expect(shelves.share).toBeGreaterThan(0.6)
    }
  })

  it('are refused where two names fall on one cluster, with the cluster that has none', async () => {
    const { code, err } = await trained({ segments: [words('Shelves', 22, 0), words('More shelves', 30, 1)] })
    expect(code).toBe(1)
    expect(err).toContain('the typical visits of "Shelves" and "More shelves" are of one cluster')
    expect(err).toMatch(/without a name yet: {"shelf_pages":1\.\d+,"cart_pages":9\.\d+}/)
  })

  it('are refused where a typical visit leaves a feature out, or is empty', async () => {
    const partial = { label: 'A', description: 'B.', typical: { shelf_pages: 1 } }
    expect((await trained({ segments: [partial] })).err).toContain('typical.cart_pages: nothing is there')
    expect((await trained({ segments: [words('Nobody', 0, 0)] })).err).toContain('"Nobody" is all zeros')
  })
})
