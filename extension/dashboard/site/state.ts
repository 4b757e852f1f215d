/** What is shown of one site, as data: what was seen on it, which tab, how far things are opened, what is being asked. */

import type { Stage } from '../../../view/panels/erasure.ts'
import { ENTRIES_AT_ONCE } from '../../../view/panels/sent.ts'
import { DAYS_AT_ONCE } from '../../../view/timeline.ts'
import type { Checked } from '../../request.ts'
import type { Account, Act, Sight } from '../../sight.ts'
import type { Unseen } from '../../tab.ts'

export const SITE_TABS = ['overview', 'groups', 'history', 'kept', 'sent', 'copies', 'erase'] as const
export type SiteTab = (typeof SITE_TABS)[number]

/** `click`: its tab is open, and waits for the visitor's click on the icon. */
export type Phase =
  | { readonly at: 'closed' }
  | { readonly at: 'click' }
  | { readonly at: 'looking' }
  | { readonly at: 'seen'; readonly sight: Sight | Unseen }
  | { readonly at: 'confirm'; readonly sight: Sight; readonly act: Act }
  | { readonly at: 'account'; readonly account: Account }

export interface SiteState {
  readonly phase: Phase
  readonly tab: SiteTab
  readonly days: number
  /** Of an open day: how many notes are shown. */
  readonly notes: ReadonlyMap<number, number>
  /** The place among all signals of the one that is being changed. */
  readonly editing: number | undefined
  readonly entries: number
  readonly stage: Stage
  /** What the model was found to be; `none`: the page did not answer. */
  readonly checked: Checked | 'none' | undefined
}

export const FIRST: SiteState = {
  phase: { at: 'closed' },
  tab: 'overview',
  days: DAYS_AT_ONCE,
  notes: new Map(),
  editing: undefined,
  entries: ENTRIES_AT_ONCE,
  stage: { at: 'choosing' },
  checked: undefined,
}
