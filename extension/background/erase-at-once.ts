/** Has the browser delete a site's databases and local storage: all of them, as it knows none by name. */

import browser from 'webextension-polyfill'
import type { Found } from '../deletion.ts'

const isFirefox = (): boolean => browser.runtime.getURL('').startsWith('moz-')

/** Firefox knows hosts, with a port where it is not the usual one; Chromium origins. */
const only = (origin: string): object => (isFirefox() ? { hostnames: [new URL(origin).host] } : { origins: [origin] })

/** @param allowed whether the visitor has allowed it */
export const eraseAtOnce = async (origin: string, allowed: boolean): Promise<Found> => {
  if (!allowed) return { state: 'failed', problem: 'no-access' }
  try {
    await browser.browsingData.remove(only(origin), { indexedDB: true, localStorage: true })
    return { state: 'gone', verified: 'browser' }
  } catch {
    return { state: 'failed', problem: 'refused' }
  }
}
