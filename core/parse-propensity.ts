/** Reads propensities: trees are walked without looking again, so every path in them must end in a leaf. */

import { featureName } from './needs.ts'
import { fault, list, object, oneOf, type Parser, real } from './parse.ts'
import { question } from './parse-question.ts'
import type { Logistic, Predictor } from './propensity.ts'
import type { PropensitySegmentation } from './segmentation.ts'
import { behind, type Trees } from './trees.ts'

/** Leaves are whole numbers of the unit; so large a sum of them stays exact. */
const MOST_LEAF = 1e6
const MOST_TREES = 500
/** Two numbers for each split and leaf. */
const MOST_IN_TREE = 510
const MOST_THRESHOLDS = 255

const numbers = list(real, 1, 64)

const parseLogistic: Parser<Logistic> = object({
  method: oneOf(['logistic']),
  center: numbers,
  scale: numbers,
  weights: numbers,
  intercept: real,
})

const whole: Parser<number> = (value, place) =>
  Number.isInteger(value) && Math.abs(value as number) <= MOST_LEAF
    ? (value as number)
    : fault(place, 'not a whole number', `Expected one from -${MOST_LEAF} to ${MOST_LEAF}`)

const parseTrees: Parser<Trees> = object({
  method: oneOf(['trees']),
  thresholds: list(list(real, 0, MOST_THRESHOLDS), 1, 64),
  trees: list(list(whole, 2, MOST_IN_TREE), 1, MOST_TREES),
  base: real,
  unit: real,
})

const parsePredictor: Parser<Predictor> = (value, place) =>
  (value as { method?: unknown } | null)?.method === 'trees' ? parseTrees(value, place) : parseLogistic(value, place)

const parseShape = object({
  kind: oneOf(['propensity']),
  ...question,
  features: list(featureName, 1, 64),
  typical: numbers,
  predictor: parsePredictor,
  bands: list(real, 1, 62),
})

const sameLength = (values: readonly unknown[], length: number, place: string): void => {
  if (values.length !== length)
    fault(place, `${values.length} of them`, `There must be ${length}, one for each feature`)
}

const checkLogistic = (it: Logistic, d: number, place: string): void => {
  for (const name of ['center', 'scale', 'weights'] as const) sameLength(it[name], d, `${place}.${name}`)
  it.scale.forEach((scale, i) => {
    if (!(scale > 0)) fault(`${place}.scale[${i}]`, 'not above zero', 'A constant column has scale 1')
  })
}

/** Each split names a threshold that there is; and the list ends where its tree does. */
const checkTree = (tree: readonly number[], thresholds: Trees['thresholds'], place: string): void => {
  for (let at = 0; at < tree.length; at += 2) {
    const [feature, threshold] = [tree[at] as number, tree[at + 1]]
    if (feature === 0 && threshold !== undefined) continue
    if (threshold === undefined || thresholds[feature - 1]?.[threshold] === undefined)
      fault(
        `${place}[${at}]`,
        'neither a split nor a leaf',
        'Give a feature from 1 and a threshold of it, or 0 and a value',
      )
  }
  let open = 1
  for (let at = 0; open > 0 && at < tree.length; at += 2) open += tree[at] ? 1 : -1
  if (open || behind(tree, 0) !== tree.length) fault(place, 'not one whole tree', 'Write it again')
}

const checkTrees = ({ thresholds, trees, unit }: Trees, d: number, place: string): void => {
  sameLength(thresholds, d, `${place}.thresholds`)
  thresholds.forEach((each, f) => {
    each.forEach((threshold, i) => {
      if (i && threshold <= (each[i - 1] as number))
        fault(`${place}.thresholds[${f}][${i}]`, 'not above the one before', 'Sort them')
    })
  })
  if (!(unit > 0)) fault(`${place}.unit`, 'not above zero', 'Write the model again')
  trees.forEach((tree, i) => {
    checkTree(tree, thresholds, `${place}.trees[${i}]`)
  })
}

const checkBands = ({ bands, segments }: PropensitySegmentation, place: string): void => {
  bands.forEach((bound, i) => {
    if (!(bound > (bands[i - 1] ?? 0) && bound < 1))
      fault(`${place}.bands[${i}]`, `found ${bound}`, 'Give probabilities between 0 and 1, ascending')
  })
  if (segments.length !== bands.length + 2)
    fault(
      `${place}.segments`,
      `${segments.length} for ${bands.length} bounds`,
      'Give unassigned first, then one for each band, the lowest first',
    )
}

/** Reads a segmentation of kind `propensity`. @throws ParseError */
export const parsePropensity: Parser<PropensitySegmentation> = (input, place) => {
  const it: PropensitySegmentation = parseShape(input, place)
  const d = it.features.length
  sameLength(it.typical, d, `${place}.typical`)
  const where = `${place}.predictor`
  if (it.predictor.method === 'trees') checkTrees(it.predictor, d, where)
  else checkLogistic(it.predictor, d, where)
  checkBands(it, place)
  return it
}
