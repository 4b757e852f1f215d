// The dashboard, a page of the extension's own, over a site that runs the real SDK: what it shows, and what it changes there.
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import type { Nearside } from '../../sdk/api.ts'
import { type Desk, openDesk, settled, shopAround } from './extension-dashboard.ts'
import { storageOf } from './extension-popup.ts'
import { HOSTILE_LABEL } from './extension-site.ts'

type ShopWindow = { nearside: Nearside }

let desk: Desk
let page: Page
beforeAll(async () => {
  desk = await openDesk()
  page = desk.page
}, 60_000)
afterAll(() => desk.close())

const own = (): Promise<AccessDocument | null> =>
  desk.tab.evaluate(() => (window as unknown as ShopWindow).nearside.exportData())
const texts = (css: string): Promise<string[]> =>
  page.evaluate(asked => [...document.querySelectorAll(asked)].map(it => it.textContent ?? ''), css)
const hosts = (): Promise<string[]> => texts('.site-host bdi')

describe('the list of sites', () => {
  it('is searched, filtered and sorted', async () => {
    await desk.list(200)
    await desk.go('sites')
    await page.waitForSelector('.site-row')
    await page.type('input[type=search]', 'shop-19')
    await expect.poll(hosts).toEqual(expect.arrayContaining(['shop-19.example', 'shop-199.example']))
    expect(await hosts()).toHaveLength(11)
    await page.select('.sites-tools label:nth-of-type(2) select', 'refused')
    await expect.poll(hosts).toEqual(['shop-194.example'])
    await page.select('.sites-tools label:nth-of-type(2) select', 'every')
    await page.select('.sites-tools label:nth-of-type(3) select', 'name')
    await expect.poll(async () => (await hosts())[0]).toBe('shop-19.example')
  })

  it('is shortened by what is picked, and by nothing else', async () => {
    await page.click('.sites-all input')
    await page.click('.sites-acts .ns-button-plain')
    await expect.poll(async () => (await desk.listed()).length).toBe(189)
    await expect.poll(() => texts('.said')).toEqual(['Taken off the list: 11. What these sites keep is as it was.'])
    expect(await page.$('.sites-all :is(:checked, :indeterminate)'), 'nothing is picked any more').toBeNull()
  })

  it('asks before it deletes what many sites keep, and says how and what becomes of the collector’s copy', async () => {
    await page.click('input[type=search]', { count: 3 })
    await page.keyboard.press('Backspace')
    await page.waitForFunction(() => document.querySelectorAll('.site-row').length > 20)
    await page.click('[data-pick="https://shop-1.example"]')
    await page.click('[data-pick="https://shop-10.example"]')
    await page.click('.sites-acts .ns-button-grave')
    await page.waitForSelector('[data-does=bulk-do]')
    const said = (await texts('main')).join()
    for (const words of [
      'shop-1.example',
      'shop-10.example',
      'At your next visit',
      'At once, by the browser',
      'The collector is not asked',
    ])
      expect(said).toContain(words)
    await page.click('[data-does=bulk-cancel]')
    await page.waitForSelector('.site-row')
    expect(await desk.listed()).toHaveLength(189)
    await expect.poll(() => texts('.site-row:has(:checked) bdi')).toEqual(['shop-1.example', 'shop-10.example'])
  })

  it('stays where it is, far down and with the focus, when a site is seen elsewhere', async () => {
    const more = () => page.evaluate(() => document.querySelectorAll('.site-row').length)
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
        return more()
      })
      .toBe(189)
    await page.focus('[data-pick="https://shop-100.example"]')
    const at = () => page.evaluate(() => [scrollY, (document.activeElement as HTMLElement).dataset.pick])
    const before = await at()
    const seen = () => texts('.site-row:has([data-pick="https://shop-2.example"]) .site-link')
    const then = await seen()
    await desk.see('https://shop-2.example')
    await expect.poll(seen).not.toEqual(then)
    expect([await at(), await more()]).toEqual([before, 189])
  })

  it('is cleared by one click', async () => {
    await page.click('.sites-history button')
    await expect.poll(desk.listed).toEqual([])
  })
})

