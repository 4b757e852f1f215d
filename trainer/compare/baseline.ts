/** How the rows were spread that a model was made for: what new rows are held against when those are long gone. */

import type { FeatureVector } from '../../core/feature.ts'
import { type Model, modelId } from '../../core/model.ts'
import { fault, integer, list, mapOf, object, parseJson, real, text } from '../../core/parse.ts'
import type { CentroidSegmentation, SegmentId } from '../../core/segmentation.ts'
import { bandCounts, propensitiesOf } from './band-counts.ts'

/** Raw vectors in the model's order, and the segment of each. */
export interface Seen {
  readonly raws: readonly FeatureVector[]
  readonly segments: readonly SegmentId[]
}

export interface Baseline {
  /** Of each feature the upper edges of tenths; and rows in each bin, in what lies above, and in none because it is not known. */
  readonly features: readonly {
    readonly name: string
    readonly edges: readonly number[]
    readonly rows: readonly number[]
  }[]
  /** Rows in each segment, unassigned first. */
  readonly segments: readonly number[]
  /** The same of each propensity. */
  readonly bands: readonly { readonly id: string; readonly rows: readonly number[] }[]
}

const BINS = 10
/** An edge is somebody's number; to three digits it is many people's. */
const DIGITS = 3

/** Upper edges of tenths; equal ones fall together. */
const edgesOf = (values: readonly number[]): number[] => {
  const sorted = Float64Array.from(values).sort()
  const at = (i: number): number => sorted[Math.floor(((i + 1) / BINS) * (sorted.length - 1))] as number
  const edges = sorted.length ? Array.from({ length: BINS - 1 }, (_, i) => Number(at(i).toPrecision(DIGITS))) : []
  return [...new Set(edges)]
}

/** Rows in each bin; the last counts those of which the feature is not known. */
export const binned = (edges: readonly number[], values: readonly (number | null)[]): number[] => {
  const counts = new Array<number>(edges.length + 2).fill(0)
  for (const value of values) {
    const found = value === null ? edges.length + 1 : edges.findIndex(edge => value <= edge)
    const bin = found < 0 ? edges.length : found
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

/** The numbers of one feature. */
export const columnOf = (model: Model, name: string, raws: readonly FeatureVector[]): (number | null)[] => {
  const at = model.features.findIndex(spec => spec.name === name)
  return raws.map(row => row[at] ?? null)
}

export const segmentsIn = (it: CentroidSegmentation, { segments }: Seen): number[] =>
  it.segments.map(({ id }) => segments.filter(each => each === id).length)

/** The features that every row has a number of: of clusters and of propensities. */
export const numberedIn = (model: Model, it: CentroidSegmentation): string[] => [
  ...new Set([...it.features, ...propensitiesOf(model).flatMap(({ features }) => features)]),
]

export const baselineOf = (model: Model, it: CentroidSegmentation, seen: Seen): Baseline => ({
  features: numberedIn(model, it).map(name => {
    const column = columnOf(model, name, seen.raws)
    const edges = edgesOf(column.filter(value => value !== null))
    return { name, edges, rows: binned(edges, column) }
  }),
  segments: segmentsIn(it, seen),
  bands: propensitiesOf(model).map(each => ({ id: each.id, rows: bandCounts(model, each, seen.raws) })),
})

/** Rows in each segment of a propensity. */
export const bandsIn = ({ bands }: Pick<Baseline, 'bands'>, id: string): readonly number[] | undefined =>
  bands.find(each => each.id === id)?.rows

const rows = integer(0, 1e9)
const anything = mapOf(text(40), (value: unknown) => value)
const parseShape = object({
  features: list(object({ name: text(40), edges: list(real, 0, BINS), rows: list(rows, 2, BINS + 2) }), 1, 64),
  segments: list(rows, 2, 64),
  bands: list(object({ id: text(40), rows: list(rows, 2, 64) }), 0, 16),
})

/**
 * Reads the baseline out of the `--json` output of `nearside train`, found at `place`.
 * @throws ParseError where it is none, or another model's
 */
export const parseBaseline = (json: string, model: Model, it: CentroidSegmentation, place: string): Baseline => {
  const summary = anything(parseJson(json, place), place)
  const evidence = anything(summary.evidence, `${place}.evidence`)
  const found = parseShape(evidence.baseline, `${place}.evidence.baseline`)
  const names = found.features.map(({ name }) => name)
  const fits =
    String(names) === String(numberedIn(model, it)) &&
    propensitiesOf(model).every(({ id, segments }) => bandsIn(found, id)?.length === segments.length) &&
    found.segments.length === it.segments.length &&
    found.features.every(({ edges, rows: each }) => each.length === edges.length + 2)
  if (summary.model !== modelId(model) || !fits)
    fault(`${place}.model`, `it is of ${String(summary.model).slice(0, 40)}`, `Give the summary of ${modelId(model)}`)
  return found
}
