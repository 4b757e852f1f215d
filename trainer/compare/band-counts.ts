/** How many rows are in each band of a propensity: what a device assigns, without its reasons, which take most of its time. */

import type { FeatureSpec, FeatureVector } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import { bandOf, probabilityOf, scoreOf } from '../../core/propensity.ts'
import type { PropensitySegmentation } from '../../core/segmentation.ts'

export const propensitiesOf = (model: Model): PropensitySegmentation[] =>
  model.segmentations.filter((it): it is PropensitySegmentation => it.kind === 'propensity')

/** @returns rows in each segment, unassigned first */
export const bandCounts = (model: Model, it: PropensitySegmentation, raws: readonly FeatureVector[]): number[] => {
  const places = it.features.map(name => model.features.findIndex(spec => spec.name === name))
  const specs = places.map(place => model.features[place] as FeatureSpec)
  const counts = new Array<number>(it.segments.length).fill(0)
  for (const row of raws) {
    const values = places.map(place => row[place])
    const isKnown = values.every(value => value != null) && values.some(value => value !== 0)
    const at = isKnown ? 1 + bandOf(it.bands, probabilityOf(scoreOf(it.predictor, specs, values as number[]))) : 0
    counts[at] = (counts[at] as number) + 1
  }
  return counts
}