describe('an open site', () => {
  it('is shown in full, as its own exportData tells it', async () => {
    await desk.open()
    const kept = (await own()) as AccessDocument
    expect(await texts('.ns-figures dd')).toEqual(
      [kept.signals.length, 2, kept.ledger.filter(({ event }) => event.type === 'report').length].map(String),
    )
    await desk.turn('groups')
    expect(await texts('.ns-card .ns-label bdi')).toEqual(kept.segments.map(({ label }) => label))
    expect(await texts('.ns-card .ns-label bdi')).toContain(HOSTILE_LABEL)
    expect(await texts('.ns-plot .ns-name')).toHaveLength(kept.features.length)
    await desk.turn('history')
    expect(await texts('.histories figcaption strong')).toEqual(kept.segments.map(({ question }) => question))
    expect(await texts('.ns-entry.ns-decision')).toHaveLength(1)
    await desk.turn('kept')
    expect((await texts('.ns-kinds tbody .ns-number')).slice(0, 3).map(Number)).toEqual([2, 2, 2])
    await desk.turn('sent')
    const bodies = kept.ledger.flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))
    expect(await texts('.ns-part:nth-of-type(1) .ns-report code')).toEqual(bodies.reverse())
    expect(await texts('.ns-verified p')).toContainEqual(expect.stringContaining(`all ${kept.ledger.length} entries`))
    expect(await page.evaluate(() => document.querySelectorAll('main img').length)).toBe(0)
  })

  it('is set right: a group that is not me, and a note that is wrong, in the page at once', async () => {
    await desk.turn('groups')
    await desk.does('not', 'basket')
    await expect.poll(async () => (await own())?.segments[1]?.unassigned).toBe('not-me')
    await expect.poll(() => texts('.said')).toEqual(['Noted.'])
    await desk.turn('kept')
    await desk.does('day')
    const before = ((await own()) as AccessDocument).signals.length
    await desk.does('remove')
    await expect.poll(async () => (await own())?.signals.length).toBe(before - 1)
    await expect.poll(() => texts('.said')).toEqual(['Removed.'])
  })

  it('has a switch for each use of each kind, which the page heeds', async () => {
    await desk.turn('overview')
    await page.evaluate(() => document.querySelector<HTMLInputElement>('td [data-purpose=measurement]')?.click())
    const grants = () => desk.tab.evaluate(() => (window as unknown as ShopWindow).nearside.consent()?.granted)
    await expect.poll(grants).toEqual({ personalization: ['browsing', 'shopping'], measurement: ['shopping'] })
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('td [data-purpose=measurement]')?.checked === false,
    )
  })

  it('is paused, and goes on', async () => {
    await desk.does('pause')
    await page.waitForSelector('.ns-mark-paused')
    await expect.poll(async () => (await storageOf(desk.tab)).decision).toContain('paused')
    await desk.does('resume')
    await page.waitForSelector('.place .ns-mark-held')
  })

  it('loses one kind of thing, and says that none of it is left', async () => {
    await desk.turn('erase')
    await desk.does('ask', 'shopping')
    await desk.does('erase', 'shopping')
    await page.waitForSelector('.ns-panel .ns-mark-done')
    expect((await texts('.ns-panel h3'))[0]).toMatch(/^Gone: \d+ notes\. Looked again: none of it is left\.$/)
    const left = ((await own()) as AccessDocument).signals.map(({ kind }) => kind)
    expect(left.filter(kind => kind === 'view_item' || kind === 'add_to_cart')).toEqual([])
  })

  it('loses everything, and says what was looked up on the site itself', async () => {
    await desk.does('ask-erase')
    await desk.does('do-erase')
    await page.waitForSelector('.place .ns-mark-done')
    expect((await texts('main .ns-headline h1')).join()).toBe('Verified gone')
    const { decision, databases } = await storageOf(desk.tab)
    expect([decision, databases]).toEqual([null, []])
  })
})

describe('a site that is not open', () => {
  it('shows the list’s line and no more, with what it would take to read it', async () => {
    await desk.list(3)
    await desk.go(`site=${encodeURIComponent('https://shop-1.example')}`)
    await settled(page, 'This site is not open')
    const said = (await texts('main')).join()
    expect(said).toContain('Open and read')
    expect(said).toContain('At once, by the browser')
    expect(await page.$('[role=tab]')).toBeNull()
  })

  it('is not emptied by the browser before the visitor has been told once more what that takes', async () => {
    await desk.does('delete-once')
    await page.waitForSelector('[data-does=do-once]')
    expect((await texts('main')).join()).toContain('not Nearside’s alone')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('At once, by the browser')
    await desk.does('keep-once')
    await settled(page, 'This site is not open')
    expect(await page.$('.deletion')).toBeNull()
  })
})

describe('deleting without a visit', () => {
  /** Picks the shop on the list, and has it deleted so. */
  const erase = async (by: string): Promise<void> => {
    await desk.listShop()
    await page.click('.rail a[href="#sites"]')
    await page.waitForSelector(`[data-pick="${desk.shop.origin}"]`)
    await page.click(`[data-pick="${desk.shop.origin}"]`)
    await page.click('.sites-acts .ns-button-grave')
    await page.waitForSelector(`[data-by=${by}]`)
    await page.click(`[data-by=${by}]`)
    await page.waitForSelector(`[data-by=${by}]:checked`)
    await desk.does('bulk-do')
    await settled(page, 'What became of it')
  }

  it('at once, by the browser: nothing is left, and the account says who saw it', async () => {
    await desk.tab.bringToFront()
    await shopAround(desk.tab, desk.shop)
    await page.bringToFront()
    await erase('at-once')
    // By the browser at first, and by the site's own page as soon as one of it has looked.
    await settled(page, 'Gone on')
    expect(await storageOf(desk.tab)).toEqual({ decision: null, page: null, databases: [] })
  })

  it('at the next visit: it waits, then is gone before the site could read it, and the account says so', async () => {
    await desk.tab.bringToFront()
    await shopAround(desk.tab, desk.shop)
    await page.bringToFront()
    await erase('next-visit')
    await settled(page, 'Waits for your next visit')
    await desk.tab.bringToFront()
    await desk.tab.reload()
    await desk.tab.waitForSelector('[data-nearside=accept]')
    await page.bringToFront()
    await desk.go('deleting')
    await settled(page, 'seen from the site’s own page')
    expect((await storageOf(desk.tab)).databases).toEqual([])
  })
})
