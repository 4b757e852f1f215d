// View transitions, in one document and from page to page: the new view is noted once, and shown in the picture it comes in with.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { dwells, expectViews } from './navigation-site.ts'

const html = (kind: string): string => `<!doctype html><html lang="en"><head><title>${kind}</title>
<style>@view-transition { navigation: auto }</style><script src="/nearside/nearside-paint.js"></script>
<script>addEventListener('pagereveal', event => { window.revealed = [!!event.viewTransition, document.documentElement.dataset.nearsideVisit] })</script>
<script async src="/nearside/nearside.js"></script></head><body><main><h1>${kind}</h1><a href="/p/pot">pot</a></main></body></html>`

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  for (const [path, kind] of Object.entries({ '/': 'home', '/p/pot': 'product' })) site.route(path, asPage(html(kind)))
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'v1')
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

it('within a document: one view, and what is for the segment is shown before the new picture is taken', async () => {
  const hidden = await page.evaluate(async () => {
    const transition = document.startViewTransition(() => {
      history.pushState(null, '', '/p/pot')
      const main = document.querySelector('main') as HTMLElement
      main.innerHTML = '<h1>product</h1><p hidden data-nearside-show="visit:v1">for you</p>'
    })
    await transition.updateCallbackDone
    const before = document.querySelector('p')?.hidden
    await transition.finished
    return before
  })
  expect(hidden).toBe(false)
  await expectViews(page, ['home', 'product'])
  expect((await dwells(page)).map(([kind]) => kind)).toEqual(['home'])
})

it('from page to page: one view, and the segment is painted when the new page is revealed', async () => {
  await page.getByRole('link').click()
  await page.getByRole('heading', { name: 'product' }).waitFor()
  await segmentOf(page, 'visit')
  expect(await page.evaluate(() => (window as unknown as { revealed: unknown }).revealed)).toEqual([true, 'v1'])
  await expectViews(page, ['home', 'product'])
  expect((await dwells(page)).map(([kind]) => kind)).toEqual(['home'])
})
