/** `npm start -- --screens`: takes the pictures that the documents show, every state in every look, from the shop as it is. */

import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'puppeteer-core'
import { launch } from './chromium.ts'
import { type Take, takeExtensionScreens } from './extension-screens.ts'
import { findRoot } from './files.ts'
import { takePanelScreens } from './panel-screens.ts'
import { startShop } from './serve.ts'
import { explorer, stroll, until } from './visitors.ts'

interface Look {
  readonly name: string
  readonly scheme: 'light' | 'dark'
  readonly width: number
  readonly height: number
  /** The page's language, where it is written from right to left. */
  readonly rtl?: string
}

const WIDE = { width: 1280, height: 760 }
const LOOKS: readonly Look[] = [
  { name: 'light', scheme: 'light', ...WIDE },
  { name: 'dark', scheme: 'dark', ...WIDE },
  { name: 'rtl', scheme: 'light', rtl: 'ar', ...WIDE },
  { name: 'narrow', scheme: 'light', width: 320, height: 720 },
]
const [LIGHT] = LOOKS as readonly [Look]

/** A page of plain colours: the home page's gradient alone would be a hundred kilobytes. */
const PAGE = '/c/tea'
const DWELL_MS = 500
const QUALITY = 80

const HOST = '#nearside-consent'
const CENTRE = '#nearside-centre[open]'
const TABS = ['groups', 'kept', 'sent', 'copies', 'erase']

/** A page in this look; the shop itself is in English, so its language is changed before anything reads it. */
const openPage = async (context: BrowserContext, look: Look): Promise<Page> => {
  const page = await context.newPage()
  await page.setViewport({ width: look.width, height: look.height })
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: look.scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ])
  if (look.rtl)
    await page.evaluateOnNewDocument(lang => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement) return
        observer.disconnect()
        Object.assign(document.documentElement, { lang, dir: 'rtl' })
      }).observe(document, { childList: true })
    }, look.rtl)
  return page
}

/** The two layers, to a visitor who has never been here. */
const takeBanner = async (browser: Browser, shop: string, look: Look, take: Take): Promise<void> => {
  const context = await browser.createBrowserContext()
  const page = await openPage(context, look)
  await page.goto(shop + PAGE)
  await until(page, `document.querySelector('${HOST}')`, 'the question')
  await page.waitForNetworkIdle({ idleTime: 300 })
  await take(page, `banner-${look.name}`)
  await page.click(`${HOST} [data-nearside=settings]`)
  await until(page, `document.querySelector('${HOST} dialog[open]')`, 'the second layer')
  await page.waitForNetworkIdle({ idleTime: 300 })
  await take(page, `settings-${look.name}`)
  await context.close()
}

/** As a browser's opt-out signal finds it. */
const takeSignal = async (browser: Browser, shop: string, take: Take): Promise<void> => {
  const context = await browser.createBrowserContext()
  const page = await openPage(context, LIGHT)
  await page.evaluateOnNewDocument(() => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
  })
  await page.goto(shop + PAGE)
  await until(page, `document.querySelector('${HOST}')`, 'the question')
  await page.waitForNetworkIdle({ idleTime: 300 })
  await take(page, 'banner-signal')
  await context.close()
}

const openCentre = async (page: Page, shop: string): Promise<void> => {
  await page.goto(shop + PAGE)
  await until(page, 'window.nearside?.openPrivacyCenter', 'Nearside')
  await page.evaluate('void window.nearside.openPrivacyCenter()')
  await until(page, `document.querySelector('${CENTRE} [role=tab]')`, 'the privacy centre')
  await page.waitForNetworkIdle({ idleTime: 300 })
}

