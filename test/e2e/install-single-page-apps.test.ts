// docs/install/single-page-apps.md: what it says to paste works as pasted.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf } from '../harness/sdk-site.ts'
import { blocks, noted, startShop } from './install-snippets.ts'

const [mark = '', tag = '', element = ''] = blocks('single-page-apps.md', 'html')

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startShop()
  site.route(
    '/',
    asPage(
      `<!doctype html><html lang="en"><head><title>app</title>${tag}</head><body>${mark}${element.replaceAll('visit:v2', 'visit:v1')}</body></html>`,
    ),
  )
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

it('the mark names the view, and each element is for those it says', async () => {
  await page.goto(`${site.origin}/`)
  await page.getByText('Good to see you.').waitFor()
  expect(await page.getByText('New here?').isVisible()).toBe(false)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  await expect.poll(() => noted(page, 'page_view')).toMatchObject([{ page: 'product' }])
  await page.getByText('New here?').waitFor()
  expect(await page.getByText('Good to see you.').isVisible()).toBe(false)
})
