/** Two outcomes side by side, line by line. */

import type { Assignment } from '../../../core/assign.ts'
import { PURPOSES } from '../../../core/consent.ts'
import type { Model } from '../../../core/model.ts'
import { unitOf } from '../../../core/unit.ts'
import { counted } from '../../../view/format.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import type { Outcome } from './suppose.ts'

export interface Line {
  readonly group: 'Decision' | 'Gate' | 'Features' | 'Segments' | 'Page and wire'
  readonly name: string
  readonly is: string
  readonly would: string
}

const NONE = 'none'

const decisionLines = (now: Outcome, then: Outcome): Line[] =>
  PURPOSES.filter(purpose => now.grants[purpose]?.length || then.grants[purpose]?.length).map(purpose => ({
    group: 'Decision',
    name: purpose,
    is: now.grants[purpose]?.join(', ') || 'denied',
    would: then.grants[purpose]?.join(', ') || 'denied',
  }))

const gateLines = (now: Outcome, then: Outcome): Line[] => [
  ...now.kinds.map(({ kind, admitted }, i) => ({
    group: 'Gate' as const,
    name: kind,
    is: admitted ? 'admitted' : 'refused',
    would: then.kinds[i]?.admitted ? 'admitted' : 'refused',
  })),
  ...(now.deleted || then.deleted
    ? [
        {
          group: 'Gate' as const,
          name: 'deleted',
          is: counted(now.deleted, 'signal'),
          would: counted(then.deleted, 'signal'),
        },
      ]
    : []),
]

const numberIn = ({ model, raws }: Outcome, name: string): string => {
  const i = model.features.findIndex(spec => spec.name === name)
  const spec = model.features[i]
  if (!spec) return 'not in the model'
  const value = raws[i]
  return value == null ? 'not known' : ENGLISH.measured(value, unitOf(spec))
}

const namesOf = <T>(now: readonly T[], then: readonly T[]): T[] => [...new Set([...now, ...then])]

const featureLines = (now: Outcome, then: Outcome): Line[] =>
  namesOf(
    now.model.features.map(({ name }) => name),
    then.model.features.map(({ name }) => name),
  ).map(name => ({ group: 'Features', name, is: numberIn(now, name), would: numberIn(then, name) }))

const REASONS: { readonly [R in NonNullable<Assignment['unassigned']>]: string } = {
  'no-signals': 'nothing noted',
  'missing-feature': 'a number is missing',
  denied: 'denied',
  'not-me': 'ruled out by the visitor',
}

const answerIn = ({ model, answers }: Outcome, id: string): string => {
  const answer = answers.find(({ segmentation }) => segmentation === id)
  if (!answer) return 'not in the model'
  if (answer.unassigned) return `unassigned: ${REASONS[answer.unassigned]}`
  return `${labelIn(model, id, answer.segment)} (${answer.segment})${answer.pinned ? ', chosen by the visitor' : ''}${answer.held ? ', held' : ''}`
}

export const labelIn = (model: Model, segmentation: string, segment: string): string =>
  model.segmentations.find(({ id }) => id === segmentation)?.segments.find(({ id }) => id === segment)?.label ?? segment

const segmentLines = (now: Outcome, then: Outcome): Line[] =>
  namesOf(
    now.model.segmentations.map(({ id }) => id),
    then.model.segmentations.map(({ id }) => id),
  ).map(id => ({ group: 'Segments', name: id, is: answerIn(now, id), would: answerIn(then, id) }))

const wireLines = (now: Outcome, then: Outcome): Line[] =>
  (
    [
      ['shown to the page', 'shown'],
      ['reported', 'reported'],
      ['handed to', 'recipients'],
    ] as const
  ).map(([name, field]) => ({
    group: 'Page and wire',
    name,
    is: now[field].join(', ') || NONE,
    would: then[field].join(', ') || NONE,
  }))

export const differences = (now: Outcome, then: Outcome): readonly Line[] => [
  ...decisionLines(now, then),
  ...gateLines(now, then),
  ...featureLines(now, then),
  ...segmentLines(now, then),
  ...wireLines(now, then),
]

export const isChanged = ({ is, would }: Line): boolean => is !== would
