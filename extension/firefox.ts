/** Where browsers differ, and nothing but their name tells. */

import browser from 'webextension-polyfill'

export const isFirefox = (): boolean => browser.runtime.getURL('').startsWith('moz-extension:')
