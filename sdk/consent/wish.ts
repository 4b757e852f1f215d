/** Asks the visitor's own extension, where there is one, before the visitor is asked. */

import { ALL_PAIRS, both, type Pairs } from '../../core/consent.ts'
import { ASKS, WISH } from '../../core/wish.ts'

/** @returns the pairs that the visitor grants to every site; undefined where each site is to ask */
export const wish = (): Pairs | undefined => {
  const root = document.documentElement
  root.dispatchEvent(new Event(ASKS))
  const answer = root.getAttribute(WISH)
  return answer ? both(+answer as Pairs, ALL_PAIRS) : undefined
}
