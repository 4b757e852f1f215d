// How well a purchase is foretold on the shoppers data, beside scikit-learn on the same folds where it is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { type FeatureSpec, transform } from '../../core/feature.ts'
import { type CleanRow, clean } from '../../trainer/clean.ts'
import { stratified } from '../../trainer/predict/folds.ts'
import { predict } from '../../trainer/predict/propensity.ts'
import { columnsOf, parseRecipe, type Recipe } from '../../trainer/recipe.ts'
import { split } from '../../trainer/test-set.ts'
import { dataFile, describeWithData } from '../harness/data.ts'
import { record, size } from '../harness/size.ts'
import { scratch } from './io.ts'

const CSV = 'online_shoppers_intention.csv'
const MONTHS = ['Feb', 'Mar', 'May', 'June', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const NUMBERS = [
  ...['Administrative', 'Administrative_Duration', 'Informational', 'Informational_Duration'],
  ...['ProductRelated', 'ProductRelated_Duration', 'BounceRates', 'ExitRates', 'PageValues', 'SpecialDay'],
]
const CODES = ['OperatingSystems', 'Browser', 'Region', 'TrafficType']

const named = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '_')
const worded = (column: string, is: string) => ({ column, offline: { name: `${named(column)}_${named(is)}`, is } })
const ten = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/shoppers-ten.recipe.json'), 'utf8'))

/** All columns, words as 0 and 1. Trees need no transform, and pass it over. */
const recipeOf = (method: string, leave: readonly string[]): Recipe => {
  const vector = [
    ...NUMBERS.map(column => ({ column, offline: { name: named(column), transform: 'log1p' } })),
    ...CODES.map(column => ({ column, offline: { name: named(column) } })),
    ...MONTHS.map(month => worded('Month', month)),
    ...['Returning_Visitor', 'New_Visitor'].map(type => worded('VisitorType', type)),
    worded('Weekend', 'TRUE'),
  ].filter(({ column }) => !leave.includes(column))
  const features = vector.map(({ offline }) => offline.name)
  const [visit] = ten.segmentations
  const revenue = {
    ...{ kind: 'propensity', id: 'buy', label: 'Will this visit end in an order?', uses: ['offer'], method, features },
    outcome: { column: 'Revenue', is: ['TRUE'] },
  }
  const segmentations = [{ ...visit, features: ['administrative', 'productrelated'], k: 2, segments: [] }, revenue]
  return parseRecipe(JSON.stringify({ ...ten, test: 0, vector, segmentations }))
}

/** The same folds in Python, of which each is given by its rows. */
const PYTHON = `
import sys, json, numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline
from sklearn.metrics import roc_auc_score
it = json.load(open(sys.argv[1]))
x = np.array(it['x']); y = np.array(it['y'])
make = {'logistic': lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
        'boosting': lambda: HistGradientBoostingClassifier(random_state=0)}[it['method']]
aucs = []
for test in it['folds']:
    training = np.setdiff1d(np.arange(len(y)), test)
    made = make().fit(x[training], y[training])
    aucs.append(roc_auc_score(y[test], made.predict_proba(x[test])[:, 1]))
print(np.mean(aucs))
`

/** Mean AUC of scikit-learn over the folds that ours were tried on. */
const beside = (recipe: Recipe, rows: readonly CleanRow[], method: string): number => {
  const [propensity] = recipe.propensities
  const names = propensity?.features ?? []
  const specs = names.map(name => recipe.bound.findIndex(spec => spec.name === name))
  const yes = readFileSync(dataFile(CSV) as string, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const y = Uint8Array.from(rows, ({ index }) => Number(/TRUE\s*$/.test(yes[index] as string)))
  const x = rows.map(({ raws }) => specs.map(at => transform(recipe.bound[at] as FeatureSpec, raws[at] as number)))
  const folds = stratified(y, 5, recipe.seed).map(({ test }) => test)
  const path = scratch()('folds.json', JSON.stringify({ x, y: [...y], folds, method }))
  const ran = spawnSync(python as string, ['-c', PYTHON, path], {
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return Number(ran.stdout)
}

/** A Python with scikit-learn in it, or undefined. */
const python = ['python3', '/usr/bin/python3'].find(
  name => spawnSync(name, ['-c', 'import sklearn'], { timeout: 60_000 }).status === 0,
)

describeWithData('how likely an order is, on all columns of the shoppers data', [CSV], paths => {
  const read = readFileSync(paths[CSV], 'utf8')
  const tried = (method: string, leave: readonly string[] = []) => {
    const recipe = recipeOf(method, leave)
    const table = parseCsv(read, columnsOf(recipe), CSV)
    const parts = split(recipe, clean(recipe, table).rows)
    const [propensity] = recipe.propensities
    if (!propensity) throw new Error('no propensity')
    return { recipe, parts, ...predict(propensity, { recipe, table, split: parts, length: 2 }) }
  }

  it.each([
    ['logistic', [], 0.9122],
    ['boosting', [], 0.931],
    ...(size === 'soak'
      ? ([
          ['boosting', ['PageValues'], 0.78],
          ['forest', [], 0.92],
          ['logistic', ['PageValues'], 0.7455],
        ] as const)
      : []),
  ] as const)('%s without %j is right as often as promised, small, and says what it means', (method, leave, least) => {
    const { recipe, parts, segmentation, card } = tried(method, leave)
    const what = `${method}${leave.length ? ' without PageValues' : ''}`
    record(`AUC of an order over five folds, ${what}`, card.auc)
    expect(card.auc).toBeGreaterThanOrEqual(least)

    const bytes = brotliCompressSync(JSON.stringify(segmentation.predictor)).length
    record(`predictor, ${what}`, bytes, 'B brotli')
    expect(bytes).toBeLessThan(30_000)

    const most = { logistic: 0.08, boosting: 0.04, forest: 0.08 }[method]
    for (const { said, came } of card.calibration)
      expect(Math.abs(said - came), `${what} said ${said}`).toBeLessThan(most)
    expect(card.bands.map(band => band.came)).toEqual(card.bands.map(band => band.came).sort((a, b) => a - b))
    for (const band of card.bands) expect(band.size).toBeGreaterThanOrEqual(recipe.minimumSize)

    // No threshold tells fewer people apart from the others.
    const { predictor } = segmentation
    const columns = segmentation.features.map(name => {
      const at = recipe.bound.findIndex(spec => spec.name === name)
      return Float64Array.from(parts.training, ({ raws }) => raws[at] as number).sort()
    })
    for (const [f, column] of predictor.method === 'trees' ? columns.entries() : []) {
      for (const threshold of predictor.method === 'trees' ? (predictor.thresholds[f] as number[]) : []) {
        const above = column.findIndex(value => value > threshold)
        const low = above < 0 ? column.length : above
        expect(Math.min(low, column.length - low)).toBeGreaterThanOrEqual(recipe.minimumSize)
      }
    }

    const suspects = card.importance.filter(({ suspect }) => suspect).map(({ feature }) => feature)
    expect(suspects).toEqual(leave.length ? [] : ['pagevalues'])

    if (size !== 'soak' || !python || method === 'forest') return
    const found = beside(recipe, parts.training, method)
    record(`AUC of an order over the same folds, ${what}, scikit-learn`, found.toFixed(4))
    expect(card.auc).toBeGreaterThanOrEqual(found - 0.002)
  })
})
