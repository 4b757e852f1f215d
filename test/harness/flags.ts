/** For a closed network and a machine without a screen: no calls home, no first-run pages, no QUIC beside the recorded requests. */
export const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Pages of the address bar's own, which Chromium makes for every visitor: two fifths of what one costs, and nothing that is looked at. */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']
/** What Playwright leaves out itself: Chromium heeds the last of such lists alone. */
const PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]
const leavingOut = (features: readonly string[]): string => `--disable-features=${features.join(',')}`

export const playwrightFlags = [...chromiumFlags, leavingOut([...PLAYWRIGHT, ...ADDRESS_BAR])]
/** Puppeteer joins it with its own. */
export const puppeteerFlags = [...chromiumFlags, leavingOut(ADDRESS_BAR)]
