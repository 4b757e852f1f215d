/** What segment and segmentation ids are called, and what features count, as far as it is known here. */

import type { AccessDocument } from '../core/access.ts'
import type { Model } from '../core/model.ts'
import type { Unit } from '../core/unit.ts'
import { type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'

export interface Labels {
  question(segmentation: string): string | undefined
  segment(segmentation: string, segment: string): string | undefined
  /** Absent: plain numbers. */
  unit?(feature: string): Unit | undefined
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

/** Everything that an account of what is kept names. */
export const labelsOfKept = ({ segments, features }: Pick<AccessDocument, 'segments' | 'features'>): Labels => {
  const asked = (id: string) => segments.find(it => it.segmentation === id)
  return {
    question: id => asked(id)?.question,
    segment: (segmentation, id) => asked(segmentation)?.among.find(({ segment }) => segment === id)?.label,
    unit: feature => features.find(({ name }) => name === feature),
  }
}

/** A label, isolated: whatever its direction of writing, it cannot reorder the words around it. */
export const segmentName = (labels: Labels, segmentation: string, segment: string): ElementNode => {
  const label = labels.segment(segmentation, segment)
  return label === undefined ? h('code', { class: 'ns-id' }, segment) : h('bdi', { class: 'ns-name' }, label)
}

export const questionName = (labels: Labels, segmentation: string): ElementNode =>
  h('bdi', {}, labels.question(segmentation) ?? spoken(segmentation))
