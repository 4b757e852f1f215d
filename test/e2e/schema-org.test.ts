// The product a page is about, as it tells search engines: a view of it, once for each time it is shown.
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Need } from '../../core/needs.ts'
import { answerBanner } from '../harness/sdk-site.ts'
import { need, openSourcePage, type SourcePage } from '../harness/source-page.ts'

let opened: SourcePage
let page: Page

afterEach(() => opened.close())

const open = async (head: string, needs: Need[], sources: string[]): Promise<void> => {
  opened = await openSourcePage(head, needs, sources)
  page = opened.page
}
const loaded = (): string[] => opened.loaded()
const kept = (): Promise<object[]> => opened.kept()

const known = { category: ['other', 'tea'] }

const PRODUCT = { '@type': 'Product', category: 'Drinks > Tea', offers: [{ price: '12.90', priceCurrency: 'EUR' }] }
const MICRODATA = `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="category" content="Tea"><meta itemprop="price"
content="12.90"><meta itemprop="priceCurrency" content="EUR"></div>`
const ld = (it: unknown): string => `<script type="application/ld+json">${JSON.stringify(it)}</script>`

describe('a schema.org product', () => {
  const needs = [need('view_item', ['category', 'currency', 'value'], known)]
  const seen = [{ kind: 'view_item', category: 'tea', currency: 'EUR', value: 1290 }]

  it.each([
    ['in JSON-LD', ld(PRODUCT)],
    ['in a list', ld([{ '@type': 'BreadcrumbList' }, PRODUCT])],
    ['in a graph', ld({ '@graph': [{ '@type': 'WebPage' }, PRODUCT] })],
    ['with variants', ld({ ...PRODUCT, '@type': 'ProductGroup', offers: undefined, hasVariant: [PRODUCT, PRODUCT] })],
    ['in microdata', MICRODATA],
  ])('%s is a view of it', async (_, body) => {
    await open(body, needs, ['schema-org'])
    await answerBanner(page, 'accept')
    await expect.poll(kept).toEqual(seen)
  })

  describe('of an application', () => {
    const other = { ...PRODUCT, offers: [{ price: '9', priceCurrency: 'EUR' }] }
    const view = (value: number) => ({ ...seen[0], value })
    /** Goes to an address as an application does, and shows what it says there after so many milliseconds; null is left as it was. */
    const go = (path: string, head: string | null, after = 0): Promise<void> =>
      page.evaluate(
        ([to, said, ms]) => {
          history.pushState(null, '', to)
          const told = document.querySelector('#told') as HTMLElement
          if (said !== null) setTimeout(() => Object.assign(told, { innerHTML: said }), ms)
        },
        [path, head, after] as const,
      )
    const begin = async (): Promise<void> => {
      await open(`</head><body><div id="told">${ld(PRODUCT)}</div>`, needs, ['schema-org'])
      await answerBanner(page, 'accept')
      await expect.poll(kept).toEqual([view(1290)])
    }

    it('is a view each time another takes its place, at once or once it was fetched, and again when one comes back to it', async () => {
      await begin()
      await go('/p/b', ld(other))
      await expect.poll(kept).toEqual([view(1290), view(900)])
      await go('/list', '')
      await page.waitForTimeout(700)
      await go('/p/b', ld(other), 900)
      await expect.poll(kept).toEqual([view(1290), view(900), view(900)])
      await go('/page', '')
      await go('/page', MICRODATA)
      await expect.poll(kept).toEqual([view(1290), view(900), view(900), view(1290)])
    })

    it('is none where what was said of the last one only stays behind', async () => {
      await begin()
      await go('/help', null)
      await page.waitForTimeout(800)
      await go('/help#top', null)
      await go('/p/b', ld(other))
      await expect.poll(kept).toEqual([view(1290), view(900)])
    })
  })

  it('is none where the page lists several', async () => {
    await open(ld([PRODUCT, PRODUCT]), needs, ['schema-org'])
    await answerBanner(page, 'accept')
    await expect.poll(loaded).toEqual(['schema-org', 'words'])
    await page.waitForTimeout(800)
    expect(await kept()).toEqual([])
  })
})
