/** A dot on the icon where a site keeps something: seen at a glance, without a click. */

import browser from 'webextension-polyfill'

const FERN = '#1d6f5b'

/** Until the tab goes to another page. A tab that is gone meanwhile needs none. */
export const mark = async (tabId: number | undefined, kept: boolean): Promise<void> => {
  if (tabId === undefined) return
  await browser.action.setBadgeBackgroundColor({ tabId, color: FERN }).catch(() => {})
  await browser.action.setBadgeText({ tabId, text: kept ? '•' : '' }).catch(() => {})
}
