// The back-forward cache: a page that comes back is one view more, nothing is captured twice, and a no said meanwhile holds in it.
import type { Browser, Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launchPuppet } from '../harness/browser.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { dwells, expectViews } from './navigation-site.ts'

let site: SdkSite
let browser: Browser
let page: Page

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined }, headers: { 'cache-control': 'no-cache' } })
  browser = await launchPuppet()
  page = await browser.newPage()
  page.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await browser.close()
  await site.close()
})

const segmented = async (): Promise<void> => {
  await page.waitForFunction('window.nearside?.segments?.().visit && nearside.consent()')
}
const arrive = async (): Promise<void> => {
  await page.goto(`${site.origin}/`)
  await (await page.waitForSelector('#nearside-consent [data-nearside=accept]'))?.click()
  await segmented()
  // A browser keeps no page that is in the middle of something.
  await expectViews(page, ['home'])
  await page.evaluate("addEventListener('pageshow', event => { window.cameBack = event.persisted })")
}
/** The first page again, out of the cache and not anew: else nothing here would be tested. */
const back = async (): Promise<void> => {
  await page.goBack({ waitUntil: 'domcontentloaded' })
  await page.waitForFunction('window.nearside')
  const why = "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"
  expect([await page.evaluate('window.cameBack'), await page.evaluate(why)]).toEqual([true, 'null'])
}
/**
 * Leaves the first page, which was hidden for a moment before: what it noted is on disk. Else its worker may answer just as the page
 * is put away, and Chromium then drops it now and again.
 */
const leave = async (): Promise<void> => {
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    Reflect.deleteProperty(document, 'hidden')
  })
  await page.waitForFunction("!Object.keys(localStorage).some(key => key.startsWith('nearside-tail'))")
  await page.goto(`${site.origin}/p/pot`)
  await segmented()
}
const look = (ms: number): Promise<unknown> => page.evaluate(wait => new Promise(go => setTimeout(go, wait)), ms)

describe('a page that comes back', () => {
  it('is viewed once more, and what it noted before is there once', async () => {
    await arrive()
    await look(80)
    await leave()
    await look(60)
    await expectViews(page, ['home', 'product'])
    await back()
    await expectViews(page, ['home', 'product', 'home'])
    // The second page's last words are taken up by the next page that loads.
    await page.goto(`${site.origin}/cart`)
    await segmented()
    await expectViews(page, ['home', 'product', 'home', 'cart'])
    const noted = await dwells(page)
    expect(noted.map(([kind]) => kind).sort()).toEqual(['home', 'home', 'product'])
    expect(noted.find(([kind]) => kind === 'home')?.[1]).toBeGreaterThanOrEqual(79)
    expect(noted.find(([kind]) => kind === 'product')?.[1]).toBeGreaterThanOrEqual(59)
  })

  it('counts the time after it, and none of that in the cache', async () => {
    await arrive()
    await leave()
    await look(500)
    await back()
    const start = (await page.evaluate('performance.now()')) as number
    await look(50)
    await page.evaluate("history.pushState(null, '', '/cart')")
    await expectViews(page, ['home', 'product', 'home', 'cart'])
    const after = ((await page.evaluate('performance.now()')) as number) - start
    const [kind, ms] = (await dwells(page)).at(-1) ?? []
    expect(kind).toBe('home')
    expect(ms).toBeGreaterThanOrEqual(49)
    expect(ms).toBeLessThan(after + 100)
  })

  it('goes on being heard: what is asked of it is answered, and what is noted in it reaches the disk', async () => {
    await arrive()
    await page.evaluate("addEventListener('pageshow', () => { window.account = nearside.exportData() })")
    await leave()
    await back()
    expect(await page.evaluate('account.then(it => it.signals.length)')).toBeGreaterThan(0)
    await page.evaluate("nearside.signal('add_to_cart')")
    await expect
      .poll(() => page.evaluate('nearside.exportData().then(it => it.signals.map(({ kind }) => kind))'))
      .toContain('add_to_cart')
  })

  it('looks whether the decision still stands, which nobody could tell it meanwhile', async () => {
    await arrive()
    await leave()
    await page.evaluate("localStorage.removeItem('nearside')")
    await back()
    expect(await page.evaluate('[nearside.consent(), nearside.segments()]')).toEqual([null, {}])
    expect(await page.evaluate("document.documentElement.hasAttribute('data-nearside-visit')")).toBe(false)
  })

  for (const act of ['withdraw', 'erase']) {
    it(`captures nothing after ${act}() on the page it was left for`, async () => {
      await arrive()
      await leave()
      await page.evaluate(`nearside.${act}()`)
      await page.goBack({ waitUntil: 'domcontentloaded' })
      await page.waitForFunction('window.nearside?.segments')
      await expect.poll(() => page.evaluate('nearside.segments().visit')).toBeUndefined()
      await expect.poll(() => page.evaluate("document.documentElement.getAttribute('data-nearside-visit')")).toBeNull()
      expect(
        await page.evaluate("new Promise(tell => { nearside.on('refused', tell); nearside.signal('add_to_cart') })"),
      ).toMatchObject({
        kind: 'add_to_cart',
      })
      await page.evaluate("history.pushState(null, '', '/cart')")
      await page.goto(`${site.origin}/help`)
      await page.waitForFunction('window.nearside?.segments')
      await expect.poll(() => page.evaluate('indexedDB.databases()')).toEqual([])
      expect(await page.evaluate('Object.keys(localStorage)')).toEqual(act === 'withdraw' ? ['nearside'] : [])
    })
  }
})
