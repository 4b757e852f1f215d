// A page that is only being prepared may never be looked at: nothing is read, shown, asked or captured until it is.
import type { Browser, Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launchPuppet } from '../harness/browser.ts'
import { asPage, type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { dwells, expectViews } from './navigation-site.ts'

let site: SdkSite
let browser: Browser
let page: Page

/** Says in the server's log when it has been prepared, and for how long it was. */
const prepared = `<!doctype html><html lang="en"><head><title>prepared</title>
<script>window.wasPrepared = document.prerendering
document.addEventListener('prerenderingchange', () => { window.activatedAt = performance.now() })</script>
<script src="/nearside/nearside-paint.js"></script><script async src="/nearside/nearside.js"></script></head>
<body><h1>pot</h1><script type="module">
await new Promise(go => setTimeout(go, 300))
await fetch('/ready?' + JSON.stringify([document.documentElement.getAttributeNames(), !!document.querySelector('#nearside-consent')]))
</script></body></html>`

const first = `<!doctype html><html lang="en"><head><title>first</title>
<script type="speculationrules">{ "prerender": [{ "urls": ["/p/pot"], "eagerness": "immediate" }] }</script>
<script async src="/nearside/nearside.js"></script></head><body><a id="go" href="/p/pot">pot</a></body></html>`

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  site.route('/', asPage(first.replace(/<script type="speculationrules">.*<\/script>/, '')))
  site.route('/first', asPage(first))
  site.route('/p/pot', asPage(prepared))
  site.route('/ready', { status: 204 })
  browser = await launchPuppet()
  page = await browser.newPage()
  page.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await browser.close()
  await site.close()
})

const segmented = () => page.waitForFunction('window.nearside?.segments?.().visit && nearside.consent()')
const accept = async (): Promise<void> => {
  await page.goto(`${site.origin}/`)
  await (await page.waitForSelector('#nearside-consent [data-nearside=accept]'))?.click()
  await segmented()
}
const ready = () => site.seen.filter(({ path }) => path === '/ready')
/** Goes to the page that has another prepared; answers what that showed meanwhile. */
const prepare = async (): Promise<unknown> => {
  await page.goto(`${site.origin}/first`)
  await expect.poll(() => ready().length).toBe(1)
  return JSON.parse(decodeURIComponent(ready()[0]?.query.slice(1) ?? ''))
}
const activate = async (): Promise<void> => {
  // The prepared page takes the place of this one, with all that puppeteer knew of it: neither a click's end nor a navigation can be waited for.
  await page.click('#go').catch(() => {})
  await expect.poll(() => page.evaluate('window.wasPrepared').catch(() => false), { timeout: 10_000 }).toBe(true)
}

describe('a page that is prepared', () => {
  it('asks nobody and fetches nothing more until it is looked at', async () => {
    expect(await prepare()).toEqual([['lang'], false])
    const asked = site.seen.filter(({ headers }) => headers.referer?.endsWith('/p/pot')).map(({ path }) => path)
    expect(asked.sort()).toEqual(['/nearside/nearside-paint.js', '/nearside/nearside.js', '/ready'])
    await activate()
    await page.waitForSelector('#nearside-consent')
  })

  it('shows no segment and notes no view until it is looked at, and then one', async () => {
    await accept()
    expect(await prepare()).toEqual([['lang'], false])
    await segmented()
    await expectViews(page, ['home', 'other'].slice(0, 1))
    await activate()
    await segmented()
    expect(await page.evaluate("document.documentElement.getAttribute('data-nearside-visit')")).toMatch(/^v\d$/)
    await expectViews(page, ['home', 'product'])
  })

  it('counts no time from before it was looked at', async () => {
    await accept()
    await prepare()
    await activate()
    await segmented()
    await page.evaluate("history.pushState(null, '', '/cart')")
    await expectViews(page, ['home', 'product', 'cart'])
    const [lived, activated] = (await page.evaluate('[performance.now(), window.activatedAt]')) as [number, number]
    const noted = (await dwells(page)).filter(([kind]) => kind === 'product')
    expect(noted).toHaveLength(1)
    expect(noted[0]?.[1]).toBeLessThanOrEqual(Math.ceil(lived - activated))
    expect(activated).toBeGreaterThan(300)
  })

  it('captures nothing where the visitor said no meanwhile', async () => {
    await accept()
    await prepare()
    await segmented()
    await page.evaluate('nearside.withdraw()')
    await activate()
    await page.waitForFunction('window.nearside?.consent?.()')
    expect(await page.evaluate('nearside.consent().granted')).toEqual({})
    expect(await page.evaluate('document.documentElement.getAttributeNames()')).toEqual(['lang'])
    await page.goto(`${site.origin}/help`)
    await page.waitForFunction('window.nearside?.consent?.()')
    await expect.poll(() => page.evaluate('indexedDB.databases()')).toEqual([])
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual(['nearside'])
  })
})
