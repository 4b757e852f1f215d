/** Centroids that scikit-learn found, as a model; and the proof on a sample that a device assigns as `predict` does. */

import { assign } from '../core/assign.ts'
import type { FeatureSpec } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import {
  fault,
  integer,
  list,
  object,
  oneOf,
  optional,
  type Parser,
  parseJson,
  real,
  text,
  unique,
} from '../core/parse.ts'
import type { CentroidSegmentation } from '../core/segmentation.ts'
import { type Binding, nameOf, rawOf, specOf } from './binding.ts'
import type { Recipe } from './recipe.ts'
import { rounded } from './scale.ts'
import { modelFrom } from './train.ts'

const numbers = list(real, 1, 64)
const MOST_SAMPLED = 100_000

const parseShape = object({
  v: oneOf([1]),
  kind: oneOf(['sklearn-kmeans']),
  /** Of the table that the scaler saw, in its order. */
  columns: list(text(120), 1, 64),
  /** Columns whose log1p was taken before the scaler. */
  log1p: optional(list(text(120), 0, 64)),
  mean: numbers,
  scale: numbers,
  /** In scaled space. */
  centers: list(numbers, 2, 63),
  sizes: list(integer(0, 1e12), 2, 63),
  sample: object({
    /** As in the file: before log1p and scaler. */
    rows: list(numbers, 1, MOST_SAMPLED),
    labels: list(integer(0, 62), 1, MOST_SAMPLED),
  }),
})

export type SklearnExport = ReturnType<typeof parseShape>

const same = (found: number, wanted: number, place: string, what: string): void => {
  if (found !== wanted) fault(place, `${found} for ${wanted} ${what}`, 'Export it again')
}

/** Reads what the exporter wrote. @throws ParseError */
export const parseSklearn: Parser<SklearnExport> = (json, place) => {
  const it = parseShape(parseJson(String(json), place), place)
  const { columns, mean, scale, centers, sizes, sample } = it
  unique(columns, `${place}.columns`)
  same(mean.length, columns.length, `${place}.mean`, 'columns')
  same(scale.length, columns.length, `${place}.scale`, 'columns')
  scale.forEach((each, i) => {
    if (!(each > 0)) fault(`${place}.scale[${i}]`, 'not above zero', 'A constant column has scale 1')
  })
  for (const [i, center] of centers.entries()) same(center.length, columns.length, `${place}.centers[${i}]`, 'columns')
  same(sizes.length, centers.length, `${place}.sizes`, 'centers')
  same(sample.labels.length, sample.rows.length, `${place}.sample.labels`, 'rows')
  sample.rows.forEach((row, i) => {
    same(row.length, columns.length, `${place}.sample.rows[${i}]`, 'columns')
  })
  return it
}

interface Column {
  readonly at: number
  readonly binding: Binding
  readonly spec: FeatureSpec
  /** What a device has for 1 in the column, before the transform. */
  readonly factor: number
}

/** Where each feature of the segmentation stands in the export. */
const columnsFor = (recipe: Recipe, it: SklearnExport, place: string): Column[] => {
  if (recipe.signals)
    fault(`${recipe.place}.signals`, 'lines as signals', 'Bind the columns that the scaler saw by vector')
  const found = recipe.segmentation.features.map(name => {
    const binding = recipe.vector.find(each => nameOf(each) === name) as Binding
    const at = it.columns.indexOf(binding.column)
    if (at < 0) fault(`${place}.columns`, `no ${binding.column}`, `It has: ${it.columns.join(', ')}`)
    const spec = specOf(binding)
    const times = 'offline' in binding ? 1 : binding.times
    const factor = times / (spec.aggregate === 'recency' ? 1 : (spec.per ?? 1))
    const logged = it.log1p?.includes(binding.column) ?? false
    if ((spec.transform === 'log1p') !== logged || spec.transform === 'sqrt')
      fault(
        `${recipe.place}, column ${binding.column}`,
        `${spec.transform ?? 'no transform'}, but ${logged ? 'log1p' : 'none'} in the export`,
        'Make the two agree',
      )
    if (logged && factor !== 1)
      fault(
        `${recipe.place}, column ${binding.column}`,
        'log1p of another unit than in the export',
        'Let times equal per',
      )
    return { at, binding, spec, factor: logged ? 1 : factor }
  })
  if (found.length !== it.columns.length)
    fault(`${place}.columns`, `${it.columns.length} for ${found.length} features`, 'Name all of them in the recipe')
  return found
}

