// docs/install/shopify.md: its Liquid rendered by LiquidJS, its script and the page it makes in a real browser.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Liquid } from 'liquidjs'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf } from '../harness/sdk-site.ts'
import { blocks, noted, startShop } from './install-snippets.ts'

const [head = '', button = ''] = blocks('shopify.md', 'liquid')
const [script = ''] = blocks('shopify.md', 'js')
const ASSETS = '/cdn/shop/t/1/assets'
const SDK = join(import.meta.dirname, '../../dist/sdk')

const liquid = new Liquid()
liquid.registerFilter('asset_url', (name: string) => `${ASSETS}/${name}?v=1`)

const product = { type: 'Tea & pots', selected_or_first_available_variant: { price: 1290 } }
const shop = { currency: 'EUR' }
const cart = { currency: { iso_code: 'EUR' } }
const order = (id: number, cancelled: boolean) => ({
  id,
  cancelled,
  created_at: '2026-03-01 10:00:00 +0000',
  total_price: 4580,
  item_count: 3,
})

const page = async (type: string, customer?: object): Promise<string> => {
  const given = { request: { page_type: type }, customer, product, shop, cart }
  const [top, buy] = await Promise.all([head, button].map(it => liquid.parseAndRender(it, given)))
  return `<!doctype html><html lang="en"><head><title>${type}</title>${top}</head><body><h1>${type}</h1>
<form action="/cart" onsubmit="return false">${buy}</form><button type="button" class="nearside-choices">Privacy choices</button></body></html>`
}

let site: SdkSite
let visitor: BrowserContext
let tab: Page

beforeEach(async () => {
  site = await startShop({ pages: undefined, model: './model.json' })
  for (const name of readdirSync(SDK).filter(file => /\.js(on)?$/.test(file)))
    site.route(`${ASSETS}/${name}`, async () => {
      const answer = await fetch(`${site.origin}/nearside/${name}`)
      const type = name.endsWith('.js') ? 'text/javascript' : 'application/json'
      return { body: await answer.text(), headers: { 'content-type': type } }
    })
  site.route(`${ASSETS}/nearside.json`, site.config)
  site.route(`${ASSETS}/model.json`, async () => ({
    body: await (await fetch(`${site.origin}/nearside/model.json`)).text(),
  }))
  site.route(`${ASSETS}/nearside-shop.js`, script)
  site.route('/products/kyusu', asPage(await page('product')))
  site.route(
    '/account',
    asPage(await page('customers/account', { orders: [order(1041, false), order(1042, true), order(1043, false)] })),
  )
  visitor = await newVisitor()
  tab = await visitor.newPage()
  tab.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

it('asks, knows the page, and notes what is put into the cart', async () => {
  await tab.goto(`${site.origin}/products/kyusu`)
  await answerBanner(tab, 'accept')
  await segmentOf(tab, 'visit')
  await expect.poll(() => noted(tab, 'page_view')).toMatchObject([{ page: 'product' }])
  await expect.poll(() => site.seen.some(({ path }) => path.endsWith('source-clicks.js'))).toBe(true)
  await expect
    .poll(async () => {
      await tab.getByRole('button', { name: 'Add to cart' }).click()
      return (await noted(tab, 'add_to_cart'))[0]
    })
    .toMatchObject({ value: 1290, currency: 'EUR' })
  await tab.getByRole('button', { name: 'Privacy choices' }).click()
  await tab.locator('#nearside-centre').waitFor()
})

it('gives a signed-in customer their own orders, once, and not the one that was cancelled', async () => {
  await tab.goto(`${site.origin}/account`)
  await answerBanner(tab, 'accept')
  const orders = [1041, 1043].map(id => ({
    id: `order-${id}`,
    kind: 'purchase',
    at: Date.parse('2026-03-01T10:00:00Z'),
    value: 4580,
    currency: 'EUR',
    quantity: 3,
  }))
  await expect.poll(() => noted(tab, 'purchase')).toMatchObject(orders)
  await tab.reload()
  await segmentOf(tab, 'visit')
  await expect.poll(() => noted(tab, 'page_view')).toHaveLength(2)
  expect(await noted(tab, 'purchase')).toHaveLength(2)
})

it('says the same of every visitor who is not signed in, and names kinds that the SDK knows', async () => {
  const kinds = [
    'index',
    'collection',
    'list-collections',
    'product',
    'cart',
    'search',
    'article',
    'page',
    '404',
    'customers/login',
  ]
  const said = await Promise.all(
    kinds.map(async type => /name="nearside-page" content="(\w+)"/.exec(await page(type))?.[1]),
  )
  expect(said).toEqual([
    'home',
    'category',
    'category',
    'product',
    'cart',
    'search',
    'article',
    'other',
    'other',
    'account',
  ])
  expect(await page('product')).not.toContain('order')
})
