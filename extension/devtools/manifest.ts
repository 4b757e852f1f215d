/** The manifest of the build with the DevTools panel, for a site's own developers: browsers warn of any extension like it. */

export type Browser = 'chrome' | 'firefox'

/** `docs/permissions.md` gives the reason for each. */
export const PERMISSIONS = ['scripting']
export const HOSTS = ['http://*/*', 'https://*/*']

const icons = (name: string) => ({ 16: `icons/${name}-16.png`, 32: `icons/${name}-32.png` })
const ICONS = { ...icons('icon'), 48: 'icons/icon-48.png', 128: 'icons/icon-128.png' }

const WORKER = 'devtools/background.entry.ts'

/** The first that knows `data_collection_permissions` on Android as well, where nobody has DevTools, and the linter asks for it. */
const FIREFOX = {
  background: { scripts: [WORKER], type: 'module' as const },
  browser_specific_settings: {
    gecko: {
      id: 'devtools@nearside',
      strict_min_version: '142.0',
      data_collection_permissions: { required: ['none'] },
    },
  },
}

/** `light-dark()`, by which the panel follows DevTools' own colours, came with 123. */
const CHROME = {
  background: { service_worker: WORKER, type: 'module' as const },
  minimum_chrome_version: '123',
}

export const manifest = (browser: Browser) => ({
  manifest_version: 3 as const,
  name: 'Nearside DevTools',
  version: '0.1.0',
  description:
    'For developers of a site that uses Nearside: every step from a signal to a report, in a panel of DevTools.',
  icons: ICONS,
  // Grey until a panel has found Nearside on the page.
  action: { default_title: 'Nearside DevTools: open DevTools, and its panel there', default_icon: icons('grey') },
  devtools_page: 'devtools/devtools.html',
  permissions: PERMISSIONS,
  host_permissions: HOSTS,
  ...(browser === 'firefox' ? FIREFOX : CHROME),
})