export interface Imported {
  readonly model: Model
  readonly sizes: readonly number[]
  /** Sampled rows, and those a device leaves unassigned because nothing was seen. */
  readonly sampled: number
  readonly nothingSeen: number
}

/** A row that lies so much nearer to one centroid than to the other (in parts) is between them. */
const BETWEEN = 1e-9

/** @throws ParseError where a sampled row is assigned to another centroid than `predict` gave it */
const checkParity = (
  model: Model,
  recipe: Recipe,
  it: SklearnExport,
  columns: readonly Column[],
  order: readonly number[],
  place: string,
): number => {
  const [found] = model.segmentations as readonly [CentroidSegmentation]
  let [nothing, wrong, first] = [0, 0, -1]
  it.sample.rows.forEach((row, i) => {
    const raws = columns.map(({ at, binding }) => rawOf(binding, row[at] as number))
    const bad = raws.findIndex(raw => typeof raw === 'string')
    if (bad >= 0)
      fault(
        `${place}.sample.rows[${i}]`,
        `${raws[bad]} in ${columns[bad]?.binding.column}`,
        'A device has no such number',
      )
    const names = recipe.segmentation.features
    const vector = model.features.map(({ name }) => raws[names.indexOf(name)] as number | undefined)
    const {
      segment,
      unassigned,
      distance = 0,
      runnerUp,
    } = assign(
      model,
      found,
      vector.map(value => value ?? null),
    )
    if (unassigned) {
      nothing++
      return
    }
    const between = runnerUp && runnerUp.distance - distance <= BETWEEN * runnerUp.distance
    const cluster = order[found.segments.findIndex(({ id }) => id === segment) - 1]
    if (cluster === it.sample.labels[i] || between) return
    wrong++
    if (first < 0) first = i
  })
  if (wrong) {
    const mend = 'Check times, per and transform of the columns, and that the recipe rounds none of them'
    fault(
      `${place}.sample.rows[${first}]`,
      `${wrong} of ${it.sample.rows.length} rows are assigned elsewhere than predict has them`,
      mend,
    )
  }
  return nothing
}

/**
 * @param json the exporter's text, found at `place`
 * @param digest of it
 * @throws ParseError where export and recipe do not fit, a cluster is too small, or the sample is assigned otherwise
 */
export const importSklearn = (json: string, recipe: Recipe, digest: string, place: string): Imported => {
  const it = parseSklearn(json, place)
  const columns = columnsFor(recipe, it, place)
  const small = it.sizes.findIndex(size => size < recipe.minimumSize)
  if (small >= 0)
    fault(
      `${place}.sizes[${small}]`,
      `${it.sizes[small]} rows, fewer than ${recipe.minimumSize}`,
      'Ask for fewer clusters',
    )
  const scaler = {
    center: columns.map(({ at, factor }) => rounded((it.mean[at] as number) * factor)),
    scale: columns.map(({ at, factor }) => rounded((it.scale[at] as number) * factor)),
  }
  const centroids = it.centers.map(center => columns.map(({ at }) => center[at] as number))
  const model = modelFrom(recipe, scaler, centroids, it.sizes, digest)
  const [found] = model.segmentations as readonly [CentroidSegmentation]
  const order = found.centroids.map(centroid =>
    centroids.findIndex(each => each.every((x, j) => rounded(x) === centroid[j])),
  )
  const nothingSeen = checkParity(model, recipe, it, columns, order, place)
  return { model, sizes: order.map(i => it.sizes[i] as number), sampled: it.sample.rows.length, nothingSeen }
}
