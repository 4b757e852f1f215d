/** The model file: one public JSON document, the same for everyone, that says exactly what is collected and what it decides. */

import type { Category } from './consent.ts'
import { DATE } from './epoch.ts'
import { AGGREGATES, type FeatureSpec, type FeatureVector, type Selection } from './feature.ts'
import {
  fault,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  type Parser,
  parseJson,
  real,
  text,
  unique,
} from './parse.ts'
import { categoryOf, hasField, isNumeric, KIND_NAMES, WORD, word, wordOf } from './signal.ts'

/** An opaque id of fixed length within a model: all that ever leaves the device. */
export type SegmentId = string & { readonly __brand: 'SegmentId' }

export interface Segment {
  readonly id: SegmentId
  readonly label: string
  readonly description: string
}

export interface Condition {
  readonly feature: string
  /** Bounds on the raw number, in its own unit, both included. */
  readonly least?: number
  readonly most?: number
}

interface Question {
  readonly id: string
  readonly label: string
  readonly uses: readonly ('content' | 'ranking' | 'offer')[]
  /** `unassigned` comes first. */
  readonly segments: readonly Segment[]
}

/** The nearest centroid, in scaled space; `segments[i + 1]` belongs to `centroids[i]`. */
export interface CentroidSegmentation extends Question {
  readonly kind: 'centroids'
  readonly features: readonly string[]
  readonly scaler: { readonly center: readonly number[]; readonly scale: readonly number[] }
  readonly centroids: readonly (readonly number[])[]
  /** Two directions in scaled space, for pictures. */
  readonly map?: readonly (readonly number[])[]
}

/** The first rule whose conditions all hold; else `otherwise`. */
export interface RuleSegmentation extends Question {
  readonly kind: 'rules'
  readonly rules: readonly { readonly segment: SegmentId; readonly all: readonly Condition[] }[]
  readonly otherwise: SegmentId
}

export type Segmentation = CentroidSegmentation | RuleSegmentation

export interface Model {
  readonly v: 1
  readonly name: string
  readonly revision: number
  readonly issued: string
  readonly expires: string
  readonly features: readonly FeatureSpec[]
  readonly segmentations: readonly Segmentation[]
  readonly guarantee: {
    readonly minimumSize: number
    readonly dataset: string
    readonly digest: string
    readonly basis: string
  }
}

const id = text(16, /^[a-z][a-z0-9-]*$/, 'a short id in lower case')
const featureName = text(40, /^[a-z][a-z0-9_]*$/, 'a name in lower case, digits and _')
const segmentId = text(8, /^[a-z0-9]+$/, 'a segment id in lower case and digits') as Parser<SegmentId>
const label = text(60)
const sentence = text(400)
const date = text(10, DATE, 'a date YYYY-MM-DD')

const filter = mapOf(text(16, WORD), list(word, 1, 64), 4)
const selection = { kind: oneOf(KIND_NAMES), where: optional(filter) }

const parseWindow: Parser<'session' | number> = (value, place) =>
  value === 'session' ? value : integer(1, 400)(value, `${place} (session, or a number of days)`)

const NUMERIC = ['sum', 'mean', 'max'] as const
const WORDED = ['distinct', 'entropy', 'sequence'] as const

/** A filter on a word that its field never carries would count nothing, and nobody would know. */
const checkFilter = ({ kind, where }: Selection, place: string): void => {
  for (const [field, words] of Object.entries(where ?? {})) {
    words.forEach((each, i) => wordOf(kind, field)(each, `${place}.where.${field}[${i}]`))
  }
}

/** Reads one feature. @throws ParseError */
export const parseFeature: Parser<FeatureSpec> = (input, place) => {
  const spec = object({
    name: featureName,
    ...selection,
    aggregate: oneOf(AGGREGATES),
    field: optional(text(16, WORD)),
    over: optional(object(selection)),
    from: optional(word),
    to: optional(word),
    window: parseWindow,
    per: optional(integer(1, 1e12)),
    transform: optional(oneOf(['log1p', 'sqrt'])),
  })(input, place)
  const { aggregate, field, kind } = spec
  const numeric = (NUMERIC as readonly string[]).includes(aggregate)
  const worded = (WORDED as readonly string[]).includes(aggregate)
  if (numeric || worded) {
    if (!field || !hasField(kind, field) || isNumeric(field) !== numeric) {
      fault(
        `${place}.field`,
        `${aggregate} needs a ${numeric ? 'number' : 'word'} field of ${kind}`,
        'Name one of its fields',
      )
    }
  } else if (field) fault(`${place}.field`, `${aggregate} takes no field`, 'Leave it out')
  if ((aggregate === 'ratio') !== Boolean(spec.over))
    fault(`${place}.over`, `a ratio, and only a ratio, has it`, 'Add or remove it')
  for (const end of ['from', 'to'] as const) {
    if ((aggregate === 'sequence') !== (spec[end] !== undefined))
      fault(`${place}.${end}`, 'a sequence, and only a sequence, has from and to', 'Add or remove them')
    if (field && spec[end] !== undefined) wordOf(kind, field)(spec[end], `${place}.${end}`)
  }
  checkFilter(spec, place)
  if (spec.over) checkFilter(spec.over, `${place}.over`)
  return spec
}

const question = {
  id,
  label,
  uses: list(oneOf(['content', 'ranking', 'offer']), 1, 3),
  segments: list(object({ id: segmentId, label, description: sentence }), 2, 64),
}

