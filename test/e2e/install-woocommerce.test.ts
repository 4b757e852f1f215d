// docs/install/woocommerce.md: its script, and the head that its plugin prints, in a real browser. PHP itself is not run.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf } from '../harness/sdk-site.ts'
import { blocks, noted, startShop } from './install-snippets.ts'

const [plugin = ''] = blocks('woocommerce.md', 'php')
const [script = ''] = blocks('woocommerce.md', 'js')
const order = (id: number) => ({
  id: `order-${id}`,
  kind: 'purchase',
  at: Date.parse('2026-03-01T10:00:00Z'),
  value: 4580,
  currency: 'EUR',
  quantity: 3,
})

/** What an action prints: the HTML that stands in the plugin, with what WordPress would fill in. */
const printed = (action: string, filled: readonly string[]): string => {
  const [, html = ''] =
    new RegExp(`add_action\\('${action}', function \\(\\) \\{ \\?>\\n([\\s\\S]*?)<\\?php \\}`).exec(plugin) ?? []
  const rest = [...filled]
  return html.replace(/<\?= .* \?>/g, () => rest.shift() ?? 'too little was filled in')
}
const page = (kind: string, told: object): string => `<!doctype html><html lang="en"><head><title>${kind}</title>
${printed('wp_head', [kind, JSON.stringify(told), '/wp-content/plugins/nearside/nearside-shop.js'])}</head><body><h1>${kind}</h1>
<form class="cart" action="/cart"><input name="quantity" type="number" value="2"><button>Add to cart</button></form>
<a class="add_to_cart_button" data-nearside-signal="add_to_cart" data-nearside-value="990" data-nearside-currency="EUR">Cup</a>
${printed('wp_footer', [])}</body></html>`

let site: SdkSite
let visitor: BrowserContext
let tab: Page

beforeEach(async () => {
  site = await startShop({ pages: undefined })
  site.route('/wp-content/plugins/nearside/nearside-shop.js', script)
  site.route('/product/kyusu', asPage(page('product', { product: { value: 1290, currency: 'EUR' } })))
  site.route('/checkout/order-received/1043', asPage(page('order', { order: order(1043) })))
  site.route('/my-account', asPage(page('account', { orders: [order(1041), order(1042)] })))
  visitor = await newVisitor()
  tab = await visitor.newPage()
  tab.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const arrive = async (path: string): Promise<void> => {
  await tab.goto(site.origin + path)
  await answerBanner(tab, 'accept')
  await segmentOf(tab, 'visit')
}

it('asks, knows the page, and notes what is put into the cart by the form and from a list', async () => {
  await arrive('/product/kyusu')
  await expect.poll(() => noted(tab, 'page_view')).toMatchObject([{ page: 'product' }])
  await expect
    .poll(async () => {
      await tab.locator('.add_to_cart_button').click()
      return (await noted(tab, 'add_to_cart'))[0]
    })
    .toMatchObject({ value: 990, currency: 'EUR' })
  await tab.getByRole('button', { name: 'Add to cart' }).click()
  await tab.waitForURL('**/cart*')
  await segmentOf(tab, 'visit')
  await expect.poll(async () => (await noted(tab, 'add_to_cart')).at(-1)).toMatchObject({ value: 2580, quantity: 2 })
})

it('takes the order just placed, and a customer’s own past, each once', async () => {
  await arrive('/checkout/order-received/1043')
  await expect.poll(() => noted(tab, 'purchase')).toMatchObject([order(1043)])
  await tab.reload()
  await segmentOf(tab, 'visit')
  await expect.poll(() => noted(tab, 'page_view')).toHaveLength(2)
  await tab.goto(`${site.origin}/my-account`)
  await expect
    .poll(async () => (await noted(tab, 'purchase')).map(({ id }) => id).sort())
    .toEqual(['order-1041', 'order-1042', 'order-1043'])
})

it('gives nothing after a refusal, and opens the choices', async () => {
  await tab.goto(`${site.origin}/my-account`)
  await answerBanner(tab, 'reject')
  await tab.getByRole('button', { name: 'Privacy choices' }).click()
  await tab.locator('#nearside-centre').waitFor()
  expect(await tab.evaluate(() => indexedDB.databases())).toEqual([])
})

it('has the kinds, and the fields that the script reads, as the SDK knows them', () => {
  const kinds = [...plugin.matchAll(/return (?:[^;]*\? )?'(\w+)'(?: : '(\w+)')?;/g)].flatMap(([, ...words]) =>
    words.filter(Boolean),
  )
  expect(new Set(kinds)).toEqual(
    new Set(['home', 'product', 'order', 'cart', 'checkout', 'account', 'search', 'category', 'article', 'other']),
  )
  for (const told of ['product', 'order', 'orders']) expect(plugin).toContain(`$told['${told}']`)
  expect([...plugin.matchAll(/^ {8}'(\w+)' =>/gm)].map(([, field]) => field)).toEqual(Object.keys(order(1)))
})
