/** What the popup shows, as data: each screen is one of these, and each button leads from one to the next. */

import type { Account, Act, Sight } from '../sight.ts'
import type { Unseen } from '../tab.ts'

export type Screen =
  | { readonly at: 'looking' }
  | { readonly at: 'sight'; readonly sight: Sight | Unseen }
  | { readonly at: 'confirm'; readonly sight: Sight; readonly act: Act }
  | { readonly at: 'acting' }
  | { readonly at: 'account'; readonly account: Account }

/** What a control does, in its `data-does`. */
export const DEEDS = [
  'ask-withdraw',
  'ask-erase',
  'withdraw',
  'erase',
  'back',
  'look',
  'switch',
  'pause',
  'resume',
  'receipt',
] as const
export type Deed = (typeof DEEDS)[number]
