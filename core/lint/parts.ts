/** What is looked for in words, sizes and windows, whoever wrote them. */

import type { FeatureSpec } from '../feature.ts'
import type { Segmentation } from '../segmentation.ts'
import { sensitiveIn } from './sensitive-in.ts'

export interface Lint {
  readonly level: 'error' | 'warning' | 'note'
  readonly place: string
  readonly problem: string
  readonly mend: string
}

/** Below this a segment says too much about each of its people. */
const SMALL = 50
const LONG_WINDOW = 365
const DRAFTED = /^Group \d+$/
/** What a label holds that was meant for a file system, a browser or a spreadsheet. */
const NO_WORDS = /\.\.|[\\/<>{}]|^[=+@]|\p{Cc}/u

/** What the law protects most (GDPR, article 9), and children; the rest is a matter of taste and context. */
const PROTECTED = new Set([
  ...[
    'health',
    'illness and disability',
    'religion',
    'belief',
    'children',
    'origin',
    'politics and unions',
    'sex life',
  ],
])

export const levelOf = (topic: string): 'error' | 'warning' => (PROTECTED.has(topic) ? 'error' : 'warning')

export const lintText = (text: string, place: string): Lint[] => [
  ...sensitiveIn(text).map(topic => ({
    level: levelOf(topic),
    place,
    problem: `"${text.slice(0, 40)}" touches on ${topic}`,
    mend: 'Say what visitors do, not what they are',
  })),
  ...(NO_WORDS.test(text)
    ? [
        {
          level: 'error' as const,
          place,
          problem: `"${text.slice(0, 40)}" is no name`,
          mend: 'Give words that a visitor may read',
        },
      ]
    : []),
]

type Named = { readonly label: string; readonly description: string }

export const lintNames = (names: readonly Named[], place: string): Lint[] =>
  names.flatMap(({ label, description }, i) => [
    ...lintText(label, `${place}[${i}].label`),
    ...lintText(description, `${place}[${i}].description`),
    ...(DRAFTED.test(label)
      ? [
          {
            level: 'warning' as const,
            place: `${place}[${i}].label`,
            problem: `${label} has no name`,
            mend: 'Give it one in the recipe',
          },
        ]
      : []),
  ])

export const lintWindows = (features: readonly FeatureSpec[], place: string): Lint[] =>
  features.flatMap(({ name, window, where }) => [
    ...(typeof window === 'number' && window > LONG_WINDOW
      ? [
          {
            level: 'warning' as const,
            place: `${place}.${name}`,
            problem: `looks back ${window} days`,
            mend: 'A year is long enough for most',
          },
        ]
      : []),
    ...[name, ...Object.values(where ?? {}).flat()].flatMap(word => lintText(word, `${place}.${name}`)),
  ])

export const lintSizes = (minimumSize: number, place: string): Lint[] =>
  minimumSize < SMALL
    ? [
        {
          level: 'warning',
          place,
          problem: `segments of ${minimumSize} people`,
          mend: `Ask for ${SMALL} at least: a smaller group points at people`,
        },
      ]
    : []

/** A rule's or propensity's segments, and all others. */
export const lintSegmentations = (all: readonly Segmentation[], place: string): Lint[] =>
  all.flatMap((it, i) => [
    ...lintText(it.label, `${place}[${i}].label`),
    ...lintNames(it.segments, `${place}[${i}].segments`),
  ])
