/** An open site in full: the panels of the privacy centre, for any site, and what only the extension can say. */

import type { AccessDocument } from '../../../core/access.ts'
import { recordOf } from '../../../core/receipt.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { copies } from '../../../view/panels/copies.ts'
import { erasure } from '../../../view/panels/erasure.ts'
import { groups } from '../../../view/panels/groups.ts'
import { kept } from '../../../view/panels/kept.ts'
import { sent } from '../../../view/panels/sent.ts'
import { tabRow } from '../../../view/tabs.ts'
import { phrase } from '../../../view/tongue.ts'
import { press } from '../../parts/deeds.ts'
import { section } from '../../parts/headline.ts'
import { alarms } from '../../parts/seen.ts'
import type { Verdict } from '../../request.ts'
import type { Sight } from '../../sight.ts'
import type { Unseen } from '../../tab.ts'
import type { Voice } from '../../voice.ts'
import { behind, history } from './history.ts'
import { overview } from './overview.ts'
import { SITE_TABS, type SiteState, type SiteTab } from './state.ts'

export const PANEL = 'site-panel'

const tabName = (tab: SiteTab, { own, words }: Voice): string =>
  tab === 'history' ? own['tab-history'] : words[`tab-${tab}`]

const verdict = (it: Verdict, { own, words }: Voice): string =>
  it === 'logged' ? own['check-logged'] : words[`model-${it}`]

/** Is everyone given the same? */
const check = ({ checked }: SiteState, access: AccessDocument, voice: Voice): ElementNode => {
  const { own, words } = voice
  const found =
    checked === undefined
      ? undefined
      : checked === 'none'
        ? h('p', {}, own['check-silent'])
        : [
            h('p', {}, phrase(own['check-kept'], { verdict: verdict(checked.kept, voice) })),
            h('p', {}, phrase(own['check-served'], { verdict: verdict(checked.served, voice) })),
            checked.differing && h('p', {}, words['model-differing']),
          ]
  return section(
    own.check,
    h('p', { class: 'ns-quiet' }, own['check-about']),
    h('div', { role: 'status' }, found),
    h('div', { class: 'ns-actions' }, access.model?.log ? press('check', own.check) : h('p', {}, own['check-none'])),
  )
}

const everything = ({ own, words }: Voice): ElementNode =>
  h(
    'section',
    { class: 'ns-part' },
    h('h3', {}, words['erase-all']),
    h('p', {}, own.collector),
    h('div', { class: 'ns-actions' }, press('ask-erase', own.erase, 'grave')),
  )

const panel = (state: SiteState, sight: Sight, access: AccessDocument, now: number, voice: Voice): Child => {
  const config = 'config' in sight ? sight.config : null
  switch (state.tab) {
    case 'overview':
      return overview(sight, voice)
    case 'groups':
      return [groups(access, voice), behind(access, voice)]
    case 'history':
      return history(access, now, voice)
    case 'kept':
      return kept(access, state, config?.needs ?? [], voice)
    case 'sent':
      return [alarms(access, voice), sent(access, state.entries, voice), check(state, access, voice)]
    case 'copies': {
      const record = config ? recordOf(access) : undefined
      return copies(record && Date.parse(record.day), voice)
    }
    case 'erase':
      return erasure(access, state.stage, now, voice, everything(voice))
    default:
      return state.tab satisfies never
  }
}

/** @param now milliseconds since 1970 */
export const open = (state: SiteState, sight: Sight | Unseen, now: number, voice: Voice): Child => {
  const access = 'kept' in sight ? sight.kept : null
  if (!access) return overview(sight, voice)
  return [
    tabRow({
      all: SITE_TABS,
      current: state.tab,
      title: voice.words['centre-title'],
      called: tab => tabName(tab, voice),
      prefix: 'site-',
      panel: PANEL,
    }),
    h(
      'div',
      { class: 'ns-panel', id: PANEL, role: 'tabpanel', 'aria-labelledby': `site-${state.tab}`, tabindex: 0 },
      h('h2', { class: 'ns-unseen' }, tabName(state.tab, voice)),
      panel(state, sight as Sight, access, now, voice),
    ),
  ]
}
