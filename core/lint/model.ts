/** Looks over a model before anybody else does: the command line and the DevTools panel say the same of it. */

import { type Model, modelId } from '../model.ts'
import { namesIn, type Segmentation } from '../segmentation.ts'
import { type Lint, lintSegmentations, lintSizes, lintWindows } from './parts.ts'

/** What a field says until somebody has stated it. */
export const UNSTATED = 'to be stated'

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
