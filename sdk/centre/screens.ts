/** What is shown, as data, and its tree: which tab, how far things are opened, what is being asked. */

import type { AccessDocument } from '../../core/access.ts'
import { recordOf } from '../../core/receipt.ts'
import { actions, button } from '../../view/controls.ts'
import type { Decided } from '../../view/decision.ts'
import { type Child, h } from '../../view/element.ts'
import { copies } from '../../view/panels/copies.ts'
import { erasure, everything, type Found, goneAll } from '../../view/panels/erasure.ts'
import { groups } from '../../view/panels/groups.ts'
import { headline } from '../../view/panels/headline.ts'
import { kept } from '../../view/panels/kept.ts'
import { type Opening, UNOPENED } from '../../view/panels/opening.ts'
import { overview } from '../../view/panels/overview.ts'
import { sent } from '../../view/panels/sent.ts'
import type { Tongue } from '../../view/tongue.ts'
import { waitingTickets } from './remains.ts'
import type { SiteFacts } from './site.ts'
import type { Tab } from './tabs.ts'

export interface State extends Opening {
  /** `slow`: still reading, for longer than usual; `gone`: all was deleted just now. */
  at: 'reading' | 'slow' | 'unread' | 'ready' | 'gone'
  problem: string
  decision: Decided | null
  /** Null where nothing is granted. */
  access: AccessDocument | null
  tab: Tab
  found: Found | undefined
}

export const firstState = (): State => ({
  at: 'reading',
  problem: '',
  decision: null,
  access: null,
  tab: 'overview',
  ...UNOPENED,
  found: undefined,
})

/** Is there more to show than one screen? */
export const hasTabs = ({ at, access }: State): boolean => at === 'ready' && access !== null

const bones = h('div', { class: 'ns-bones', 'aria-hidden': 'true' }, h('p'), h('p'), h('p'))

const reading = (state: State, now: number, tongue: Tongue): Child => {
  const { words } = tongue
  return [
    headline('none', words['centre-reading'], state.at === 'slow' && words['centre-slow']),
    bones,
    state.at === 'slow' && (state.stage.at === 'asking' ? erasure(null, state.stage, now, tongue) : everything(tongue)),
  ]
}

const unread = (state: State, now: number, tongue: Tongue): Child => {
  const { words } = tongue
  if (state.stage.at === 'asking') return erasure(null, state.stage, now, tongue)
  return [
    headline('doubt', words['centre-unread'], words['centre-unread-why']),
    h('p', { class: 'ns-problem' }, h('bdi', {}, state.problem)),
    actions(button('again', words['centre-again'], 'strong')),
    everything(tongue),
  ]
}

const tab = (state: State, access: AccessDocument, site: SiteFacts, now: number, tongue: Tongue): Child => {
  switch (state.tab) {
    case 'overview':
      return undefined
    case 'groups':
      return groups(access, tongue)
    case 'kept':
      return kept(access, state, site.needs, tongue)
    case 'sent':
      return sent(access, state.entries, tongue)
    case 'copies': {
      const record = site.config && recordOf(access)
      return copies(record && Date.parse(record.day), tongue)
    }
    case 'erase':
      return erasure(access, state.stage, now, tongue)
    default:
      return state.tab satisfies never
  }
}

/** @param now milliseconds since 1970 */
export const screen = (state: State, site: SiteFacts, now: number, tongue: Tongue): Child => {
  switch (state.at) {
    case 'reading':
    case 'slow':
      return reading(state, now, tongue)
    case 'unread':
      return unread(state, now, tongue)
    case 'gone':
      return state.found && goneAll(state.found, tongue)
    case 'ready': {
      const { access, decision } = state
      if (access && state.tab !== 'overview') return tab(state, access, site, now, tongue)
      const signal = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
      return overview({ decision, tickets: waitingTickets(), signal, offer: site }, access, tongue)
    }
    default:
      return state.at satisfies never
  }
}
