/** The centre's tabs: arrows go from one to the next, and show it at once. */

import { type ElementNode, h } from '../../view/element.ts'
import type { Tongue } from '../../view/tongue.ts'

export const TABS = ['overview', 'groups', 'kept', 'sent', 'copies', 'erase'] as const
export type Tab = (typeof TABS)[number]

export const PANEL = 'nearside-centre-panel'
export const tabId = (tab: Tab): string => `nearside-centre-${tab}`

export const tabList = (current: Tab, { words }: Tongue): ElementNode =>
  h(
    'div',
    { class: 'ns-tabs', role: 'tablist', 'aria-label': words['centre-title'] },
    TABS.map(tab =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: tabId(tab),
          'data-tab': tab,
          'aria-selected': String(tab === current),
          'aria-controls': PANEL,
          tabindex: tab === current ? 0 : -1,
        },
        words[`tab-${tab}`],
      ),
    ),
  )

/** The tab that a key leads to; undefined for any other key. */
export const tabByKey = (current: Tab, key: string, rtl: boolean): Tab | undefined => {
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key]
  if (step) return TABS[(TABS.indexOf(current) + step + TABS.length) % TABS.length]
  return { Home: TABS[0], End: TABS.at(-1) }[key]
}
