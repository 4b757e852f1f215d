/** What a feature's raw number counts, so that it can be told in seconds or in hundredths. */

import type { FeatureSpec } from './feature.ts'

/** Neither: a plain number. */
export interface Unit {
  /** It is a time: so many milliseconds make one of it. */
  readonly ms?: number
  /** It is a part of a whole, 0 to 1. */
  readonly share?: true
}

export const unitOf = ({ aggregate, field, per = 1 }: FeatureSpec): Unit => {
  if (aggregate === 'recency') return { ms: per }
  if (aggregate === 'span' || field === 'ms') return ['count', 'distinct'].includes(aggregate) ? {} : { ms: 1 }
  return aggregate === 'share' ? { share: true } : {}
}
