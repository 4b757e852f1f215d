/** Looks over a recipe or a model before anybody else does. */

import { type Model, modelId } from '../../core/model.ts'
import { namesIn, type Segmentation } from '../../core/segmentation.ts'
import { UNSTATED } from '../draft.ts'
import type { Recipe } from '../recipe.ts'
import { sensitiveIn } from './sensitive.ts'

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
const PROTECTED = new Set(['health', 'religion', 'children', 'origin', 'politics and unions', 'sex life'])

export const levelOf = (topic: string): 'error' | 'warning' => (PROTECTED.has(topic) ? 'error' : 'warning')

const lintText = (text: string, place: string): Lint[] => [
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

const lintNames = (names: readonly Named[], place: string): Lint[] =>
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

const lintWindows = (features: Model['features'], place: string): Lint[] =>
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

const lintBasis = ({ dataset, place }: Recipe): Lint[] => [
  ...(dataset.basis.startsWith(UNSTATED)
    ? [
        {
          level: 'error' as const,
          place: `${place}.dataset.basis`,
          problem: UNSTATED,
          mend: 'Say on what ground the data may be used',
        },
      ]
    : []),
  ...(dataset.source === UNSTATED
    ? [
        {
          level: 'warning' as const,
          place: `${place}.dataset.source`,
          problem: UNSTATED,
          mend: 'Say where the data come from',
        },
      ]
    : []),
  ...(dataset.notice
    ? []
    : [
        {
          level: 'warning' as const,
          place: `${place}.dataset.notice`,
          problem: 'nothing is there',
          mend: 'Give the day of the notice that told people of training',
        },
      ]),
]

const lintSizes = (minimumSize: number, place: string): Lint[] =>
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
const lintSegmentations = (all: readonly Segmentation[], place: string): Lint[] =>
  all.flatMap((it, i) => [
    ...lintText(it.label, `${place}[${i}].label`),
    ...lintNames(it.segments, `${place}[${i}].segments`),
  ])

export const lintRecipe = (recipe: Recipe): Lint[] => {
  const { place, segmentation, scale, test, notPersonal } = recipe
  const drafts = typeof segmentation.k === 'number' ? segmentation.k - segmentation.segments.length : 0
  const told: Lint[] = [
    ...(scale === 'robust'
      ? []
      : [
          {
            level: 'warning' as const,
            place: `${place}.scale`,
            problem: 'a single extreme row can move the model',
            mend: 'Say "scale": "robust"',
          },
        ]),
    ...(test > 0
      ? []
      : [
          {
            level: 'warning' as const,
            place: `${place}.test`,
            problem: 'nothing is kept to test the model on',
            mend: 'Keep a fifth',
          },
        ]),
    ...(drafts > 0
      ? [
          {
            level: 'warning' as const,
            place: `${place}.segmentations`,
            problem: `${drafts} clusters will have drafted names`,
            mend: 'Approve names: nearside train --names',
          },
        ]
      : []),
    ...notPersonal.map(({ column, why }) => ({
      level: 'note' as const,
      place: `${place}.notPersonal`,
      problem: `${column} is said not to be personal: ${why}`,
      mend: 'Have somebody else look at it',
    })),
  ]
  return [
    ...lintBasis(recipe),
    ...lintSizes(recipe.minimumSize, `${place}.minimumSize`),
    ...lintText(segmentation.label, `${place}.segmentations.${segmentation.id}.label`),
    ...lintNames(segmentation.segments, `${place}.segmentations.${segmentation.id}.segments`),
    ...lintSegmentations(recipe.rules, `${place}.segmentations, rules`),
    ...lintWindows([...recipe.bound, ...recipe.features], `${place}.features`),
    ...told,
  ]
}

/**
 * Of whole columns that lie between none and one, centre and scale are the least and the greatest number: one person's, mostly. An
 * average or a median lies between its clusters.
 */
const lintScaler = (it: Segmentation, place: string): Lint[] => {
  if (it.kind !== 'centroids') return []
  const centred = it.scaler.center.flatMap((center, i) => (center === 0 ? [] : i))
  const within = centred.every(i => it.centroids.every(centroid => (centroid[i] ?? 0) >= 0 && (centroid[i] ?? 0) <= 1))
  if (!centred.length || !within || it.centroids.length < 2) return []
  return [
    {
      level: 'error',
      place: `${place}.scaler`,
      problem: 'it seems to be made of the least and the greatest number of each column: those of single people',
      mend: 'Scale by averages, or with "scale": "robust"',
    },
  ]
}

/** @param today a date YYYY-MM-DD */
export const lintModel = (model: Model, place: string, today: string): Lint[] => {
  const used = new Set(model.segmentations.flatMap(namesIn))
  const idle = model.features.filter(({ name }) => !used.has(name))
  return [
    ...(model.expires <= today
      ? [
          {
            level: 'error' as const,
            place: `${place}.expires`,
            problem: `${modelId(model)} expired on ${model.expires}`,
            mend: 'Train it again',
          },
        ]
      : []),
    ...(model.guarantee.basis.startsWith(UNSTATED)
      ? [
          {
            level: 'error' as const,
            place: `${place}.guarantee.basis`,
            problem: UNSTATED,
            mend: 'State it in the recipe and train again',
          },
        ]
      : []),
    ...lintSizes(model.guarantee.minimumSize, `${place}.guarantee.minimumSize`),
    ...lintSegmentations(model.segmentations, `${place}.segmentations`),
    ...model.segmentations.flatMap((it, i) => lintScaler(it, `${place}.segmentations[${i}]`)),
    ...lintWindows(model.features, `${place}.features`),
    ...idle.map(({ name }) => ({
      level: 'warning' as const,
      place: `${place}.features.${name}`,
      problem: 'no segmentation uses it',
      mend: 'Leave it out: devices would collect for it in vain',
    })),
  ]
}
