// What a page does anyway becomes signals, as far as needs ask for them; and nothing of it before a yes, or after a no.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Need } from '../../core/needs.ts'
import { answerBanner, api, openChoices, type SdkSite } from '../harness/sdk-site.ts'
import { need, openSourcePage, type SourcePage, shopPage } from '../harness/source-page.ts'

let opened: SourcePage
let site: SdkSite
let visitor: BrowserContext
let page: Page

afterEach(() => opened.close())

const open = async (head: string, needs: Need[], sources: string[] = []): Promise<void> => {
  opened = await openSourcePage(head, needs, sources)
  ;({ site, visitor, page } = opened)
}
const loaded = (): string[] => opened.loaded()
const kept = (): Promise<object[]> => opened.kept()

const line = ['category', 'currency', 'quantity', 'value']
const known = { category: ['other', 'tea'] }

const push = (entry: unknown): Promise<void> =>
  page.evaluate(it => void (window as unknown as { dataLayer: unknown[] }).dataLayer.push(it), entry)

const added = (category: string, value = 25.8) => ({
  event: 'add_to_cart',
  ecommerce: {
    currency: 'EUR',
    value,
    items: [{ item_name: 'Sencha', item_category: category, price: 12.9, quantity: 2 }],
  },
})
const GTAG = `<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments)}
gtag('js', new Date()); gtag('event', 'view_item', { currency: 'JPY', value: 1290, items: [{ item_category: 'Tea' }] })</script>`

describe('GA4 ecommerce in the data layer', () => {
  const needs = [
    need('add_to_cart', line, known),
    need(
      'view_item',
      line.filter(field => field !== 'quantity'),
      known,
    ),
  ]

  it('is noted after a yes, in minor units, with other for words nobody asked for', async () => {
    await open(GTAG, needs, ['data-layer'])
    await push(added('Tea'))
    expect(loaded()).toEqual([])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['data-layer', 'words'])
    await page.waitForFunction(() => Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'))
    await push({ ecommerce: null })
    await push(added('Tea'))
    await push(added('Anna Muster'))
    await push({ event: 'page_view', page_title: 'Hello' })
    const first = { kind: 'add_to_cart', category: 'tea', currency: 'EUR', quantity: 2, value: 2580 }
    await expect.poll(kept).toEqual([first, { ...first, category: 'other' }])
  })

  it('is read back on the next page, where the visitor had granted before it', async () => {
    await open(GTAG, needs, ['data-layer'])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['data-layer', 'words'])
    expect(await kept()).toEqual([])
    await page.goto(`${site.origin}/page`)
    await expect.poll(kept).toEqual([{ kind: 'view_item', category: 'tea', currency: 'JPY', value: 1290 }])
  })

  it('says in one word why personal data was refused, and never what it was', async () => {
    await open(GTAG, needs, ['data-layer'])
    await answerBanner(page, 'accept')
    await page.evaluate(() => {
      const it = window as unknown as {
        told: unknown[]
        nearside: { on(event: string, act: (x: unknown) => void): void }
      }
      it.told = []
      it.nearside.on('refused', detail => it.told.push(detail))
    })
    await page.waitForFunction(() => Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'))
    await push(added('anna.muster@example.org'))
    const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told)
    await expect.poll(told).toContainEqual({ kind: 'add_to_cart', reason: 'looks-personal' })
    expect(JSON.stringify([await told(), await kept()])).not.toContain('anna')
  })

  it('is counted by reason where it is refused, for the visitor to see: never what it was, and nothing before a yes', async () => {
    await open(GTAG, needs, ['data-layer'])
    // Page views and dwell, which nothing here needs, are counted as well.
    const refused = async () => {
      const counts = (await api(page, nearside => nearside.exportData()))?.refused
      return counts && { ...counts, unneeded: undefined }
    }
    await api(page, nearside => nearside.signal('add_to_cart', { category: 'anna.muster@example.org' }))
    expect(await refused()).toBeUndefined()
    await answerBanner(page, 'accept')
    expect(await refused()).toEqual({})
    await api(page, nearside => {
      nearside.signal('add_to_cart', { category: 'anna.muster@example.org' })
      nearside.signal('add_to_cart', { category: 'anna.muster@example.com' })
      nearside.signal('add_to_cart', { category: 'I would like to have it sent soon' })
    })
    const counts = { 'looks-personal': 2, 'free-text': 1 }
    await expect.poll(refused).toEqual(counts)
    await page.goto(`${site.origin}/quiet`)
    expect(await refused()).toEqual(counts)
    await api(page, nearside => nearside.signal('add_to_cart', { value: -1 }))
    await expect.poll(refused).toEqual({ ...counts, invalid: 1 })
    expect(JSON.stringify(await api(page, nearside => nearside.exportData()))).not.toContain('anna')
    await api(page, nearside => nearside.withdraw())
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
  })

  it('is noted again once a yes follows a no, both in another tab; not what was pushed between them', async () => {
    await open(GTAG, needs, ['data-layer'])
    await answerBanner(page, 'accept')
    const isHeard = () =>
      page.evaluate(() => Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'))
    await expect.poll(isHeard).toBe(true)
    const elsewhere = await visitor.newPage()
    await elsewhere.goto(`${site.origin}/page`)
    await api(elsewhere, nearside => nearside.withdraw())
    await expect.poll(isHeard).toBe(false)
    await push(added('Coffee'))
    await openChoices(elsewhere)
    await answerBanner(elsewhere, 'accept')
    await expect.poll(isHeard).toBe(true)
    await push(added('Tea'))
    const once = { kind: 'add_to_cart', category: 'tea', currency: 'EUR', quantity: 2, value: 2580 }
    await expect.poll(kept).toEqual([once])
  })

  it('gives push back, and hears nothing more, once consent is withdrawn in the middle of the page', async () => {
    await open(GTAG, needs, ['data-layer'])
    await answerBanner(page, 'accept')
    const patched = () =>
      page.evaluate(() => Object.hasOwn((window as unknown as { dataLayer: object }).dataLayer, 'push'))
    await expect.poll(patched).toBe(true)
    await api(page, nearside => nearside.withdraw())
    await expect.poll(patched).toBe(false)
    await push(added('Tea'))
    expect(await api(page, nearside => nearside.exportData())).toBeNull()
  })

  it('is not even loaded where the site has not named it, or nothing asks for it', async () => {
    await open(GTAG, needs)
    await answerBanner(page, 'accept')
    await page.waitForTimeout(1000)
    expect(loaded()).toEqual([])
  })
})

