// The guide in docs/devtools.md, step by step, over the broken shop that it speaks of.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrokenShop, startBrokenShop } from '../../examples/broken/serve.ts'
import type { Nearside } from '../../sdk/api.ts'
import { choose, type Developer, launchDeveloper, sift, until } from './devtools-panel.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/devtools.md'), 'utf8')

type Api = { nearside?: Nearside }

let shop: BrokenShop
let developer: Developer
let page: Page
let panel: Frame

/** Presses what may be drawn anew at any moment. */
const press = async (selector: string): Promise<void> => {
  await panel.waitForSelector(selector)
  await panel.$eval(selector, it => (it as HTMLElement).click())
}

beforeAll(async () => {
  shop = await startBrokenShop()
  developer = await launchDeveloper()
  page = await developer.browser.newPage()
  await page.goto(shop.shop)
  panel = await developer.openPanel(page)
  await until(panel, '.dt-standing', /Live/)
  await page.reload()
})
afterAll(async () => {
  await developer?.close()
  await shop?.stop()
})

describe('three faults of the broken shop are found in the panel, as the guide says', () => {
  it('a request to somebody else before anything was granted', async () => {
    await choose(panel, 'Ledger and wire')
    expect(guide).toContain('*To somebody else before anything was granted*')
    await until(panel, '#view-wire', /To somebody else before anything was granted.*hello\.svg/)
  })

  it('a signal that was refused, and why', async () => {
    await page.waitForSelector('#nearside-consent [data-nearside=accept]')
    await page.click('#nearside-consent [data-nearside=accept]')
    await page.waitForFunction(() => (window as Api).nearside?.segments().taste)
    await page.click('button[data-category=green]')
    await choose(panel, 'Stream')
    expect(guide).toContain('write `refused:true` into the filter')
    await sift(panel, 'refused:true kind:add_to_cart')
    await until(panel, '.dt-stream', /add_to_cart/)
    await press('.dt-row[data-what=refused]')
    await until(panel, '.dt-detail', /Give an id or a category.s slug instead of a name.*free-text/s)
    expect(guide).toContain('`category` was a text of 41 characters')
  })

  it('what would be otherwise under a denial, with nothing changed', async () => {
    await choose(panel, 'What if')
    await press('#if-who-pairs')
    for (const purpose of ['personalization', 'measurement']) await press(`#if-pair-${purpose}-shopping`)
    await until(panel, '#view-what-if', /unassigned.*denied|denied/)
    expect(await page.evaluate(() => (window as Api).nearside?.consent()?.granted.measurement)).toContain('shopping')
  })

  it('a report on the wire that is not on the ledger, beside those that are', async () => {
    await choose(panel, 'Ledger and wire')
    expect(guide).toContain('*Sent, but not on the\n   ledger*')
    await until(panel, '#view-wire', /Sent, but not on the ledger/)
    await until(panel, '#view-wire', /taste.*seen/)
  })

  it('also one that the page was kept from reading an answer to', async () => {
    const elsewhere = `${shop.elsewhere}/v1/reports`
    await page.evaluate(url => fetch(url, { method: 'POST', body: 'taste=t1' }).catch(() => {}), elsewhere)
    await until(panel, '#view-wire', /Sent, but not on the ledger: 2 requests/)
  })
})
