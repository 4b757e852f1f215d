import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type BrokenShop, startBrokenShop } from '../../examples/broken/serve.ts'
import { findThreeFaults } from './devtools-broken-shop.ts'
import { type Developer, launchDeveloper, type Panel } from './devtools-panel.ts'

let shop: BrokenShop
let developer: Developer
let page: Page
let panel: Panel

beforeAll(async () => {
  shop = await startBrokenShop()
  developer = await launchDeveloper()
  page = await developer.browser.newPage()
  await page.goto(shop.shop)
  panel = await developer.openPanel(page)
  await panel.until('.dt-standing', /Live/)
  await page.reload()
})
afterAll(async () => {
  await developer?.close()
  await shop?.stop()
})

describe('the panel in DevTools, over the broken shop', () => {
  findThreeFaults(() => ({ shop, page, panel }))

  it('finds also a report that the page was kept from reading an answer to', async () => {
    const elsewhere = `${shop.elsewhere}/v1/reports`
    await page.evaluate(url => fetch(url, { method: 'POST', body: 'taste=t1' }).catch(() => {}), elsewhere)
    await panel.until('#view-wire', /Sent, but not on the ledger: 2 requests/)
  })
})