const numbers = list(real, 1, 64)

const parseCentroids = object({
  kind: oneOf(['centroids']),
  ...question,
  features: list(featureName, 1, 64),
  scaler: object({ center: numbers, scale: numbers }),
  centroids: list(numbers, 1, 63),
  map: optional(list(numbers, 2, 2)),
})

const parseRules = object({
  kind: oneOf(['rules']),
  ...question,
  rules: list(
    object({
      segment: segmentId,
      all: list(object({ feature: featureName, least: optional(real), most: optional(real) }), 1, 16),
    }),
    1,
    64,
  ),
  otherwise: segmentId,
})

/** Reads one segmentation. @throws ParseError */
export const parseSegmentation: Parser<Segmentation> = (input, place) => {
  const kind = oneOf(['centroids', 'rules'])((input as { kind?: unknown } | null)?.kind, `${place}.kind`)
  return kind === 'rules'
    ? checkRules(parseRules(input, place), place)
    : checkCentroids(parseCentroids(input, place), place)
}

const sameLength = (values: readonly unknown[], length: number, place: string): void => {
  if (values.length !== length)
    fault(place, `${values.length} numbers`, `There must be ${length}, one for each feature`)
}

const checkCentroids = (it: CentroidSegmentation, place: string): CentroidSegmentation => {
  const d = it.features.length
  sameLength(it.scaler.center, d, `${place}.scaler.center`)
  sameLength(it.scaler.scale, d, `${place}.scaler.scale`)
  it.scaler.scale.forEach((scale, i) => {
    if (!(scale > 0)) fault(`${place}.scaler.scale[${i}]`, 'not above zero', 'A constant column has scale 1')
  })
  it.centroids.forEach((centroid, i) => sameLength(centroid, d, `${place}.centroids[${i}]`))
  it.map?.forEach((axis, i) => sameLength(axis, d, `${place}.map[${i}]`))
  if (it.segments.length !== it.centroids.length + 1) {
    fault(
      `${place}.segments`,
      `${it.segments.length} for ${it.centroids.length} centroids`,
      'Give unassigned first, then one for each centroid',
    )
  }
  return it
}

const checkRules = (it: RuleSegmentation, place: string): RuleSegmentation => {
  const known = it.segments.map(segment => segment.id)
  it.rules.forEach((rule, i) => oneOf(known)(rule.segment, `${place}.rules[${i}].segment`))
  oneOf(known)(it.otherwise, `${place}.otherwise`)
  return it
}

const parseShape = object({
  v: oneOf([1]),
  name: id,
  revision: integer(1, 9999),
  issued: date,
  expires: date,
  features: list(parseFeature, 1, 64),
  segmentations: list(parseSegmentation, 1, 16),
  guarantee: object({ minimumSize: integer(1, 1e9), dataset: text(200), digest: text(80), basis: text(400) }),
})

/**
 * Reads a model from its JSON text, found at `place` (a file name or address, for messages).
 * @throws ParseError
 */
export const parseModel = (json: string, place = 'model'): Model => {
  const input = parseJson(json, place)
  if ((input as { offline?: unknown } | null)?.offline) {
    fault(
      `${place}.offline`,
      'the model uses columns that no device can observe',
      'Train one on features of signals for use on a site',
    )
  }
  const model = parseShape(input, place)
  const features = model.features.map(spec => spec.name)
  unique(features, `${place}.features`)
  unique(
    model.segmentations.map(it => it.id),
    `${place}.segmentations`,
  )
  const length = model.segmentations[0]?.segments[0]?.id.length
  model.segmentations.forEach((it, i) => {
    const where = `${place}.segmentations[${i}]`
    unique(
      it.segments.map(segment => segment.id),
      `${where}.segments`,
    )
    it.segments.forEach((segment, s) => {
      if (segment.id.length !== length)
        fault(`${where}.segments[${s}].id`, 'of another length than the rest', 'Make all ids of a model equally long')
    })
    for (const name of namesIn(it)) oneOf(features)(name, `${where} (a feature it names)`)
  })
  return model
}

const namesIn = (it: Segmentation): readonly string[] =>
  it.kind === 'centroids'
    ? it.features
    : [...new Set(it.rules.flatMap(rule => rule.all.map(condition => condition.feature)))]

/** The features a segmentation uses, in the model's order. */
export const featuresOf = (model: Model, it: Segmentation): FeatureSpec[] => {
  const names = namesIn(it)
  return model.features.filter(spec => names.includes(spec.name))
}

/** The categories of consent that a segmentation draws on. */
export const categoriesOf = (model: Model, it: Segmentation): Category[] => [
  ...new Set(
    featuresOf(model, it)
      .flatMap(spec => [spec.kind, ...(spec.over ? [spec.over.kind] : [])])
      .map(categoryOf),
  ),
]

/** What reports call a model: its name and revision. */
export const modelId = (model: Pick<Model, 'name' | 'revision'>): string => `${model.name}.${model.revision}`

export const unassignedOf = (it: Segmentation): SegmentId => (it.segments[0] as Segment).id

/** Picks a feature's number out of a vector that is in the model's order. */
export const valueOf = (model: Model, vector: FeatureVector, name: string): number | null =>
  vector[model.features.findIndex(spec => spec.name === name)] ?? null
