// What Now says of a prediction and of an outlier: what each rests on, in numbers.
import { describe, expect, it } from 'vitest'
import type { KeptSegment } from '../../core/access.ts'
import { assign } from '../../core/assign.ts'
import type { Model } from '../../core/model.ts'
import type { CentroidSegmentation, PropensitySegmentation, Segmentation } from '../../core/segmentation.ts'
import { bands, contributions, distances } from '../../extension/devtools/panel/now-parts.ts'
import type { Child, ElementNode } from '../../view/element.ts'
import { h } from '../../view/element.ts'
import { countsOf, modelOf, segmentsOf } from '../property/models.ts'

const features = countsOf(2)
const names = features.map(({ name }) => name)

const kept = (model: Model, it: Segmentation, raws: readonly number[]): KeptSegment => ({
  ...assign(model, it, raws),
  question: it.label,
  label: 'A label',
  description: 'A sentence.',
  among: [],
})

/** All that it says, the cells of its tables apart. */
const said = (part: Child): string => {
  const texts = (node: ElementNode | string): string[] =>
    typeof node === 'string' ? [node] : node.children.flatMap(texts)
  return texts(h('div', {}, part)).join('|')
}

describe('a prediction', () => {
  const model = modelOf(features, {
    kind: 'propensity',
    segments: segmentsOf(3),
    features: names,
    typical: [0, 0],
    predictor: { method: 'logistic', weights: [1, -0.5], center: [0, 0], scale: [1, 1], intercept: 0 },
    bands: [0.2, 0.5],
  })
  const question = model.segmentations[0] as PropensitySegmentation
  const answer = kept(model, question, [2, 1])

  it('is shown among its bands, with the one that it falls into', () => {
    expect(answer.probability).toBeCloseTo(1 / (1 + Math.exp(-1.5)))
    const text = said(bands(question, answer))
    expect(text).toContain('Probability 82')
    expect(text).toMatch(/s03\|50%\|100%/)
  })

  it('is shown with what each of its numbers said, for and against', () => {
    const text = said(contributions(model, answer))
    expect(text).toMatch(/f0\|2\|/)
    expect(text).toMatch(/f1\|1\|-/)
  })
})

describe('a visitor far from everyone', () => {
  it('is called an outlier, with how far it is to each centroid', () => {
    const model = modelOf(features, {
      kind: 'centroids',
      segments: segmentsOf(3),
      features: names,
      scaler: { center: [0, 0], scale: [1, 1] },
      centroids: [
        [0, 0],
        [4, 0],
      ],
      reach: 3,
    })
    const question = model.segmentations[0] as CentroidSegmentation
    const text = said(distances(question, kept(model, question, [4, 9])))
    expect(text).toContain('Farther than 3 from every centroid: an outlier.')
    expect(text).toMatch(/s02\|9\.00\|.*s01\|9\.85/)
  })
})