/** The privacy centre, of a visitor who said yes and looked at sixteen pages. */
const takeCentre = async (browser: Browser, shop: string, take: Take): Promise<void> => {
  const context = await browser.createBrowserContext()
  const visit = await openPage(context, LIGHT)
  await visit.goto(`${shop}/`)
  await until(visit, `document.querySelector('${HOST}')`, 'the question')
  await visit.click(`${HOST} [data-nearside=accept]`)
  await stroll(visit, shop, explorer, DWELL_MS)
  for (const look of LOOKS) {
    const page = await openPage(context, look)
    await openCentre(page, shop)
    await take(page, `centre-${look.name}`)
    for (const tab of TABS) {
      await page.click(`${CENTRE} [data-tab=${tab}]`)
      await page.waitForNetworkIdle({ idleTime: 300 })
      await take(page, look === LIGHT ? `centre-${tab}` : `centre-${tab}-${look.name}`)
    }
    await page.close()
  }
  await takeActs(await openPage(context, LIGHT), shop, take)
  await context.close()
}

/** What a visitor's acts lead to: a pause, a part deleted, everything deleted, a refusal. */
const takeActs = async (page: Page, shop: string, take: Take): Promise<void> => {
  const does = (deed: string, n = 0): Promise<unknown> =>
    until(
      page,
      `[document.querySelectorAll('${CENTRE} [data-does=${deed}]')].map(all => all[${n}] ?? all[all.length + ${n}])[0]`,
    ).then(() => page.evaluate(`[...document.querySelectorAll('${CENTRE} [data-does=${deed}]')].at(${n}).click()`))
  const shows = (mood: string): Promise<unknown> =>
    until(page, `document.querySelector('${CENTRE} .ns-panel .ns-mark-${mood}')`, mood)
  await openCentre(page, shop)
  await does('pause')
  await shows('paused')
  await take(page, 'centre-paused')
  await does('resume')
  await shows('held')
  await page.click(`${CENTRE} [data-tab=erase]`)
  await does('ask')
  await take(page, 'centre-ask')
  await does('erase')
  await shows('done')
  await take(page, 'centre-gone')
  await does('ask', -1)
  await does('erase')
  await shows('done')
  await take(page, 'centre-gone-all')
  await does('choices')
  await until(page, `document.querySelector('${HOST} dialog [data-nearside=reject]')`, 'the choices')
  await page.click(`${HOST} dialog [data-nearside=reject]`)
  await until(page, 'window.nearside.consent()', 'the refusal')
  await page.evaluate('void window.nearside.openPrivacyCenter()')
  await shows('refused')
  await take(page, 'centre-refused')
}

/** Takes pictures into a folder of the documents, in the place of those that are there. */
const into = async (root: string, name: string): Promise<Take> => {
  const folder = join(root, name)
  await mkdir(folder, { recursive: true })
  for (const old of await readdir(folder)) if (/\.(png|webp)$/.test(old)) await rm(join(folder, old))
  return async (page, picture) => {
    const path = join(folder, `${picture}.webp`) as `${string}.webp`
    await page.screenshot({ path, type: 'webp', quality: QUALITY })
    console.log(`${name}/${picture}.webp: ${(await stat(path)).size} bytes`)
  }
}

/** @param only what to take: the pages of the SDK, those of the extension, or the views of the DevTools panel; absent, all */
export const takeScreens = async (only?: string): Promise<void> => {
  const root = findRoot(import.meta.dirname)
  const { shop, stop } = await startShop()
  try {
    const isAsked = (what: string): boolean => only === undefined || only === what
    if (isAsked('extension')) await takeExtensionScreens(root, shop, await into(root, 'docs/store'))
    if (isAsked('devtools')) await takePanelScreens(shop, await into(root, 'docs/screens/devtools'))
    if (!isAsked('sdk')) return
    const browser = await launch()
    const take = await into(root, 'docs/screens')
    for (const look of LOOKS) await takeBanner(browser, shop, look, take)
    await takeSignal(browser, shop, take)
    await takeCentre(browser, shop, take)
    await browser.close()
  } finally {
    await stop()
  }
}
