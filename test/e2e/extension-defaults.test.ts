// What the visitor set once, said to each site before it asks: no banner, no trace, and no other site's business.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { revised } from '../../core/config.ts'
import type { Grants } from '../../core/consent.ts'
import type { Answer } from '../../extension/defaults.ts'
import type { Nearside } from '../../sdk/api.ts'
import type { Site } from '../harness/site.ts'
import { EVERYWHERE, type Kept, launchKept } from './extension-keeper.ts'
import { setKey, storageOf } from './extension-popup.ts'
import { config, startLittleShop } from './extension-site.ts'

type ShopWindow = { nearside: Nearside; bannerSeen?: boolean }

const consent = (tab: Page) => tab.evaluate(() => (window as unknown as ShopWindow).nearside.consent())

/** Opens a page, and remembers whether a banner was ever in it. */
const visit = async (tab: Page, address: string): Promise<void> => {
  await tab.goto(address)
  await tab.waitForFunction(() => (window as unknown as Partial<ShopWindow>).nearside?.consent)
}
const watchForBanners = (tab: Page) =>
  tab.evaluateOnNewDocument(() => {
    new MutationObserver(() => {
      if (document.getElementById('nearside-consent')) (window as unknown as ShopWindow).bannerSeen = true
    }).observe(document, { childList: true, subtree: true })
  })
const bannerSeen = (tab: Page) => tab.evaluate(() => (window as unknown as ShopWindow).bannerSeen === true)
const decided = (tab: Page) => tab.waitForFunction(() => localStorage.getItem('nearside'))

