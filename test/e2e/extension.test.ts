import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Site } from '../harness/site.ts'
import { launchVisitor, said, storageOf, type Visitor } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

describe('try', () => {
  let visitor: Visitor
  let shop: Site
  beforeAll(async () => {
    shop = await startLittleShop()
    visitor = await launchVisitor()
  })
  afterAll(async () => {
    await visitor.close()
    await shop.close()
  })
  it('works', async () => {
    const tab = await visitor.browser.newPage()
    tab.on('console', m => console.log(m.text()))
    await tab.goto(shop.origin)
    await tab.waitForSelector('[data-nearside=accept]')
    let popup = await visitor.open(tab)
    console.log(await said(popup))
    await popup.close().catch(e => console.log(String(e)))
    await tab.click('[data-nearside=accept]')
    await tab.waitForFunction(() => localStorage.getItem('nearside'))
    await tab.goto(`${shop.origin}/product/one/`)
    await new Promise(r => setTimeout(r, 3000))
    console.log(await storageOf(tab))
    popup = await visitor.open(tab)
    console.log(await said(popup))
    await popup.screenshot({ path: '/tmp/p.png' })
  })
})
