/** Reads a model file. What comes through is whole: whoever computes with it need not look again. */

import { DATE } from './epoch.ts'
import { parseFeature } from './feature-spec.ts'
import type { Model } from './model.ts'
import { fault, integer, list, object, oneOf, optional, parseJson, real, text, unique } from './parse.ts'
import { id } from './parse-question.ts'
import { parseSegmentation } from './parse-segmentation.ts'
import { namesIn } from './segmentation.ts'
import { parseSignature } from './signature.ts'

const date = text(10, DATE, 'a date YYYY-MM-DD')

const parseShape = object({
  v: oneOf([1]),
  name: id,
  revision: integer(1, 9999),
  issued: date,
  expires: date,
  features: list(parseFeature, 0, 64),
  segmentations: list(parseSegmentation, 0, 16),
  guarantee: object({
    minimumSize: integer(1, 1e9),
    dataset: text(200),
    digest: text(80),
    basis: text(400),
    epsilon: optional(real),
  }),
  signature: optional(parseSignature),
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
  // Without any it stops everything; with half of them it would be a mistake.
  if (!model.features.length !== !model.segmentations.length)
    fault(
      place,
      'features without segmentations, or the other way round',
      'Give both, or neither, which stops everything',
    )
  const features = model.features.map(spec => spec.name)
  unique(features, `${place}.features`)
  const known = oneOf(features)
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
    for (const name of namesIn(it)) known(name, `${where} (a feature it names)`)
  })
  return model
}