describe('a default', () => {
  let kept: Kept
  let shop: Site
  let tab: Page
  beforeAll(async () => {
    kept = await launchKept({ hosts: EVERYWHERE, permissions: ['declarativeNetRequestWithHostAccess'] })
  })
  afterAll(() => kept.close())
  beforeEach(async () => {
    shop = await startLittleShop()
    tab = await kept.browser.newPage()
    await watchForBanners(tab)
  })
  afterEach(async () => {
    await set({ answer: 'ask' })
    await tab.close()
    await shop.close()
  })

  const set = (answer: Answer): Promise<void> =>
    kept.desk.evaluate(async given => {
      await keeper.setEverywhere(given)
      await keeper.attend()
    }, answer)

  it('refuses before the site asks: no banner, nothing but the refusal, nothing sent', async () => {
    await set({ answer: 'refuse' })
    await visit(tab, `${shop.origin}/`)
    await decided(tab)
    const { decision, ...rest } = await storageOf(tab)
    expect(JSON.parse(decision ?? '')).toMatchObject({ v: 1, seq: 1, decision: {}, revision: config.notice })
    expect(rest).toEqual({ page: null, databases: [] })
    await visit(tab, `${shop.origin}/product/one/`)
    expect(await consent(tab)).toMatchObject({ granted: {} })
    expect(await bannerSeen(tab)).toBe(false)
    expect(await tab.$('[data-nearside-wish]')).toBeNull()
    expect(shop.seen.filter(({ path }) => path.startsWith('/collector'))).toEqual([])
  })

  it('allows only the pairs that were set, as far as the site offers them, and the ledger says how', async () => {
    await set({ answer: 'only', grants: { personalization: ['browsing'], advertising: ['account'] } })
    await visit(tab, `${shop.origin}/`)
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    expect(await consent(tab)).toMatchObject({ granted: { personalization: ['browsing'] } })
    const account: AccessDocument | null = await tab.evaluate(() =>
      (window as unknown as ShopWindow).nearside.exportData(),
    )
    expect(account?.ledger.map(({ event }) => event)).toContainEqual(expect.objectContaining({ means: 'extension' }))
    expect(await bannerSeen(tab)).toBe(false)
  })

  it('refuses as well what a region’s rules would let hold without a yes', async () => {
    const consents = { optOut: { us: ['personalization'] } }
    shop.route('/nearside.json', JSON.stringify(revised({ ...config, consent: consents })))
    shop.route(
      '/us/',
      '<!doctype html><html data-nearside-region=us><script async src=/sdk/nearside.js data-config=/nearside.json></script>',
    )
    await set({ answer: 'refuse' })
    await visit(tab, `${shop.origin}/us/`)
    await decided(tab)
    expect(await consent(tab)).toMatchObject({ granted: {} })
    await set({ answer: 'ask' })
    await visit(tab, `http://127.0.0.1:${shop.port}/us/`)
    await decided(tab)
    expect((await consent(tab))?.granted.personalization, 'without a default they hold').toContain('browsing')
  })

  it('limits what another consent manager on the page says', async () => {
    shop.route('/nearside.json', JSON.stringify(revised({ ...config, consent: { source: 'cookiebot' } })))
    shop.route(
      '/cmp/',
      `<!doctype html><script>Cookiebot = { hasResponse: true, consent: { method: 'explicit', preferences: true, statistics: true } }</script>
      <script async src=/sdk/nearside.js data-config=/nearside.json></script>`,
    )
    const granted = async () => Object.keys((await consent(tab))?.granted ?? {})
    await visit(tab, `${shop.origin}/cmp/`)
    await expect.poll(granted).toEqual(['personalization', 'measurement'])
    await set({ answer: 'only', grants: { personalization: ['browsing'] } })
    await visit(tab, `${shop.origin}/cmp/`)
    await expect.poll(granted).toEqual(['personalization'])
    expect((await consent(tab))?.granted.personalization).toEqual(['browsing'])
  })

  it('leaves a site to ask that is excepted, and what was chosen on a site as it is', async () => {
    const excepted = `http://127.0.0.1:${shop.port}`
    await kept.desk.evaluate(at => keeper.setException(at, { answer: 'ask' }), excepted)
    await set({ answer: 'refuse' })
    await tab.goto(`${excepted}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await decided(tab)
    const before = await consent(tab)
    expect(before?.granted.personalization).toContain('browsing')
    await kept.desk.evaluate(at => keeper.setException(at, undefined), excepted)
    await set({ answer: 'refuse' })
    await visit(tab, `${excepted}/product/one/`)
    // Answered once the page has read its config, and would have asked.
    await tab.evaluate(() => (window as unknown as ShopWindow).nearside.exportData())
    expect(await consent(tab)).toEqual(before)
    expect((await storageOf(tab)).databases).toEqual(['nearside'])
  })

  it('pauses what is granted, on open pages too, and afterwards goes on with all but what the visitor paused there', async () => {
    const paused = (page: Page) => expect.poll(async () => (await consent(page))?.paused === true)
    const setPaused = (on: boolean) =>
      kept.desk.evaluate(async given => {
        await keeper.setPaused(given)
        await keeper.attend()
      }, on)
    const own = await kept.browser.newPage()
    for (const [page, origin] of [
      [tab, shop.origin],
      [own, `http://127.0.0.1:${shop.port}`],
    ] as const) {
      await page.bringToFront()
      await page.goto(`${origin}/`)
      await (await page.waitForSelector('[data-nearside=accept]'))?.click()
      await page.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    }
    await own.evaluate(() => (window as unknown as ShopWindow).nearside.pause())
    await tab.bringToFront()
    await setPaused(true)
    await paused(tab).toBe(true)
    await visit(tab, `${shop.origin}/product/one/`)
    expect(await consent(tab)).toMatchObject({ paused: true })
    await setPaused(false)
    await paused(tab).toBe(false)
    expect((await consent(tab))?.granted.personalization).toContain('browsing')
    await own.bringToFront()
    await visit(own, `http://127.0.0.1:${shop.port}/`)
    expect(await consent(own)).toMatchObject({ paused: true })
    await own.close()
  })

  it('Global Privacy Control: in the header of every request and in the page from its first script on, and no longer than it is on', async () => {
    const ALLOWS: Grants = { personalization: ['browsing'], measurement: ['browsing'] }
    const setGpc = (on: boolean) =>
      kept.desk.evaluate(async given => {
        await keeper.setGpc(given)
        await keeper.attend()
      }, on)
    shop.route(
      '/first/',
      '<!doctype html><script>first = navigator.globalPrivacyControl</script><script src=/some.js></script>',
    )
    const look = async () => {
      const before = shop.seen.length
      await tab.goto(`${shop.origin}/first/`)
      // A worker of the page before may still be asking for something.
      const asked = shop.seen.slice(before).filter(({ path }) => path === '/first/' || path === '/some.js')
      const headers = asked.map(each => each.headers['sec-gpc'])
      return [await tab.evaluate('first'), ...headers]
    }
    await setGpc(true)
    expect(await look()).toEqual([true, '1', '1'])
    await set({ answer: 'only', grants: ALLOWS })
    await visit(tab, `${shop.origin}/`)
    await decided(tab)
    expect(await consent(tab), 'a wish for all sites does not overrule the signal').toMatchObject({
      granted: { personalization: ['browsing'] },
    })
    // What a page takes for denied is not shown as allowed.
    await setKey(tab, { v: 1, seq: 9, decision: ALLOWS, expires: '2199-01-01', revision: config.notice })
    const sight = await kept.desk.evaluate(
      async url => {
        const [page] = await chrome.tabs.query({ url })
        const target = { tabId: page?.id as number }
        await chrome.scripting.executeScript({ target, files: ['both-ends.iife.js', 'look.iife.js'] })
        const func = () =>
          (globalThis as unknown as { nearsideVisitor(asked: object): unknown }).nearsideVisitor({
            ask: 'look',
            origin: location.origin,
          })
        return (await chrome.scripting.executeScript({ target, func }))[0]?.result
      },
      `${shop.origin.replace(/:\d+$/, '')}/*`,
    )
    expect(sight).toMatchObject({ decision: { seq: 9, grants: { personalization: ['browsing'] } } })
    await setGpc(false)
    expect((await look()).slice(1)).toEqual([undefined, undefined])
  })
})
