/** Reads segmentations: whatever they name must be there, and be as many as it must. */

import { featureName } from './needs.ts'
import { fault, list, object, oneOf, optional, type Parser, real } from './parse.ts'
import { parsePropensity } from './parse-propensity.ts'
import { checkDisclosed, question, segmentId } from './parse-question.ts'
import type { CentroidSegmentation, RuleSegmentation, Segmentation } from './segmentation.ts'

const numbers = list(real, 1, 64)

const parseCentroids = object({
  kind: oneOf(['centroids']),
  ...question,
  features: list(featureName, 1, 64),
  scaler: object({ center: numbers, scale: numbers }),
  centroids: list(numbers, 1, 63),
  reach: optional(real),
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
  const kind = oneOf(['centroids', 'rules', 'propensity'])((input as { kind?: unknown } | null)?.kind, `${place}.kind`)
  if (kind === 'propensity') return checkDisclosed(parsePropensity(input, place), place)
  return kind === 'rules'
    ? checkRules(checkDisclosed(parseRules(input, place), place), place)
    : checkCentroids(checkDisclosed(parseCentroids(input, place), place), place)
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
  const outliers = it.reach !== undefined
  if (outliers && !((it.reach as number) > 0))
    fault(`${place}.reach`, 'not above zero', 'Give a distance, or leave it out')
  if (it.segments.length !== it.centroids.length + (outliers ? 2 : 1)) {
    fault(
      `${place}.segments`,
      `${it.segments.length} for ${it.centroids.length} centroids`,
      `Give unassigned first, then one for each centroid${outliers ? ', then the outliers' : ''}`,
    )
  }
  return it
}

const checkRules = (it: RuleSegmentation, place: string): RuleSegmentation => {
  const known = oneOf(it.segments.map(segment => segment.id))
  it.rules.forEach((rule, i) => known(rule.segment, `${place}.rules[${i}].segment`))
  known(it.otherwise, `${place}.otherwise`)
  return it
}
