/** The model file: one public JSON document, the same for everyone, that says exactly what is collected and what it decides. */

import type { Category } from './consent.ts'
import type { FeatureSpec, FeatureVector } from './feature.ts'
import { namesIn, type Segmentation } from './segmentation.ts'
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
    /** The budget of differential privacy a person's presence is hidden by, where there is one. */
    readonly epsilon?: number
  }
  /** Whose it is, over all the rest: see `signature.ts`. */
  readonly signature?: string
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
export const numberOf = (model: Model, vector: FeatureVector, name: string): FeatureVector[number] =>
  vector[model.features.findIndex(spec => spec.name === name)]
