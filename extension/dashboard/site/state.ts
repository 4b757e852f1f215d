/** What is shown of one site, as data: what was seen on it, which tab, how far things are opened, what is being asked. */

import { type Opening, UNOPENED } from '../../../view/panels/opening.ts'
import type { Checked } from '../../request.ts'
import type { Account, Act, Sight } from '../../sight.ts'
import type { Unseen } from '../../tab.ts'

export const SITE_TABS = ['overview', 'groups', 'history', 'kept', 'sent', 'copies', 'erase'] as const
export type SiteTab = (typeof SITE_TABS)[number]

/** `click`: its tab is open, and waits for the visitor's click on the icon. `once`: is the browser to delete all of the site's, now? */
export type Phase =
  | { readonly at: 'closed' }
  | { readonly at: 'click' }
  | { readonly at: 'once' }
  | { readonly at: 'looking' }
  | { readonly at: 'seen'; readonly sight: Sight | Unseen }
  | { readonly at: 'confirm'; readonly sight: Sight; readonly act: Act }
  | { readonly at: 'account'; readonly account: Account }

export interface SiteState extends Opening {
  readonly phase: Phase
  readonly tab: SiteTab
  /** What the model was found to be; `none`: the page did not answer. */
  readonly checked: Checked | 'none' | undefined
}

export const FIRST: SiteState = {
  phase: { at: 'closed' },
  tab: 'overview',
  ...UNOPENED,
  checked: undefined,
}
