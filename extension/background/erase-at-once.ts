/** Has the browser delete a site's databases and local storage: all of them, as it knows none by name. */

import browser from 'webextension-polyfill'
import type { Found } from '../deletion.ts'
import { isFirefox } from '../firefox.ts'
import { FILES } from './files.ts'
import { only } from './scripts.ts'

/** Firefox knows hosts, with a port where it is not the usual one; Chromium origins. */
const those = (origin: string): object => (isFirefox() ? { hostnames: [new URL(origin).host] } : { origins: [origin] })

/** A page that is open may just be writing down again what it knows: it is stopped, and what it wrote is deleted there, as far as we may. */
const emptyOpenPages = async (origin: string): Promise<void> => {
  const { pattern, files } = only(origin, !isFirefox())
  const tabs = await browser.tabs.query({ url: pattern })
  for (const { id: tabId } of tabs)
    if (tabId !== undefined)
      await browser.scripting
        .executeScript({ target: { tabId }, files: [...files, FILES.tombstone], injectImmediately: true })
        .catch(() => {})
}

/** @param allowed whether the visitor has allowed it */
export const eraseAtOnce = async (origin: string, allowed: boolean): Promise<Found> => {
  if (!allowed) return { state: 'failed', problem: 'no-access' }
  try {
    await browser.browsingData.remove(those(origin), { indexedDB: true, localStorage: true })
    await emptyOpenPages(origin)
    return { state: 'gone', verified: 'browser' }
  } catch {
    return { state: 'failed', problem: 'refused' }
  }
}
