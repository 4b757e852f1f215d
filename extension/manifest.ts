/** The manifest of the visitor build: nothing in it makes a browser warn, and it is on no page before the visitor says so. */

import { MANIFEST_WORDS } from './manifest-words.ts'
import { AT_ONCE, EVERYWHERE, GPC } from './permissions.ts'

export type Browser = 'chrome' | 'firefox'

/** `docs/permissions.md` gives the reason for each. */
export const PERMISSIONS = ['activeTab', 'scripting', 'storage']

const ICONS = {
  16: 'icons/icon-16.png',
  32: 'icons/icon-32.png',
  48: 'icons/icon-48.png',
  128: 'icons/icon-128.png',
}

const BACKGROUND = 'background/main.ts'

/** Firefox 140 is the first that knows `data_collection_permissions`; on Android it is 142. */
const FIREFOX = {
  background: { scripts: [BACKGROUND], type: 'module' as const },
  browser_specific_settings: {
    gecko: {
      id: 'visitor@nearside',
      strict_min_version: '140.0',
      data_collection_permissions: { required: ['none'] },
    },
    gecko_android: { strict_min_version: '142.0' },
  },
}

/** Scripts that are registered for the page's own world (111) are the newest thing used here. */
const CHROME = {
  background: { service_worker: BACKGROUND, type: 'module' as const },
  minimum_chrome_version: '111',
}

const said = (name: keyof (typeof MANIFEST_WORDS)['en']): string => `__MSG_${name}__`

/** The files in which a browser looks such words up: its languages have names with an underscore, and their countries in capitals. */
export const messageFiles = (): [path: string, text: string][] =>
  Object.entries(MANIFEST_WORDS).map(([language, each]) => {
    const folder = language.replace(/-(.*)/, (_, country: string) => `_${country.toUpperCase()}`)
    const messages = Object.entries(each).map(([name, message]) => [name, { message }])
    return [`_locales/${folder}/messages.json`, `${JSON.stringify(Object.fromEntries(messages))}\n`]
  })

export const manifest = (browser: Browser) => ({
  manifest_version: 3 as const,
  name: 'Nearside',
  version: '0.1.0',
  default_locale: 'en',
  description: said('description'),
  icons: ICONS,
  action: { default_title: said('title'), default_popup: 'popup/popup.html', default_icon: ICONS },
  options_ui: { page: 'dashboard/dashboard.html', open_in_tab: true },
  permissions: PERMISSIONS,
  optional_permissions: browser === 'firefox' ? [AT_ONCE] : [AT_ONCE, GPC],
  optional_host_permissions: EVERYWHERE,
  ...(browser === 'firefox' ? FIREFOX : CHROME),
})
