/** What segment and segmentation ids are called, as far as it is known here. */

import type { KeptSegment } from '../core/access.ts'
import type { Model } from '../core/model.ts'
import { type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'

export interface Labels {
  question(segmentation: string): string | undefined
  segment(segmentation: string, segment: string): string | undefined
}

export const NO_LABELS: Labels = { question: () => undefined, segment: () => undefined }

/** Everything a model names. */
export const labelsOfModel = (...models: readonly Pick<Model, 'segmentations'>[]): Labels => {
  const asked = (id: string) => models.flatMap(model => model.segmentations).find(it => it.id === id)
  return {
    question: id => asked(id)?.label,
    segment: (segmentation, id) => asked(segmentation)?.segments.find(it => it.id === id)?.label,
  }
}

/** As much as the visitor's own assignments name. */
export const labelsOfKept = (kept: readonly KeptSegment[]): Labels => ({
  question: id => kept.find(it => it.segmentation === id)?.question,
  segment: (segmentation, id) => kept.find(it => it.segmentation === segmentation && it.segment === id)?.label,
})

/** A label, isolated: whatever its direction of writing, it cannot reorder the words around it. */
export const segmentName = (labels: Labels, segmentation: string, segment: string): ElementNode => {
  const label = labels.segment(segmentation, segment)
  return label === undefined ? h('code', { class: 'ns-id' }, segment) : h('bdi', { class: 'ns-name' }, label)
}

export const questionName = (labels: Labels, segmentation: string): ElementNode =>
  h('bdi', {}, labels.question(segmentation) ?? spoken(segmentation))
