// The panel without an extension: over the demo shop in a window beside it, live.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { type Demo, startDemo } from './demo-shop.ts'
import { bring, shown, sift, textIn } from './devtools-page.ts'

let demo: Demo
let panel: Page
let shop: Page
beforeAll(async () => {
  demo = await startDemo()
  const context = await newVisitor({ viewport: { width: 1000, height: 640 } })
  panel = await context.newPage()
  await panel.goto(`${demo.printed.shop}/panel/`)
  ;[shop] = await Promise.all([context.waitForEvent('page'), panel.click('#beside')])
})
afterAll(async () => {
  await panel?.context().close()
  await demo.stop()
})

const answer = (which: string): Promise<void> => shop.click(`#nearside-consent [data-nearside=${which}]`)

/** The paths of the pages that are shown; a window beside is met at its first script or, on a slow day, a little later. */
const pages = async (): Promise<string[]> => (await shown(panel)).map(row => row.split(' ')[0] ?? '')

describe('the panel beside the shop', () => {
  it('hears nothing noted before an answer, and then the page that is open', async () => {
    await expect.poll(() => textIn(panel, '.dt-standing')).toMatch(/Live.*not asked, or not answered.*fernhollow/)
    await sift(panel, 'what:signal')
    expect(await shown(panel)).toEqual([])
    await answer('accept')
    await expect.poll(() => shown(panel)).toEqual(['page_view page=home'])
    await expect.poll(() => textIn(panel, '.dt-standing')).toContain('granted')
  })

  it('gathers while it is paused, and goes on over a navigation', async () => {
    await panel.click('#pause')
    await shop.goto(`${demo.printed.shop}/c/tea`)
    await sift(panel, 'what:load')
    await expect.poll(() => textIn(panel, '.dt-told')).toMatch(/paused/)
    await expect.poll(pages).toEqual(['/'])
    await panel.click('#pause')
    await expect.poll(pages).toEqual(['/', '/c/tea'])
    await sift(panel, 'kind:page_view')
    await expect.poll(() => shown(panel)).toEqual(['page_view page=home', 'page_view page=category'])
  })

  it('begins anew with each page where rows are not preserved', async () => {
    await panel.uncheck('#preserve')
    await shop.goto(`${demo.printed.shop}/cart`)
    await sift(panel, 'what:load')
    await expect.poll(pages).toEqual(['/cart'])
  })

  it('supposes a denial, and nothing of the visitor’s changes', async () => {
    const standing = (): Promise<string> => shop.evaluate(`localStorage.getItem('nearside')`)
    const before = await standing()
    await bring(panel, 'what-if')
    await panel.check('#if-expired-yes')
    await expect.poll(() => textIn(panel, '.dt-sum')).toMatch(/would be otherwise/)
    await expect.poll(() => textIn(panel, '[data-group=Gate]')).toContain('refused')
    expect(await standing()).toBe(before)
  })

  it('says so when the window is closed', async () => {
    await shop.close()
    await expect.poll(() => textIn(panel, '.dt-standing')).toContain('Ended')
  })
})
