/** Looks over a recipe before anybody else does. */

import { UNSTATED } from '../../core/lint/model.ts'
import { type Lint, lintNames, lintSizes, lintText, lintWindows } from '../../core/lint/parts.ts'
import type { RuleSegmentation } from '../../core/segmentation.ts'
import type { PropensityRecipe } from '../predict/recipe.ts'
import type { CentroidRecipe, Recipe } from '../recipe.ts'

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

/** What visitors read of a segmentation: its label, its segments, and where it cannot tell or somebody is far from all. */
const lintWords = (it: CentroidRecipe | PropensityRecipe | RuleSegmentation, place: string): Lint[] => [
  ...lintText(it.label, `${place}.${it.id}.label`),
  ...lintNames(it.segments, `${place}.${it.id}.segments`),
  ...('unassigned' in it ? lintNames([it.unassigned], `${place}.${it.id}.unassigned`) : []),
  ...('outliers' in it && it.outliers ? lintNames([it.outliers], `${place}.${it.id}.outliers`) : []),
]

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
    ...[segmentation, ...recipe.propensities, ...recipe.rules].flatMap(it => lintWords(it, `${place}.segmentations`)),
    ...lintWindows([...recipe.bound, ...recipe.features], `${place}.features`),
    ...told,
  ]
}
