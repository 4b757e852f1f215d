import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type BrokenShop, startBrokenShop } from '../../examples/broken/serve.ts'
import { savedSession } from '../../examples/panel/in-devtools.ts'
import type { Nearside } from '../../sdk/api.ts'
import { type Site, startSite } from '../harness/site.ts'
import { buyTea, findThreeFaults } from './devtools-broken-shop.ts'
import { createPanel, type Developer, launchDeveloper, type Panel } from './devtools-panel.ts'

/** What the guide says to mend, file by file. */
const MENDS: { readonly [path: string]: (text: string) => string } = {
  '/index.html': html => html.replace(/<img [^>]*>/, '').replace(/<script [^>]*count\.js[^>]*><\/script>/, ''),
  '/shop.js': code => code.replace('button.dataset.name', 'button.dataset.category'),
}

type Api = { nearside?: Nearside }

let mended = false
let shop: BrokenShop
let developer: Developer
let page: Page
let panel: Panel

beforeAll(async () => {
  shop = await startBrokenShop(0, (path, text) => (mended && MENDS[path]?.(text)) || text)
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

describe('the broken shop, mended as the guide says', () => {
  it('leaves nothing to look at on ledger and wire, and greets whoever buys green tea', async () => {
    mended = true
    await page.bringToFront()
    await page.evaluate(() => (window as Api).nearside?.erase())
    await panel.choose('Stream')
    await panel.press('[data-press=clear]')
    await page.reload()
    await buyTea(page)
    await page.waitForSelector('[data-nearside-show="taste:t2"]:not([hidden])')
    await panel.choose('Ledger and wire')
    await panel.until('#view-wire', /Nothing to look at\..*taste.*seen row/)
  })
})
