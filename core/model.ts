/** The model file: one public JSON document, the same for everyone, that says exactly what is collected and what it decides. */

import type { Category } from './consent.ts'
import { DATE } from './epoch.ts'
import type { FeatureSpec, FeatureVector } from './feature.ts'
import { parseFeature } from './feature-spec.ts'
import { fault, integer, list, object, oneOf, parseJson, text, unique } from './parse.ts'
import { id, namesIn, parseSegmentation, type Segmentation } from './segmentation.ts'
import { categoryOf } from './signal.ts'

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

const date = text(10, DATE, 'a date YYYY-MM-DD')

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

/** Picks a feature's number out of a vector that is in the model's order. */
export const numberOf = (model: Model, vector: FeatureVector, name: string): number | null =>
  vector[model.features.findIndex(spec => spec.name === name)] ?? null
