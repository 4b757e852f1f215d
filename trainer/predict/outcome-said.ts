/** What an outcome is, in words: whoever reads how often it came must know what came. */

import { dateOf } from '../../core/epoch.ts'
import type { FeatureSpec } from '../../core/feature.ts'
import { nounOf } from '../names/draft-name.ts'
import type { Recipe } from '../recipe.ts'
import type { Outcome } from './recipe.ts'

/** What is counted or added up. */
const measured = (spec: Omit<FeatureSpec, 'window'>): string => {
  const noun = nounOf({ ...spec, window: 'session' })
  if (spec.aggregate === 'count') return noun
  return `${spec.aggregate}${spec.field ? ` of ${spec.field}` : ''}, ${noun}`
}

/** `Revenue is TRUE`; `orders: 1 or more in the 60 days from 2011-10-10 on`. Numbers are as signals count them. */
export const outcomeSaid = (outcome: Outcome, { signals }: Recipe): string => {
  if ('is' in outcome) return `${outcome.column} is ${outcome.is.join(' or ')}`
  if ('column' in outcome) return `${outcome.column} is ${outcome.least} or more`
  const { least, most, days, feature } = outcome
  const from = typeof signals?.asOf === 'number' ? ` from ${dateOf(signals.asOf)} on` : ''
  const bound = least === undefined ? (most ? `${most} or fewer` : 'none') : `${least} or more`
  return `${measured(feature)}: ${bound} in the ${days} days${from}`
}
