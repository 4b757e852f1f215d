import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import type { CentroidSegmentation } from '../../core/segmentation.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

const rows = smallData()
  .split('\n')
  .slice(1)
  .map(line => line.split(',').map(Number))

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const columns = [0, 1].map(j => rows.map(row => row[j] as number))
const means = columns.map(mean)
const scales = columns.map((column, j) => Math.sqrt(mean(column.map(x => (x - (means[j] as number)) ** 2))))
const z = (row: readonly number[]) => row.map((x, j) => (x - (means[j] as number)) / (scales[j] as number))
const labels = rows.map(([shelf = 0]) => (shelf > 10 ? 0 : 1))
const centers = [0, 1].map(label => {
  const own = rows.filter((_, i) => labels[i] === label).map(z)
  return [0, 1].map(j => mean(own.map(row => row[j] as number)))
})

/** What the exporter writes of the small data, columns the other way round. */
const exported = (change: object = {}) => ({
  v: 1,
  kind: 'sklearn-kmeans',
  columns: ['cart', 'shelf'],
  log1p: [],
  mean: [...means].reverse(),
  scale: [...scales].reverse(),
  centers: centers.map(center => [...center].reverse()),
  sizes: [0, 1].map(label => labels.filter(each => each === label).length),
  sample: { rows: rows.map(row => [...row].reverse()), labels },
  ...change,
})

const imported = async (change: object = {}, recipe = smallRecipe()) => {
  const at = scratch()
  const args = [
    'import',
    'sklearn',
    at('export.json', JSON.stringify(exported(change))),
    '--recipe',
    at('r.json', recipe),
  ]
  const ran = await nearside(...args, '--out', at('m.json'))
  return { ...ran, model: () => parseModel(readFileSync(at('m.json'), 'utf8')) }
}

describe('nearside import sklearn', () => {
  it('makes a model that assigns every sampled row as predict does', async () => {
    const { code, err, out, model } = await imported()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('100 sampled rows are assigned as predict has them')
    const [it] = model().segmentations as [CentroidSegmentation]
    expect(it.features).toEqual(['shelf_pages', 'cart_pages'])
    expect(it.scaler.center.map(x => x.toFixed(9))).toEqual(means.map(x => x.toFixed(9)))
    expect(it.segments).toHaveLength(3)
  })

  it('takes columns to the units of signals', async () => {
    const recipe = JSON.parse(smallRecipe())
    Object.assign(recipe.vector[0], { times: 1000 })
    Object.assign(recipe.vector[0].feature, { kind: 'page_dwell', aggregate: 'sum', field: 'ms', per: 500 })
    const { code, model } = await imported({}, JSON.stringify(recipe))
    expect(code).toBe(0)
    const [it] = model().segmentations as [CentroidSegmentation]
    expect(it.scaler.center[0]).toBeCloseTo(2 * (means[0] as number), 8)
  })

  const logged = JSON.parse(smallRecipe())
  logged.vector[0].feature.transform = 'log1p'

  it.each<[string, object, string, RegExp]>([
    [
      'a label that is another',
      { sample: { rows: rows.map(row => [...row].reverse()), labels: labels.map((l, i) => (i === 7 ? 1 - l : l)) } },
      smallRecipe(),
      /rows\[7\]: 1 of 100 rows are assigned elsewhere/,
    ],
    ['centers of another space', { centers: centers.map(c => c.map(x => x + 5)) }, smallRecipe(), /assigned elsewhere/],
    ['a column less', { columns: ['cart', 'pages'] }, smallRecipe(), /no shelf/],
    ['a mean too many', { mean: [1, 2, 3] }, smallRecipe(), /mean: 3 for 2 columns/],
    ['a scale of nothing', { scale: [0, 1] }, smallRecipe(), /scale\[0\]: not above zero/],
    ['a cluster too small', { sizes: [99, 1] }, smallRecipe(), /sizes\[1\]: 1 rows, fewer than 5/],
    ['a transform of its own', {}, JSON.stringify(logged), /log1p, but none in the export/],
    [
      'a number that is none',
      {
        centers: [
          [null, 1],
          [1, 1],
        ],
      },
      smallRecipe(),
      /centers\[0\]\[0\]/,
    ],
  ])('refuses an export with %s', async (_, change, recipe, problem) => {
    const { code, err, model } = await imported(change, recipe)
    expect(code).toBe(1)
    expect(err).toMatch(problem)
    expect(model).toThrow()
  })
})

/** A Python that has scikit-learn: a distribution's own often has where another stands first in the path. */
const python = ['python3', '/usr/bin/python3'].find(name => {
  try {
    execFileSync(name, ['-c', 'import sklearn'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

describe.skipIf(!python)('the exporter of the docs', () => {
  it('writes what is imported, with every sampled row where predict has it', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/models.md'), 'utf8')
    const [, exporter = ''] = /```python\n([\s\S]*?)```/.exec(page) ?? []
    const at = scratch()
    const script = `${exporter}
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler
X = np.loadtxt("${at('data.csv', smallData())}", delimiter=",", skiprows=1)
logged = np.column_stack([np.log1p(X[:, 0]), X[:, 1]])
scaler = StandardScaler().fit(logged)
kmeans = KMeans(2, n_init=5, random_state=1).fit(scaler.transform(logged))
export_nearside("${at('export.json')}", ["shelf", "cart"], scaler, kmeans, X, log1p=["shelf"])`
    execFileSync(python as string, ['-c', script])
    const args = ['--recipe', at('r.json', JSON.stringify(logged)), '--out', at('m.json')]
    expect(await nearside('import', 'sklearn', at('export.json'), ...args)).toMatchObject({ code: 0, err: '' })
  })

  const logged = JSON.parse(smallRecipe())
  logged.vector[0].feature.transform = 'log1p'
})
