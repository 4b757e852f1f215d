/** What a site asks for, as far as that is known: without its config, all that there is. */

import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import type { Offer } from '../../view/decision.ts'
import type { Sight } from '../sight.ts'
import type { Unseen } from '../tab.ts'

export const offerOf = (sight: Sight | Unseen): Offer => {
  const config = 'config' in sight ? sight.config : null
  return config ?? { purposes: PURPOSES, categories: CATEGORIES }
}
