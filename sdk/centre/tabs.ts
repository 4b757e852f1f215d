/** The centre's tabs: arrows go from one to the next, and show it at once. */

import type { ElementNode } from '../../view/element.ts'
import { tabAfter, tabRow } from '../../view/tabs.ts'
import type { Tongue } from '../../view/tongue.ts'

export const TABS = ['overview', 'groups', 'kept', 'sent', 'copies', 'erase'] as const
export type Tab = (typeof TABS)[number]

export const PANEL = 'nearside-centre-panel'
const PREFIX = 'nearside-centre-'
export const tabId = (tab: Tab): string => `${PREFIX}${tab}`

export const tabList = (current: Tab, { words }: Tongue): ElementNode =>
  tabRow({
    all: TABS,
    current,
    title: words['centre-title'],
    called: tab => words[`tab-${tab}`],
    prefix: PREFIX,
    panel: PANEL,
  })

/** The tab that a key leads to; undefined for any other key. */
export const tabByKey = (current: Tab, key: string, rtl: boolean): Tab | undefined => tabAfter(TABS, current, key, rtl)
