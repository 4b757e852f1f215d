/** The pictures of the extension in docs/store: every state of its popup, and every page of its dashboard, over the shop as it is. */

import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { installed, launch } from './chromium.ts'
import { explorer, stroll, until } from './visitors.ts'

export type Take = (page: Page, name: string) => Promise<void>

const HOST = '#nearside-consent'
const DWELL_MS = 500
/** As wide as the popup makes itself. */
const POPUP = { width: 380, height: 620 }
/** As the stores want them. */
const STORE = { width: 1280, height: 800 }
const NARROW = { width: 320, height: 720 }

const NAMES =
  'tea-and-tide old-harbour-books ladder-and-lamp fern-street nine-wheels loomwork paper-boat salt-kitchen the-dry-garden wool-room'
const STANDS = [
  'granted',
  'refused',
  'granted',
  'undecided',
  'paused',
  'leftover',
  'refused',
  'granted',
  'gone',
  'erased',
]

/** Sites as the list would hold them; all but the shop are made up. */
const listed = (shop: string): object[] => {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  const others = NAMES.split(' ').map((name, i) => ({
    origin: `https://${name}.example`,
    firstSeen: day(20 + i * 13),
    lastSeen: day(i),
    stands: STANDS[i],
    ...(STANDS[i] === 'granted' || STANDS[i] === 'paused' ? { pairs: i ? 0x31 : 0x33, expires: day(-150 + i) } : {}),
  }))
  return [
    { origin: shop, firstSeen: day(41), lastSeen: day(0), stands: 'granted', pairs: 0x33, expires: day(-179) },
    ...others,
  ]
}

interface Opened {
  readonly tab: Page
  readonly page: Page
  /** Opens the popup, as a page, over the tab. */
  popup(): Promise<void>
  dashboard(hash?: string): Promise<void>
}

/** A page for the extension's own screens; a click on its icon lets it look at the tab. */
const opened = async (browser: Browser, tab: Page): Promise<Opened> => {
  const extension = await installed(browser)
  await tab.bringToFront()
  const appears = browser.waitForTarget(target => target.url().endsWith('/popup/popup.html'))
  await extension.triggerAction(tab)
  const clicked = await (await appears).asPage()
  await clicked.waitForSelector('h1')
  const base = clicked.url().replace('popup/popup.html', '')
  const id = await clicked.evaluate('chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => tab.id)')
  await clicked.close()
  const page = await browser.newPage()
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
  const goto = async (path: string): Promise<void> => {
    await page.goto('about:blank')
    await page.goto(base + path)
    await page.waitForSelector('h1')
  }
  return {
    tab,
    page,
    popup: async () => {
      await page.setViewport(POPUP)
      await goto(`popup/popup.html?tab=${id}`)
    },
    dashboard: async (hash = 'sites') => {
      await page.setViewport(STORE)
      await goto(`dashboard/dashboard.html#${hash}`)
    },
  }
}

const press = async (page: Page, css: string, then: string): Promise<void> => {
  await until(page, `document.querySelector(${JSON.stringify(css)})`, css)
  await page.evaluate(`document.querySelector(${JSON.stringify(css)}).click()`)
  await until(page, `document.querySelector(${JSON.stringify(then)})`, then)
}

/** Before there is anything: a site that has not got it, one that has not been answered, one that was refused. */
const takeEmpty = async (browser: Browser, shop: string, take: Take): Promise<void> => {
  const tab = await browser.newPage()
  await tab.goto(`${shop}/nearside.json`)
  const absent = await opened(browser, tab)
  await absent.popup()
  await take(absent.page, 'popup-absent')
  await absent.dashboard()
  await take(absent.page, 'dashboard-empty')
  await tab.goto(`${shop}/`)
  await until(tab, `document.querySelector('${HOST}')`, 'the question')
  const asked = await opened(browser, tab)
  await asked.popup()
  await take(asked.page, 'popup-undecided')
  await tab.bringToFront()
  await tab.click(`${HOST} [data-nearside=reject]`)
  await asked.popup()
  await take(asked.page, 'popup-refused')
  await tab.evaluate('localStorage.clear()')
  for (const { page } of [absent, asked]) await page.close()
  await tab.close()
}

const takePopup = async ({ popup, page }: Opened, take: Take): Promise<void> => {
  await popup()
  await take(page, 'popup-granted')
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  await take(page, 'popup-dark')
  await page.emulateMediaFeatures([])
  await press(page, '[data-fold=allowed] summary', '[data-fold=allowed][open]')
  await page.evaluate("document.querySelector('[data-fold=allowed]').scrollIntoView(); scrollBy(0, -60)")
  await take(page, 'popup-switches')
  await press(page, '[data-does=pause]', '.ns-mark-paused')
  await page.evaluate('scrollTo(0, 0)')
  await take(page, 'popup-paused')
  await press(page, '[data-does=resume]', '.ns-mark-held')
  await press(page, '[data-does=ask-erase]', '[data-does=erase]')
  await take(page, 'popup-ask')
}

const SETTINGS = ['defaults', 'reach', 'deleting']
const TABS = ['overview', 'groups', 'history', 'kept', 'sent', 'copies', 'erase']

const takeDashboard = async ({ dashboard, page }: Opened, shop: string, take: Take): Promise<void> => {
  await dashboard()
  await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ sites: listed(shop) })})`)
  await until(page, "document.querySelector('.site-row')", 'the list')
  await take(page, 'dashboard-sites')
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  await take(page, 'dashboard-dark')
  await page.emulateMediaFeatures([])
  await page.setViewport(NARROW)
  await take(page, 'dashboard-narrow')
  for (const name of SETTINGS) {
    await dashboard(name)
    await take(page, `dashboard-${name}`)
  }
  await dashboard(`site=${encodeURIComponent('https://tea-and-tide.example')}`)
  await until(page, "document.querySelector('.facts')", 'what the list knows')
  await take(page, 'dashboard-closed')
  await dashboard(`site=${encodeURIComponent(shop)}`)
  for (const name of TABS) {
    await press(page, `[data-tab=${name}]`, `[data-tab=${name}][aria-selected=true]`)
    await take(page, `site-${name}`)
  }
}

const takeGone = async ({ popup, page }: Opened, take: Take): Promise<void> => {
  await popup()
  await press(page, '[data-does=ask-erase]', '[data-does=erase]')
  await press(page, '[data-does=erase]', '.ns-mark-done')
  await take(page, 'popup-gone')
}

export const takeExtensionScreens = async (root: string, shop: string, take: Take): Promise<void> => {
  const browser = await launch({ extension: join(root, 'dist/extension/chrome') })
  try {
    await takeEmpty(browser, shop, take)
    const tab = await browser.newPage()
    await tab.goto(`${shop}/`)
    await until(tab, `document.querySelector('${HOST}')`, 'the question')
    await tab.click(`${HOST} [data-nearside=accept]`)
    await stroll(tab, shop, explorer, DWELL_MS)
    await tab.bringToFront()
    const looked = await opened(browser, tab)
    await takePopup(looked, take)
    await takeDashboard(looked, shop, take)
    await takeGone(looked, take)
  } finally {
    await browser.close()
  }
}
