/** What the popup shows, as data: each screen is one of these, and each button leads from one to the next. */

import type { Account, Act, Sight } from '../sight.ts'
import type { Unseen } from '../tab.ts'

export type Screen =
  | { readonly at: 'looking' }
  | { readonly at: 'sight'; readonly sight: Sight | Unseen }
  | { readonly at: 'confirm'; readonly sight: Sight; readonly act: Act }
  | { readonly at: 'acting'; readonly act: Act }
  | { readonly at: 'account'; readonly account: Account }

/** What a button does, in its `data-does`. */
export const DEEDS = ['ask-withdraw', 'ask-erase', 'withdraw', 'erase', 'back', 'look'] as const
export type Deed = (typeof DEEDS)[number]

/** Which acts make sense for what is seen. */
export const actsFor = (sight: Sight | Unseen): readonly Act[] => {
  switch (sight.seen) {
    case 'granted':
      return ['withdraw', 'erase']
    case 'leftover':
    case 'refused':
    case 'erased':
    case 'unreadable':
      return ['erase']
    case 'absent':
    case 'undecided':
    case 'blocked':
    case 'silent':
      return []
    default:
      return sight satisfies never
  }
}
