/** The manifest of the visitor build: nothing in it makes a browser warn, and nothing runs before the visitor clicks. */

export type Browser = 'chrome' | 'firefox'

/** `docs/permissions.md` gives the reason for each. */
export const PERMISSIONS = ['activeTab', 'scripting', 'storage']

const ICONS = {
  16: 'icons/icon-16.png',
  32: 'icons/icon-32.png',
  48: 'icons/icon-48.png',
  128: 'icons/icon-128.png',
}

/** Firefox 140 is the first that knows `data_collection_permissions`; on Android it is 142. */
const FIREFOX = {
  browser_specific_settings: {
    gecko: {
      id: 'visitor@nearside',
      strict_min_version: '140.0',
      data_collection_permissions: { required: ['none'] },
    },
    gecko_android: { strict_min_version: '142.0' },
  },
}

/** `:has()` (105) and `AbortSignal.timeout` (103) are the newest things used here. */
const CHROME = { minimum_chrome_version: '105' }

export const manifest = (browser: Browser) => ({
  manifest_version: 3 as const,
  name: 'Nearside',
  version: '0.1.0',
  description: 'See what a site that uses Nearside keeps about you in this browser, and delete it.',
  icons: ICONS,
  action: { default_title: 'What does this site keep?', default_popup: 'popup/popup.html', default_icon: ICONS },
  permissions: PERMISSIONS,
  ...(browser === 'firefox' ? FIREFOX : CHROME),
})
