import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { CentroidSegmentation } from '../../core/segmentation.ts'
import type { Card } from '../../trainer/card.ts'
import type { Tried } from '../../trainer/cluster/choice.ts'
import { withOutliers } from '../../trainer/cluster/outliers.ts'
import { cardDocument } from '../../trainer/model-card/document.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

/** Two rings of visits, one within the other, and a few far from both. */
const rings = (): string => {
  const random = seeded(11)
  const around = (far: number): string => {
    // Any point of a square's edge, as a circle takes sine and cosine.
    const [along, side] = [Math.floor(random() * 2 * far) - far, Math.floor(random() * 4)]
    const [x, y] = side < 2 ? [along, side ? far : -far] : [side > 2 ? far : -far, along]
    return `${100 + x},${100 + y}`
  }
  const rows = Array.from({ length: 600 }, (_, i) => around(i % 3 ? 60 : 15))
  return ['shelf,cart', ...rows, '400,400', '390,20', '10,395'].join('\n')
}

/** Its model card, without the maps. */
const drawn = (model: string, card: Card): string => {
  const { dataset, notPersonal } = parseRecipe(smallRecipe())
  const page = { card, needs: [], digest: 'sha256:0', offline: false, dataset, notPersonal }
  return cardDocument({ ...page, model: parseModel(model) })
}

const trained = async (segmentation: object, data = rings(), ...more: string[]) => {
  const at = scratch()
  const recipe = at('recipe.json', smallRecipe({ test: 0 }, segmentation))
  const ran = await nearside(
    'train',
    at('data.csv', data),
    '--recipe',
    recipe,
    '--out',
    at('m.json'),
    '--json',
    ...more,
  )
  const model = ran.code ? '' : readFileSync(at('m.json'), 'utf8')
  return { ...ran, model, card: ran.code ? undefined : JSON.parse(ran.out) }
}

