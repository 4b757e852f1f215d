// How the privacy centre looks: axe and pa11y find nothing in any light, at any width; a page's style does not break it, nor it the page.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults, pa11yFaults } from '../harness/accessible.ts'
import { launchPuppet } from '../harness/browser.ts'
import { HOSTILE_CSS } from '../harness/hostile-css.ts'
import { api, asPage, type SdkSite } from '../harness/sdk-site.ts'
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
  await page.mouse.move(0, 0)
  await page.evaluate(unfold)
}

/** What is too narrow for its window or its words, or too small to be hit. */
const misfits = (page: Page): Promise<string[]> =>
  page.locator(`${CENTRE} :is(button, input, select, summary)`).evaluateAll(all => {
    const panel = document.querySelector('.ns-panel') as HTMLElement
    const wide = panel.scrollWidth > panel.clientWidth ? [`${panel.scrollWidth} px wide`] : []
    const small = all.filter(it => {
      const { width, height } = (it.closest('label') ?? it).getBoundingClientRect()
      return Math.min(width, height) < 24 && width > 0
    })
    const broken = [...document.querySelectorAll('.ns-grid thead th:not(:first-child)')].filter(it => {
      const name = document.createRange()
      name.selectNodeContents(it)
      return name.getClientRects().length > 1
    })
    return [
      ...wide,
      ...small.map(it => `${it.outerHTML.slice(0, 80)}: too small`),
      ...broken.map(it => `${it.textContent}: broken`),
    ]
  })

/** Whether the chosen tab alone is underlined. */
const isOneChosen = (page: Page): Promise<boolean> =>
  page.locator(`${CENTRE} [role=tab]`).evaluateAll(all => {
    const { backgroundColor } = getComputedStyle(document.querySelector('dialog') as Element)
    const unseen = [backgroundColor, 'rgba(0, 0, 0, 0)']
    const lined = all.filter(it => !unseen.includes(getComputedStyle(it).borderBottomColor))
    return lined.map(it => it.ariaSelected).join() === 'true'
  })

/** How each of our elements looks and lies; what is of an instant is left out. */
const looks = (page: Page): Promise<string[]> =>
  page.locator(`${CENTRE}, ${CENTRE} *`).evaluateAll(all =>
    all.map(it => {
      const { x, y, width, height } = it.getBoundingClientRect()
      const { color, backgroundColor, font, display, textAlign, opacity, stroke, fill } = getComputedStyle(it)
      const box = [x, y, width, height].map(Math.round)
      return [it.tagName, ...box, color, backgroundColor, font, display, textAlign, opacity, stroke, fill].join(' ')
    }),
  )

const styled = (css: string): string => `<!doctype html><html lang="en-GB"><title>Shop</title><style>${css}</style>
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script><body><h1>Shop</h1><div id="cover"></div></body>`

it("a page's style changes nothing of it, and its own nothing of the page", async () => {
  const page = await visit(site)
  await fill(page)
  await api(page, nearside => nearside.pause())
  const theirs = (): Promise<string[]> =>
    page
      .locator('h1, #cover')
      .evaluateAll(all =>
        all.map(it => [...getComputedStyle(it)].map(name => getComputedStyle(it).getPropertyValue(name)).join()),
      )
  const seen: { [name: string]: string[][] } = {}
  for (const [name, css] of Object.entries({ plain: '', ...HOSTILE_CSS })) {
    site.route('/in/hostile', asPage(styled(css)))
    await page.goto(`${site.origin}/in/hostile`)
    const before = await api(page, () => true).then(theirs)
    await api(page, nearside => nearside.openPrivacyCenter())
    expect(await theirs(), name).toEqual(before)
    seen[name] = []
    for (const tab of ['groups', 'erase']) {
      await show(page, tab)
      seen[name].push(await looks(page))
    }
  }
  for (const name of Object.keys(HOSTILE_CSS)) expect(seen[name], name).toEqual(seen.plain)
  await page.context().close()
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
      // With forced colours, the two that have the most in them.
      for (const tab of options.forcedColors ? ['groups', 'erase'] : TABS) {
        await show(page, tab)
        expect(await axeFaults(page), tab).toEqual([])
        expect(await misfits(page), tab).toEqual([])
        expect(await isOneChosen(page), tab).toBe(true)
      }
      await page.context().close()
    })

  it('by pa11y, with axe and HTML CodeSniffer, in the light and the dark, and from right to left at 320 px', async () => {
    const browser = await launchPuppet()
    for (const [scheme, lang, width] of [
      ['light', 'en-GB', 1000],
      ['dark', 'en-GB', 1000],
      ['dark', 'ar', 320],
    ] as const) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      // High enough for all of it: of what is scrolled away axe says that it cannot tell.
      await page.setViewport({ width, height: 4000 })
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.goto(`${site.origin}/in/${lang}`)
      await (await page.waitForSelector('#nearside-consent [data-nearside=accept]'))?.click()
      await page.click('#open')
      await page.addStyleTag({ content: `${CENTRE}${CENTRE}[dir] { height: 4000px !important }` })
      await page.waitForSelector(`${CENTRE} [role=tab]`)
      for (const tab of TABS) {
        await page.click(`${CENTRE} [data-tab=${tab}]`)
        await page.evaluate(unfold)
        expect(await pa11yFaults(browser, page), `${scheme} ${lang} ${tab}`).toEqual([])
      }
      await context.close()
    }
    await browser.close()
  })
})
