// How the privacy centre looks: axe and pa11y find nothing in any light, at any width; a page's style does not break it, nor it the page.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults, pa11yFaults } from '../harness/accessible.ts'
import { launchPuppet } from '../harness/browser.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { CENTRE, fill, openCentre, startCentreSite, TABS, visit } from './centre-site.ts'

let site: SdkSite
beforeAll(async () => {
  site = await startCentreSite(['en-GB', 'ar'], false)
})
afterAll(() => site.close())

/** Opens all that folds. */
const unfold = `{
  document.querySelector('${CENTRE} .ns-fold[aria-expanded=false]')?.click()
  for (const it of document.querySelectorAll('${CENTRE} details')) it.open = true
}`

const show = async (page: Page, tab: string): Promise<void> => {
  await page.locator(`${CENTRE} [data-tab=${tab}]`).click()
  await page.evaluate(unfold)
}

/** What is too narrow for its window, or too small to be hit. */
const misfits = (page: Page): Promise<string[]> =>
  page.locator(`${CENTRE} :is(button, input, select, summary)`).evaluateAll(all => {
    const panel = document.querySelector('.ns-panel') as HTMLElement
    const wide = panel.scrollWidth > panel.clientWidth ? [`${panel.scrollWidth} px wide`] : []
    const small = all.filter(it => {
      const { width, height } = (it.closest('label') ?? it).getBoundingClientRect()
      return Math.min(width, height) < 24 && width > 0
    })
    return [...wide, ...small.map(it => `${it.outerHTML.slice(0, 80)}: too small`)]
  })

describe('in each tab there is nothing to find fault with', () => {
  const views: { [name: string]: [lang: string, options: BrowserContextOptions] } = {
    'in the light': ['en-GB', { colorScheme: 'light' }],
    'in the dark, at 320 px': ['en-GB', { colorScheme: 'dark', viewport: { width: 320, height: 640 } }],
    'from right to left, at 320 px': ['ar', { viewport: { width: 320, height: 640 } }],
    'at 400 %, with forced colours': ['en-GB', { viewport: { width: 320, height: 256 }, forcedColors: 'active' }],
  }
  for (const [name, [lang, options]] of Object.entries(views))
    it(`by axe, ${name}`, async () => {
      const page = await visit(site, lang, options)
      await openCentre(page)
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await fill(page)
      await openCentre(page)
      for (const tab of TABS) {
        await show(page, tab)
        expect(await axeFaults(page), tab).toEqual([])
        expect(await misfits(page), tab).toEqual([])
      }
      await page.context().close()
    })

  it('by pa11y, with axe and HTML CodeSniffer', async () => {
    const browser = await launchPuppet()
    const page = await browser.newPage()
    // High enough for all of it: of what is scrolled away axe says that it cannot tell.
    await page.setViewport({ width: 1000, height: 4000 })
    await page.goto(`${site.origin}/in/en-GB`)
    await (await page.waitForSelector('#nearside-consent [data-nearside=accept]'))?.click()
    await page.click('#open')
    await page.addStyleTag({ content: `${CENTRE}${CENTRE}[dir] { height: 4000px !important }` })
    await page.waitForSelector(`${CENTRE} [role=tab]`)
    for (const tab of TABS) {
      await page.click(`${CENTRE} [data-tab=${tab}]`)
      await page.evaluate(unfold)
      expect(await pa11yFaults(browser, page), tab).toEqual([])
    }
    await browser.close()
  })
})