describe('clusters of other shapes, as centroids', () => {
  it('are found by density, with outliers, the curve of distances, and how many rows the centroids put elsewhere', async () => {
    const { card, err, model } = await trained({ k: undefined, method: 'dbscan', radius: 0.5, neighbours: 4 })
    expect(err).toBe('')
    expect(card.k).toBe(2)
    expect(card.clusters.method).toBe('dbscan')
    expect(card.clusters.density).toMatchObject({ radius: 0.5, neighbours: 4, outliers: 3 })
    const { distances } = card.clusters.density
    expect(distances).toEqual([...distances].sort((a: number, b: number) => b - a))
    // The outer ring is on all sides of the inner one: both have one middle, and a device cannot tell them apart.
    expect(card.clusters.elsewhere.of).toBe(600)
    expect(card.clusters.elsewhere.rows).toBeGreaterThan(100)
    const html = drawn(model, card)
    for (const said of ['Distance to the last neighbour', 'A device knows centres alone: it puts', 'Rows lie densely'])
      expect(html).toContain(said)
  })

  it('are found by density without a radius being told', async () => {
    const { card } = await trained({ k: undefined, method: 'dbscan' })
    expect(card.clusters.density.radius).toBeGreaterThan(0)
    expect(card.clusters.because).toMatch(/^Rows lie densely in \d places/)
  })

  it('are refused where density finds fewer than two, with the mend', async () => {
    const { code, err } = await trained({ k: undefined, method: 'dbscan', radius: 50 })
    expect(code).toBe(1)
    expect(err).toContain('1 clusters of 5 rows or more within 50. Try a smaller radius')
  })

  it('are cut from Ward’s tree, with a dendrogram whose leaves hold every row', async () => {
    const { card, model } = await trained({ k: { from: 2, to: 5 }, method: 'ward' })
    expect(drawn(model, card)).toContain(`cut into ${card.k}`)
    const { rows, merges, sizes } = card.clusters.dendrogram
    expect(rows).toBe(603)
    expect(sizes.reduce((a: number, b: number) => a + b, 0)).toBe(603)
    expect(merges).toHaveLength(30)
    const branches = merges.flatMap((it: { left: number; right: number }) => [it.left, it.right])
    expect(new Set(branches).size).toBe(branches.length)
    expect(branches.every((each: number) => each < sizes.length + merges.length - 1)).toBe(true)
    expect(card.tried.map((each: Tried) => each.k)).toEqual([2, 3, 4, 5])
  })

  it('are the same bytes from the same command, by either engine', async () => {
    const bytes = await Promise.all(
      ['reference', 'simd', 'simd'].map(async engine => (await trained({ k: 3 }, rings(), '--engine', engine)).out),
    )
    const [first = '', ...others] = bytes.map(text => text.replace(/"out":"[^"]*"/, ''))
    for (const each of others) expect(each).toBe(first)
  })

  it('follow the command line before the recipe', async () => {
    const { card } = await trained(
      { method: 'dbscan', k: undefined, radius: 1 },
      rings(),
      '--method',
      'ward',
      '--k',
      '2-3',
    )
    expect(card.clusters.method).toBe('ward')
    expect(card.tried.map((each: Tried) => each.k)).toEqual([2, 3])
  })

  it.each([
    [{ method: 'dbscan' }, [], 'k: dbscan finds out how many clusters there are'],
    [{ radius: 2 }, [], 'radius: kmeans has no use for it'],
    [{ method: 'kmedians' }, [], 'method'],
    [{ k: 1 }, [], 'k'],
    [{}, ['--k', '10-2'], '--k: from 10 to 2'],
    [{}, ['--engine', 'gpu'], '--engine'],
  ])('are refused where the recipe asks for nonsense: %j %j', async (segmentation, more, problem) => {
    const { code, err } = await trained(segmentation, rings(), ...more)
    expect(code).toBe(1)
    expect(err).toContain(problem)
  })
})

describe('outliers', () => {
  const outliers = { label: 'Unlike the others', description: 'Your visits resemble few others.' }
  const far = Array.from({ length: 8 }, (_, i) => `${400 + 9 * i},${i % 2 ? 420 : 5}`)
  const data = [rings(), ...far].join('\n')
  const last = (card: { segments: { label: string; size: number; outliers?: true }[] }) => card.segments.at(-1)

  it('may be a segment of their own: those that density found, and no more of the others than must be', async () => {
    const { card, model } = await trained(
      { k: undefined, method: 'dbscan', radius: 0.4, neighbours: 4, outliers },
      data,
    )
    expect(card.clusters.density.outliers).toBe(11)
    expect(last(card)).toMatchObject({ label: 'Unlike the others', size: 11, outliers: true })
    const [it] = parseModel(model).segmentations as [CentroidSegmentation]
    expect(it.segments).toHaveLength(it.centroids.length + 2)
    expect(assign(parseModel(model), it, [450, 450]).segment).toBe(it.segments.at(-1)?.id)
    expect(assign(parseModel(model), it, [110, 110]).segment).not.toBe(it.segments.at(-1)?.id)
  })

  it('may be the share of rows that is told, by any method', async () => {
    for (const method of ['kmeans', 'ward']) {
      const { card } = await trained({ k: 3, method, outliers: { ...outliers, share: 0.02 } }, data)
      expect(last(card)?.size).toBe(12)
      expect(card.segments.reduce((sum: number, each: { size: number }) => sum + each.size, 0)).toBe(611)
    }
  })

  it('are never parted from others who are equally far', () => {
    const it = {
      ...{ kind: 'centroids', id: 'a', label: 'A', features: ['x'], centroids: [[0]], uses: ['content'] },
      ...{ scaler: { center: [0], scale: [1] }, segments: [{ id: 's0', label: 'U', description: 'U.' }] },
    } as unknown as CentroidSegmentation
    const reach = (twins: number) => {
      const rows = Array.from({ length: 100 }, (_, i) => [i < twins ? 5 : i / 100])
      return withOutliers(it, { ...outliers, share: 0.1 }, rows, new Int32Array(100)).it.reach
    }
    expect(reach(12)).toBe(2.995)
    expect(reach(9)).toBe(0.985)
    expect(reach(100)).toBe(5)
  })

  it('make no model where they are fewer than the smallest size', async () => {
    const { code, err } = await trained({ k: 3, outliers: { ...outliers, share: 0.001 } }, data)
    expect(code).toBe(1)
    expect(err).toMatch(/segment s\d has \d rows, fewer than 5/)
  })
})
