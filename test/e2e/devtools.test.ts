import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { type Developer, launchDeveloper, type Panel } from './devtools-panel.ts'

type Api = { nearside?: Nearside }

let site: SdkSite
let developer: Developer
let page: Page
let panel: Panel

/** Clicks the banner's yes, and waits until the decision stands. */
const accept = async (): Promise<void> => {
  await page.waitForSelector('#nearside-consent [data-nearside=accept]')
  await page.click('#nearside-consent [data-nearside=accept]')
  await page.waitForFunction(() => (window as Api).nearside?.consent())
}

/** Is it the browser's own? */
const isNative = (): boolean => /native code/.test(String(Worker.prototype.postMessage))

/** What the browser puts into pages on the extension's behalf. */
const registered = async (): Promise<string[]> =>
  (await developer.background()).evaluate(async () =>
    (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id),
  )

/** What hovering over the extension's icon says; it changes together with the icon's colour, which no browser tells. */
const titleOver = async (address: string): Promise<string | undefined> =>
  (await developer.background()).evaluate(async wanted => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === wanted)
    return chrome.action.getTitle({ tabId: tab?.id ?? -1 })
  }, address)

/** Of an icon of the extension's: whether any of its pixels has a colour. */
const isColoured = async (icon: string): Promise<boolean> =>
  await panel.run(async path => {
    const image = new Image()
    image.src = path
    await image.decode()
    const pencil = new OffscreenCanvas(image.width, image.height).getContext('2d') as OffscreenCanvasRenderingContext2D
    pencil.drawImage(image, 0, 0)
    const { data } = pencil.getImageData(0, 0, image.width, image.height)
    const pixels = Array.from({ length: data.length / 4 }, (_, i) => [...data.slice(4 * i, 4 * i + 3)])
    return pixels.some(rgb => Math.max(...rgb) - Math.min(...rgb) > 24)
  }, icon)

beforeAll(async () => {
  site = await startSdkSite()
  developer = await launchDeveloper()
  page = await developer.browser.newPage()
  await page.goto(`${site.origin}/`)
  panel = await developer.openPanel(page)
  await panel.until('.dt-standing', /Live/)
})
afterAll(async () => {
  await developer?.close()
  await site?.close()
})

