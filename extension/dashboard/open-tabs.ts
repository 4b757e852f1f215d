/** The sites that are open in a tab which the extension may look at: browsers tell it the address of no other. */

import browser from 'webextension-polyfill'
import { webOrigin } from '../origin.ts'

/** A tab for each origin. */
export type Tabs = ReadonlyMap<string, number>

export const openTabs = async (): Promise<Tabs> => {
  const tabs = new Map<string, number>()
  // A private window has a storage of its own: it would be taken for that of the same site outside of it.
  const hidden = browser.extension.inIncognitoContext === true
  for (const { id, url, incognito } of await browser.tabs.query({})) {
    const origin = webOrigin(url)
    if (origin && id !== undefined && incognito === hidden) tabs.set(origin, id)
  }
  return tabs
}

export const watchTabs = (listener: (now: Tabs) => void): void => {
  const hear = (): void => void openTabs().then(listener)
  browser.tabs.onUpdated.addListener((_, { status, url }) => {
    if (status === 'complete' || url) hear()
  })
  browser.tabs.onRemoved.addListener(hear)
  // A click on the icon, which lets the extension look at a tab, is followed by coming back here.
  addEventListener('focus', hear)
}
