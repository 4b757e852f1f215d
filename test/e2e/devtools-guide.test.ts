import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type BrokenShop, startBrokenShop } from '../../examples/broken/serve.ts'
import { savedSession } from '../../examples/panel/in-devtools.ts'
import { type Site, startSite } from '../harness/site.ts'
import { findThreeFaults } from './devtools-broken-shop.ts'
import { createPanel, type Developer, launchDeveloper, type Panel } from './devtools-panel.ts'

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
  findThreeFaults(() => ({ page, panel }))

  it('finds also a report that the page was kept from reading an answer to', async () => {
    const elsewhere = `${shop.elsewhere}/v1/reports`
    await page.evaluate(url => fetch(url, { method: 'POST', body: 'taste=t1' }).catch(() => {}), elsewhere)
    await panel.until('#view-wire', /Sent, but not on the ledger: 2 requests/)
  })
})

describe('the panel as a page, over what was saved from the one in DevTools', () => {
  const built = join(import.meta.dirname, '../../dist/panel')
  let beside: Site
  let saved: Panel

  beforeAll(async () => {
    await panel.choose('Session')
    await panel.until('#view-session', /Save as a file/)
    const session = readdirSync(join(built, 'assets')).find(name => /^session-.*\.json$/.test(name))
    beside = await startSite({
      directories: { '/panel/': built },
      files: { [`/panel/assets/${session}`]: await panel.run(savedSession) },
    })
    const own = await developer.browser.newPage()
    await own.goto(`${beside.origin}/panel/index.html`)
    await own.waitForSelector('.dt-row')
    saved = createPanel((act, ...given) => own.evaluate(act as never, ...given) as never)
  })
  afterAll(() => beside?.close())

  findThreeFaults(() => ({ panel: saved }))
})
