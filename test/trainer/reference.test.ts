import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { scaled } from '../../core/assign.ts'
import { parseModel } from '../../core/parse-model.ts'
import { clean } from '../../trainer/clean.ts'
import { calinskiHarabasz, daviesBouldin, sizesOf } from '../../trainer/cluster/criteria.ts'
import { engineOf } from '../../trainer/cluster/engine.ts'
import { bestFit } from '../../trainer/cluster/kmeans.ts'
import { nearestOf } from '../../trainer/cluster/means.ts'
import { pointsFrom } from '../../trainer/cluster/points.ts'
import { createSilhouette } from '../../trainer/cluster/silhouette.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { printModel } from '../../trainer/print.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { fitScaler } from '../../trainer/scale.ts'
import { pointsOf, train } from '../../trainer/train.ts'
import { describeWithData } from '../harness/data.ts'
import { record } from '../harness/size.ts'

interface Reference {
  readonly log10: {
    readonly first_row_z: readonly number[]
    readonly k: {
      readonly [k: string]: {
        readonly best_inertia_20_inits: number
        readonly silhouette_exact: number
        readonly calinski_harabasz: number
        readonly davies_bouldin: number
        readonly best_centroids_z: readonly (readonly number[])[]
        readonly fixed_init_row_indices: readonly number[]
        readonly fixed_init_inertia: number
        readonly fixed_init_sizes_by_label: readonly number[]
      }
    }
  }
}

const CSV = 'online_shoppers_intention.csv'
const FIGURES = 'shoppers-reference.json'

describeWithData('the trainer on ten columns, beside scikit-learn', [CSV, FIGURES], paths => {
  const recipe = parseRecipe(readFileSync(join(import.meta.dirname, '../fixtures/shoppers-ten.recipe.json'), 'utf8'))
  const table = () =>
    parseCsv(
      readFileSync(paths[CSV], 'utf8'),
      recipe.vector.map(it => it.column),
      CSV,
    )
  const { log10 } = JSON.parse(readFileSync(paths[FIGURES], 'utf8')) as Reference
  const points = (() => {
    const raws = pointsOf(recipe, clean(recipe, table()).rows)
    const scaler = fitScaler(raws)
    return raws.map(point => scaled(scaler, point))
  })()

  it('scales to the same numbers', () => {
    expect(points).toHaveLength(12_330)
    points[0]?.forEach((z, i) => expect(z).toBeCloseTo(log10.first_row_z[i] as number, 10))
  })

  const loaded = load(pointsFrom(points))
  const silhouette = createSilhouette(loaded, 10)

  it.each(Object.entries(log10.k))(
    'k = %s: equal from the same starts by both engines, at most 1.001 of the best, the exact silhouette within 1e-6',
    (name, reference) => {
      const k = Number(name)
      const starts = reference.fixed_init_row_indices.map(row => points[row] as number[])
      const [ours, theirs] = (['simd', 'reference'] as const).map(engine => engineOf(loaded, engine).fit(starts))
      expect(ours).toEqual(theirs)
      expect(Math.abs((ours?.inertia ?? 0) / reference.fixed_init_inertia - 1)).toBeLessThan(1e-9)
      expect(sizesOf(ours?.labels ?? [], k)).toEqual(reference.fixed_init_sizes_by_label)
      const best = bestFit(engineOf(loaded), k, recipe)
      const ratio = best.inertia / reference.best_inertia_20_inits
      expect(ratio).toBeLessThanOrEqual(1.001)
      record(`inertia on ten columns beside scikit-learn, k = ${k}`, ratio.toFixed(6), 'of its best')
      // The silhouette is told of scikit-learn's best, which another best of equal inertia may differ from.
      const told = pointsFrom(points)
      const centroids = reference.best_centroids_z
      const labels = points.map((_, i) => nearestOf(told, i, centroids))
      const { mean } = silhouette(labels, k, seeded(1))
      expect(Math.abs(mean - reference.silhouette_exact)).toBeLessThan(1e-6)
      const fit = { centroids, labels: Int32Array.from(labels) }
      expect(calinskiHarabasz(told, fit)).toBeCloseTo(reference.calinski_harabasz, 3)
      expect(daviesBouldin(told, fit)).toBeCloseTo(reference.davies_bouldin, 6)
    },
  )

  it('gives a model that says it is offline, and that no device takes', () => {
    const three = { ...recipe, segmentation: { ...recipe.segmentation, k: 3 } }
    const text = printModel(three, train(three, table(), 'sha256:0').model)
    expect(JSON.parse(text)).toMatchObject({
      offline: true,
      features: [{ column: 'Administrative', name: 'administrative' }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    })
    expect(() => parseModel(text)).toThrow('no device can observe')
  })
})
