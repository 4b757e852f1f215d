// axe and pa11y find nothing on either layer: light, dark, from right to left, at 320 px, with forced colours and more contrast.
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults, pa11yFaults } from '../harness/accessible.ts'
import { launchPuppet } from '../harness/browser.ts'
import { asPage, type SdkSite } from '../harness/sdk-site.ts'
import { BANNER, meet, openSettings, startBannerSite } from './banner-site.ts'

let site: SdkSite
beforeAll(async () => {
  site = await startBannerSite({ langs: ['en', 'ar'] })
})
afterAll(() => site.close())

const unfold = "for (const it of document.querySelectorAll('dialog details')) it.open = true"

describe('axe finds nothing on either layer', () => {
  const views: { [name: string]: [lang: string, options: BrowserContextOptions] } = {
    'in the light': ['en', { colorScheme: 'light' }],
    'in the dark, at 320 px': ['en', { colorScheme: 'dark', viewport: { width: 320, height: 600 } }],
    'from right to left': ['ar', { viewport: { width: 320, height: 600 } }],
    'with forced colours': ['en', { forcedColors: 'active' }],
    'with more contrast': ['en', { contrast: 'more', colorScheme: 'dark' }],
  }
  for (const [name, [lang, options]] of Object.entries(views))
    it(name, async () => {
      const page = await meet(site, options, lang)
      expect(await axeFaults(page)).toEqual([])
      await openSettings(page)
      await page.evaluate(unfold)
      expect(await axeFaults(page)).toEqual([])
      await page.context().close()
    })

  it('and it would: of grey on grey it complains', async () => {
    site.route(
      '/in/grey',
      asPage(`<!doctype html><html lang="en"><title>Shop</title><style>:root { --nearside-text: #888; --nearside-background: #999 }</style>
      <script async src="/nearside/nearside.js" data-config="/nearside.json"></script><main><h1>Shop</h1></main>`),
    )
    const page = await meet(site, {}, 'grey')
    expect((await axeFaults(page)).join()).toContain('color-contrast')
    await page.context().close()
  })
})

describe('pa11y, with axe and HTML CodeSniffer, finds nothing on either layer', () => {
  it('in the light and the dark, and from right to left at 320 px', async () => {
    const browser = await launchPuppet()
    const faults: { [name: string]: string[] } = {}
    for (const [scheme, lang, width] of [
      ['light', 'en', 1280],
      ['dark', 'en', 1280],
      ['light', 'ar', 320],
    ] as const) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      // High enough for all of it: of what is half scrolled away axe says that it cannot tell.
      await page.setViewport({ width, height: 3000 })
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.goto(`${site.origin}/in/${lang}`)
      await page.waitForSelector(`${BANNER} [data-nearside=settings]`)
      faults[`${scheme} ${lang} first`] = await pa11yFaults(browser, page)
      await page.click(`${BANNER} [data-nearside=settings]`)
      await page.waitForSelector('dialog pre')
      await page.evaluate(unfold)
      faults[`${scheme} ${lang} second`] = await pa11yFaults(browser, page)
      await context.close()
    }
    await browser.close()
    expect(Object.keys(faults)).toHaveLength(6)
    for (const [where, found] of Object.entries(faults)) expect(found, where).toEqual([])
  })
})