it("Segment's track is heard, and given back", async () => {
  const stub = `<script>window.analytics = { track() { (window.tracked ??= []).push([...arguments]) } }; window.plain = analytics.track</script>`
  await open(stub, [need('purchase', ['currency', 'quantity', 'value'])], ['segment'])
  await answerBanner(page, 'accept')
  const isPlain = () => page.evaluate('analytics.track === plain')
  await expect.poll(isPlain).toBe(false)
  const order = {
    total: 27.5,
    currency: 'EUR',
    email: 'a@b.example',
    products: [{ price: 10, quantity: 2 }, { price: 7.5 }],
  }
  await page.evaluate(
    it => (window as unknown as { analytics: { track(...x: unknown[]): void } }).analytics.track('Order Completed', it),
    order,
  )
  await expect.poll(kept).toEqual([{ kind: 'purchase', currency: 'EUR', quantity: 3, value: 2750 }])
  expect(await page.evaluate('tracked.length')).toBe(1)
  await api(page, nearside => nearside.withdraw())
  await expect.poll(isPlain).toBe(true)
})

describe('the page itself', () => {
  it('tells of marked clicks, by name or with the fields of their kind', async () => {
    await open('', [need('click', ['name'], { name: ['newsletter'] }), need('add_to_cart', line, known)])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['clicks', 'words'])
    await page.waitForTimeout(300)
    await page.locator('#marked').click()
    await page.locator('#cart').click()
    await page.locator('h1').click()
    await expect.poll(kept).toEqual([
      { kind: 'click', name: 'newsletter' },
      { kind: 'add_to_cart', category: 'tea', currency: 'EUR', value: 1290 },
    ])
  })

  it('tells of clicks repeated in one place, and how far it was read', async () => {
    await open('', [need('rage_click', ['clicks', 'page']), need('scroll_depth', ['page', 'percent'])])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['rage', 'scroll'])
    await page.waitForTimeout(300)
    for (let i = 0; i < 4; i++) await page.locator('#marked').click()
    await expect.poll(kept).toEqual([{ kind: 'rage_click', clicks: 4, page: 'other' }])
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await page.waitForTimeout(100)
    await page.goto(`${site.origin}/quiet`)
    await expect.poll(kept).toContainEqual({ kind: 'scroll_depth', page: 'other', percent: 100 })
  })

  it('says what is not there, and tells the page of no failure', async () => {
    await open(GTAG, [need('add_to_cart', line, known)], ['data-layer'])
    site.route('/nearside/nearside-source-words.js', { status: 404 })
    const faults: string[] = []
    page.on('pageerror', error => faults.push(String(error)))
    const told = page.waitForEvent('console', it => it.text().includes('nearside-source-words.js'))
    await answerBanner(page, 'accept')
    expect((await told).type()).toBe('warning')
    await push(added('Tea'))
    expect(await kept()).toEqual([])
    expect(faults).toEqual([])
  })

  it('tells nothing at all on a sensitive page', async () => {
    await open('<meta name="nearside-page" content="home">', [])
    site.route('/health/sleep', shopPage('<meta name="nearside-page" content="product">'))
    await answerBanner(page, 'accept')
    await expect.poll(async () => (await api(page, nearside => nearside.exportData()))?.signals.length).toBe(1)
    await page.goto(`${site.origin}/health/sleep`)
    await api(page, nearside => nearside.signal('page_view', { page: 'home' }))
    await page.waitForTimeout(1000)
    const views = (await api(page, nearside => nearside.exportData()))?.signals.filter(
      ({ kind }) => kind === 'page_view',
    )
    expect(views?.length).toBe(1)
  })
})
