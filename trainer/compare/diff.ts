/** What changes from one model to the next: segments, what is collected, and who would move. */

import { assign } from '../../core/assign.ts'
import type { FeatureVector } from '../../core/feature.ts'
import { type Model, modelId } from '../../core/model.ts'
import { needsOf } from '../../core/needs.ts'
import type { CentroidSegmentation, Segment, Segmentation } from '../../core/segmentation.ts'
import { matchSegments } from './match.ts'

export interface SegmentChange {
  readonly what: 'kept' | 'gone' | 'new'
  readonly before?: Segment
  readonly after?: Segment
  /** How far its centroid went, in the scaled units of the earlier model. */
  readonly distance?: number
}

/** So many rows of a segment are in another afterwards: the bands of a flow picture. */
export interface Flow {
  readonly from: string
  readonly to: string
  readonly rows: number
}

export interface Flows {
  readonly rows: number
  /** Rows whose segment after is not the one that theirs persists as. */
  readonly moved: number
  readonly flows: readonly Flow[]
}

/** A question beside the clusters: a propensity, or rules. */
export interface QuestionChange {
  readonly what: 'same' | 'changed' | 'gone' | 'new'
  readonly id: string
  readonly label: string
  /** Rows that would be told another segment, where rows were tried. */
  readonly moved?: number
}

export interface ModelDiff {
  readonly before: string
  readonly after: string
  readonly segments: readonly SegmentChange[]
  readonly questions: readonly QuestionChange[]
  /** Kinds and fields that devices would collect more, and no more. */
  readonly collectedMore: readonly string[]
  readonly collectedNoMore: readonly string[]
  readonly featuresAdded: readonly string[]
  readonly featuresRemoved: readonly string[]
  readonly flows?: Flows
}

const collected = (model: Model): string[] =>
  needsOf(model.features).flatMap(({ kind, fields }) => [kind, ...fields.map(field => `${kind}.${field}`)])

const without = (a: readonly string[], b: readonly string[]): string[] => a.filter(each => !b.includes(each))

const segmentChanges = (a: CentroidSegmentation, b: CentroidSegmentation): SegmentChange[] => {
  const paired = matchSegments(a, b)
  // Outliers have no centroid to be paired by: where both have some, they are the same.
  const outliers = a.reach !== undefined && b.reach !== undefined
  const pairs = [...paired, ...(outliers ? [{ a: a.centroids.length, b: b.centroids.length, distance: 0 }] : [])]
  const [before, after] = [a.segments.slice(1), b.segments.slice(1)]
  const kept = pairs.map(
    (pair): SegmentChange => ({
      what: 'kept',
      before: before[pair.a] as Segment,
      after: after[pair.b] as Segment,
      distance: Number(pair.distance.toPrecision(3)),
    }),
  )
  const gone = before.flatMap((each, i): SegmentChange[] =>
    pairs.some(pair => pair.a === i) ? [] : [{ what: 'gone', before: each }],
  )
  const added = after.flatMap((each, i): SegmentChange[] =>
    pairs.some(pair => pair.b === i) ? [] : [{ what: 'new', after: each }],
  )
  return [...kept, ...gone, ...added]
}

/** The segmentation by centroids; a model has one at most. */
export const centroidsOf = (model: Model): CentroidSegmentation | undefined =>
  model.segmentations.find((it): it is CentroidSegmentation => it.kind === 'centroids')

const flowsOf = (
  [a, b]: readonly [Model, Model],
  [from, to]: readonly [CentroidSegmentation, CentroidSegmentation],
  changes: readonly SegmentChange[],
  [before, after]: readonly [readonly FeatureVector[], readonly FeatureVector[]],
): Flows => {
  const counts = new Map<string, Flow>()
  const same = new Map(changes.flatMap(it => (it.what === 'kept' ? [[it.before?.id, it.after?.id] as const] : [])))
  same.set(from.segments[0]?.id, to.segments[0]?.id)
  let moved = 0
  before.forEach((raws, i) => {
    const [x, y] = [assign(a, from, raws).segment, assign(b, to, after[i] as FeatureVector).segment]
    const flow = counts.get(`${x} ${y}`) ?? { from: x, to: y, rows: 0 }
    counts.set(`${x} ${y}`, { ...flow, rows: flow.rows + 1 })
    if (same.get(x) !== y) moved++
  })
  const flows = [...counts.values()].sort((x, y) =>
    x.from === y.from ? (x.to < y.to ? -1 : 1) : x.from < y.from ? -1 : 1,
  )
  return { rows: before.length, moved, flows }
}

type Raws = readonly [readonly FeatureVector[], readonly FeatureVector[]]

const questionChanges = (a: Model, b: Model, raws: Raws | undefined): QuestionChange[] => {
  const [before, after] = [a, b].map(model => model.segmentations.filter(({ kind }) => kind !== 'centroids')) as [
    Segmentation[],
    Segmentation[],
  ]
  const kept = before.map((from): QuestionChange => {
    const { id, label } = from
    const to = after.find(each => each.id === id)
    if (!to) return { what: 'gone', id, label }
    const [left, right] = raws ?? []
    const moved = left?.filter(
      (row, i) => assign(a, from, row).segment !== assign(b, to, right?.[i] as FeatureVector).segment,
    ).length
    const what = JSON.stringify(from) === JSON.stringify(to) ? 'same' : 'changed'
    return { what, id, label: to.label, ...(moved === undefined ? {} : { moved }) }
  })
  const added = after.filter(({ id }) => !before.some(each => each.id === id))
  return [...kept, ...added.map(({ id, label }): QuestionChange => ({ what: 'new', id, label }))]
}

/** @param raws of the same rows for each of the two models, where it is to be told who would move */
export const diffModels = (a: Model, b: Model, raws?: Raws): ModelDiff => {
  const [from, to] = [centroidsOf(a), centroidsOf(b)]
  const segments = from && to ? segmentChanges(from, to) : []
  const [namesA, namesB] = [a, b].map(model => model.features.map(({ name }) => name)) as [string[], string[]]
  return {
    before: modelId(a),
    after: modelId(b),
    segments,
    questions: questionChanges(a, b, raws),
    collectedMore: without(collected(b), collected(a)),
    collectedNoMore: without(collected(a), collected(b)),
    featuresAdded: without(namesB, namesA),
    featuresRemoved: without(namesA, namesB),
    ...(raws && from && to ? { flows: flowsOf([a, b], [from, to], segments, raws) } : {}),
  }
}