describe('the panel in DevTools', () => {
  it('has a grey icon, and a coloured one over a page where it has found Nearside', async () => {
    expect([await isColoured('/icons/grey-32.png'), await isColoured('/icons/icon-32.png')]).toEqual([false, true])
    expect(await titleOver(`${site.origin}/`)).toBe('Nearside DevTools: this page has Nearside')
    await page.goto(`${site.origin}/nearside.json`)
    expect(await titleOver(`${site.origin}/nearside.json`)).toBe(
      'Nearside DevTools: open DevTools, and its panel there',
    )
    await panel.choose('Health')
    await panel.until('#view-health', /this page has no Nearside/)
    await panel.choose('Stream')
    await page.goto(`${site.origin}/`)
  })

  it('shows a signal as it is noted, and why another was refused, without what it said', async () => {
    await accept()
    await page.evaluate(() =>
      (window as Api).nearside?.signal('search', { results: 3, words: 'ada@example.org' } as never),
    )
    await panel.sift('kind:page_view')
    await panel.until('.dt-stream', /admittedpage_view page=home/)
    await panel.sift('refused:true')
    await panel.until('.dt-stream', /search/)
    expect(await panel.run(() => document.body.innerHTML)).not.toContain('ada@')
  })

  it('shows the report that leaves, and goes on over a navigation', async () => {
    await panel.sift('what:request')
    await panel.until('.dt-stream', /POST report .*\/v1\/reports 204/)
    await page.goto(`${site.origin}/p/pot`)
    await panel.sift('kind:page_view')
    await panel.until('.dt-stream', /page=product/)
  })

  it('hears a page that comes back out of the cache, where its port was closed', async () => {
    await page.evaluate(() => addEventListener('pageshow', it => Object.assign(window, { persisted: it.persisted })))
    await page.goto(`${site.origin}/quiet`)
    await page.goBack()
    expect(await page.evaluate('window.persisted')).toBe(true)
    await page.evaluate(() => (window as Api).nearside?.signal('add_to_cart', { quantity: 7 }))
    await panel.sift('kind:add_to_cart')
    await panel.until('.dt-stream', /admittedadd_to_cart/)
  })

  it('finds the report on the ledger as it was on the wire', async () => {
    await panel.run(() => document.querySelector<HTMLElement>('#tab-wire')?.click())
    expect(await panel.run(() => document.documentElement.dataset.theme)).toBe('light')
    await panel.until('#view-wire', /Nothing to look at\. [\s\S]*seen row \d+204/)
  })

  it('supposes a denial, and the visitor’s own decision stands as it did', async () => {
    const standing = (): Promise<string | null> => page.evaluate(() => localStorage.getItem('nearside'))
    const before = await standing()
    await panel.run(() => document.querySelector<HTMLElement>('#tab-what-if')?.click())
    await panel.until('#view-what-if', /Nothing would be otherwise/)
    await panel.run(() => document.querySelector<HTMLElement>('#if-expired-yes')?.click())
    await panel.until('[data-group=Gate]', /page_viewadmittedrefused/)
    expect(await standing()).toBe(before)
    await panel.run(() => document.querySelector<HTMLElement>('#tab-stream')?.click())
  })

  it('goes on when the browser has ended its background', async () => {
    await (await developer.background()).close()
    await page.evaluate(() => (window as Api).nearside?.signal('add_to_cart', {}))
    await panel.sift('kind:add_to_cart')
    await panel.until('.dt-stream', /admittedadd_to_cart/)
  })

  it('tells each of two panels of its own page alone', async () => {
    const other = await developer.browser.newPage()
    await other.goto(`${site.origin}/help`)
    const beside = await developer.openPanel(other)
    await beside.until('.dt-standing', /Live.*granted/)
    await page.evaluate(() => (window as Api).nearside?.signal('remove_from_cart', {}))
    await other.evaluate(() => (window as Api).nearside?.signal('purchase', {}))
    await beside.sift('kind:remove_from_cart,purchase')
    await beside.until('.dt-stream', /1 of \d+ rows.*admittedpurchase/)
    await other.close()
    // What nobody sees is not drawn.
    await page.bringToFront()
    await panel.sift('kind:remove_from_cart,purchase')
    await panel.until('.dt-stream', /1 of \d+ rows.*admittedremove_from_cart/)
  })

  it('tells in Health what the policy of the worker’s own file stops', async () => {
    const body = readFileSync(join(import.meta.dirname, '../../dist/sdk/nearside-worker.js'), 'utf8')
    const headers = { 'content-type': 'text/javascript', 'content-security-policy': "connect-src 'self'" }
    site.route('/nearside/nearside-worker.js', { body, headers })
    await page.evaluate(() => (window as Api).nearside?.erase())
    await page.goto(`${site.origin}/`)
    await accept()
    await panel.choose('Health')
    await panel.until('#view-health', /policy of nearside-worker\.js, connect-src it stops http\S+\/v1\/reports/)
  })

  it('leaves the page as it was, once it is closed', async () => {
    expect(await page.evaluate(isNative)).toBe(false)
    expect(await registered()).toHaveLength(2)
    await developer.closePanel(page)
    await page.waitForFunction(isNative)
    // And no other page will be touched.
    await expect.poll(registered).toEqual([])
  })

  it('leaves the page as it was when the extension is updated under it, and its new version hears the page again', async () => {
    await (await developer.openPanel(page)).until('.dt-standing', /Live/)
    expect(await page.evaluate(isNative)).toBe(false)
    await developer.updateExtension()
    await page.waitForFunction(isNative)
    const updated = await developer.openPanel(page)
    await updated.until('.dt-standing', /Live.*granted/)
    await page.evaluate(() => (window as Api).nearside?.signal('add_to_cart', {}))
    await updated.choose('Stream')
    await updated.sift('kind:add_to_cart')
    await updated.until('.dt-stream', /admittedadd_to_cart/)
  })
})
