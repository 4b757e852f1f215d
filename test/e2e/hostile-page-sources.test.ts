// A data layer of any make: what the page says is its own affair, and nothing of it breaks us, the page, or the visitor's choice.
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Need } from '../../core/needs.ts'
import { configFor } from '../harness/sdk-site.ts'
import { modelNeeding } from '../harness/source-page.ts'
import { button, GRANT, type HostileSite, pageWith, script, startHostileSite, visit } from './hostile-site.ts'

const CART: Need = { kind: 'add_to_cart', fields: ['currency', 'quantity', 'value'], features: ['asked'] }

let site: HostileSite
beforeAll(async () => {
  const own = JSON.parse(configFor(undefined)).needs as Need[]
  const needs = [...own.filter(({ kind }) => kind !== 'add_to_cart'), CART]
  site = await startHostileSite({ config: { needs, sources: ['data-layer', 'segment'] }, model: modelNeeding([CART]) })
})
afterAll(() => site.close())

const THROW = "throw new Error('hostile')"
const ENTRY = "{ event: 'add_to_cart', ecommerce: { currency: 'EUR', value: 12.9, items: [{ quantity: 1 }] } }"
const HEAVY = `Array.from({ length: 1e5 }, (_, i) => ({ event: 'noise', i }))`

/** What stands there, and what is done to it while we listen; `heard` where the entry behind it all is still noted. */
const layers: [name: string, before: string, during: string, heard: boolean][] = [
  [
    'entries with getters that throw',
    `dataLayer = [{ get event() { ${THROW} } }]`,
    `dataLayer.push({ get event() { ${THROW} } }, { event: 'add_to_cart', get ecommerce() { ${THROW} } })`,
    true,
  ],
  [
    'entries that are proxies',
    `dataLayer = [new Proxy({}, { get() { ${THROW} }, ownKeys() { ${THROW} } })]`,
    `dataLayer.push(new Proxy({}, { get() { ${THROW} } }))`,
    true,
  ],
  ['a hundred thousand entries', `dataLayer = ${HEAVY}`, `dataLayer.push(...${HEAVY}.slice(0, 5e4))`, true],
  [
    'texts of ten million letters',
    `dataLayer = [{ event: 'x'.repeat(1e7) }]`,
    `dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'x'.repeat(1e7), items: [{ item_category: 'y'.repeat(1e7) }] } })`,
    true,
  ],
  [
    'cycles',
    `const c = { event: 'add_to_cart' }; c.ecommerce = c; c.items = [c]; dataLayer = [c, c]`,
    `const c = []; c.push(c); dataLayer.push(c, { event: 'add_to_cart', ecommerce: { items: c } })`,
    true,
  ],
  [
    'things that are no entries',
    'dataLayer = [null, undefined, 7, "text", Symbol(), () => 0, NaN, new Date, 10n]',
    'dataLayer.push(null, undefined, 7n, Symbol(), document, window, [[[]]])',
    true,
  ],
  ['a layer that is no list', "dataLayer = 'text'", '', false],
  ['a layer that is frozen', 'dataLayer = Object.freeze([])', '', false],
  ['a layer that throws', `Object.defineProperty(window, 'dataLayer', { get() { ${THROW} } })`, '', false],
  ['a layer whose push throws', `dataLayer = []; dataLayer.push = () => { ${THROW} }`, '', false],
  ['a layer that is replaced', 'dataLayer = []', 'dataLayer = []', false],
  [
    'analytics that is frozen',
    'dataLayer = []; analytics = Object.freeze({ track() {} })',
    "analytics.track('Product Added', {})",
    true,
  ],
  [
    'analytics that throws',
    `dataLayer = []; Object.defineProperty(window, 'analytics', { get() { ${THROW} } })`,
    '',
    true,
  ],
  ['analytics that is anything', 'dataLayer = []; analytics = 7', '', true],
  [
    'analytics that is told anything',
    'dataLayer = []; analytics = { track() {} }',
    `analytics.track(); analytics.track('Product Added', { get products() { ${THROW} } }); analytics.track({}, 7, null)`,
    true,
  ],
]

describe('a page with', () => {
  for (const [i, [name, before, during, heard]] of layers.entries())
    it.concurrent(`${name} neither breaks nor is broken`, async ({ expect }) => {
      const act = [
        button('during', during),
        button('entry', `try { dataLayer.push(${ENTRY}) } catch {}`),
        button('withdraw', 'nearside.withdraw()'),
      ]
      const count =
        "nearside.exportData().then(it => document.title = it?.signals.filter(it => it.kind === 'add_to_cart').length ?? document.title)"
      const html = pageWith(
        script(
          `var dataLayer; var analytics; ${before}`.replace(/var (dataLayer|analytics); /g, name =>
            before.includes(`'${name.slice(4, -2)}'`) ? '' : name,
          ),
        ),
        [...act, button('count', count)].join(''),
      )
      const url = site.page(`/layer/${i}`, html)
      const it = await visit(site, expect)

      await it.open(url)
      await it.banner.waitFor()
      await it.press('during')
      await it.press('entry')
      await it.untouched(html)
      await it.silent()

      await it.store('nearside', { ...GRANT, revision: JSON.parse(site.config).notice })
      await it.open(url)
      await it.shown.waitFor({ state: 'attached' })
      await expect.poll(() => it.sent.filter(({ url }) => /source-(data-layer|segment|words)/.test(url)).length).toBe(3)
      await it.page.waitForLoadState('networkidle')
      await it.press('during')
      await it.press('entry')
      const noted = async (): Promise<string> => {
        await it.press('count')
        return it.page.title()
      }
      // What stood there before is read back as well, as far as it can be.
      if (heard) await expect.poll(noted).toMatch(/^[1-9]/)
      else expect(await noted()).toMatch(/^(Shop|0)$/)
      await it.press('withdraw')
      await it.forgotten()
      expect([it.lines, it.errors]).toEqual([[], []])
      await it.close()
    })
})
