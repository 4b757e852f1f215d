// What a page does anyway becomes signals, as far as needs ask for them; and nothing of it before a yes, or after a no.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Need } from '../../core/needs.ts'
import type { Kind } from '../../core/signal.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, configFor, type SdkSite, shopModel, startSdkSite } from '../harness/sdk-site.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page

afterEach(async () => {
  await visitor.close()
  await site.close()
})

const need = (kind: Kind, fields: string[] = [], words?: Need['words']): Need => ({
  kind,
  fields,
  ...(words ? { words } : {}),
  features: ['asked'],
})
const line = ['category', 'currency', 'quantity', 'value']
const known = { category: ['other', 'tea'] }

const html = (body: string): ReturnType<typeof asPage> =>
  asPage(`<!doctype html><html lang="en"><head><title>Shop</title>${body}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head><body><h1>Shop</h1>
<button id="marked" data-nearside-signal="newsletter">News</button><button id="cart" data-nearside-signal="add_to_cart"
 data-nearside-value="1290" data-nearside-currency="EUR" data-nearside-category="Tea">Add</button><p style="height:300vh"></p></body></html>`)

const open = async (body: string, needs: Need[], sources: string[] = []): Promise<void> => {
  const own = JSON.parse(configFor(undefined, {}, shopModel)).needs as Need[]
  const kinds = needs.map(({ kind }) => kind)
  const all = [...own.filter(({ kind }) => !kinds.includes(kind)), ...needs]
  site = await startSdkSite({ config: { needs: all, sources }, files: { '/page': html(body) } })
  visitor = await newVisitor({ proxy: site.proxy })
  page = await visitor.newPage()
  await page.goto(`${site.origin}/page`)
}

const loaded = (): string[] =>
  [...new Set(site.seen.map(({ path }) => /nearside-source-(.*)\.js/.exec(path)?.[1] ?? ''))].filter(Boolean).sort()

/** All that is kept but page views and dwell, without the time. */
const kept = async (): Promise<object[]> => {
  const access = await api(page, nearside => nearside.exportData())
  return (access?.signals ?? []).filter(({ kind }) => !kind.startsWith('page_')).map(({ at: _, ...rest }) => rest)
}

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

const PRODUCT = { '@type': 'Product', category: 'Drinks > Tea', offers: [{ price: '12.90', priceCurrency: 'EUR' }] }
const ld = (it: unknown): string => `<script type="application/ld+json">${JSON.stringify(it)}</script>`

describe('a schema.org product', () => {
  const needs = [need('view_item', ['category', 'currency', 'value'], known)]
  const seen = [{ kind: 'view_item', category: 'tea', currency: 'EUR', value: 1290 }]

  it.each([
    ['in JSON-LD', ld(PRODUCT)],
    ['in a list', ld([{ '@type': 'BreadcrumbList' }, PRODUCT])],
    ['in a graph', ld({ '@graph': [{ '@type': 'WebPage' }, PRODUCT] })],
    ['with variants', ld({ ...PRODUCT, '@type': 'ProductGroup', offers: undefined, hasVariant: [PRODUCT, PRODUCT] })],
    [
      'in microdata',
      `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="category" content="Tea"><meta itemprop="price"
content="12.90"><meta itemprop="priceCurrency" content="EUR"></div>`,
    ],
  ])('%s is a view of it', async (_, body) => {
    await open(body, needs, ['schema-org'])
    await answerBanner(page, 'accept')
    await expect.poll(kept).toEqual(seen)
  })

  it('is none where the page lists several', async () => {
    await open(ld([PRODUCT, PRODUCT]), needs, ['schema-org'])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['schema-org', 'words'])
    await page.waitForTimeout(800)
    expect(await kept()).toEqual([])
  })
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

  it('tells nothing at all on a sensitive page', async () => {
    await open('<meta name="nearside-page" content="home">', [])
    site.route('/health/sleep', html('<meta name="nearside-page" content="product">'))
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
