// The key that everything is sealed under is renewed with each epoch; other tabs go on, and a visitor notices nothing.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/epoch.ts'
import { verify } from '../../core/ledger.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { digest, lookInside, shiftTime } from './store-inside.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startSdkSite()
  visitor = await newVisitor()
  await lookInside(visitor)
  page = await visitor.newPage()
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const WEEK_MS = 7 * DAY_MS
const keyNumber = (tab: Page): Promise<number> => tab.evaluate(async () => (await inside.all()).head?.key ?? 0)
const carts = async (tab: Page) =>
  (await api(tab, nearside => nearside.exportData()))?.signals.filter(({ kind }) => kind === 'add_to_cart').length
const problems = (tab: Page): string[] => {
  const said: string[] = []
  tab.on('console', message => message.text().includes('[nearside]') && said.push(message.text()))
  return said
}

describe('in a new epoch', () => {
  it('all that is kept is sealed under a fresh key, and the old one opens nothing of it', async () => {
    await api(page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts(page)).toBe(1)
    const before = await page.evaluate(async () => ({ seal: await inside.seal(), ...(await inside.all()) }))
    expect(before.head?.key).toBe(1)
    await shiftTime(page, WEEK_MS)
    await page.goto(`${site.origin}/quiet`)
    await expect.poll(() => keyNumber(page)).toBe(2)
    const after = await page.evaluate(
      async seal => ({ opened: await inside.opens(seal), seal: await inside.seal(), ...(await inside.all()) }),
      before.seal,
    )
    expect(after.opened).toBe(0)
    expect(after.seal).not.toBe(before.seal)
    expect(Object.values(after.records)).not.toContain(null)
    for (const [key, value] of Object.entries(before.records))
      if (!['state', 'site'].includes(key)) expect(after.records[key]).toEqual(value)
    const ledger = (await api(page, nearside => nearside.exportData()))?.ledger ?? []
    expect(await verify({ digest }, ledger)).toBeUndefined()
    expect(ledger.filter(({ event }) => event.type === 'deletion')).toEqual([])
  })

  it('a tab that holds the old key goes on under the new one, and nothing of either is lost', async () => {
    const said = problems(page)
    const other = await visitor.newPage()
    await shiftTime(other, WEEK_MS)
    await other.goto(`${site.origin}/quiet`)
    await expect.poll(() => keyNumber(page)).toBe(2)
    for (const tab of [page, other, page]) await api(tab, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts(page)).toBe(3)
    await expect.poll(() => carts(other)).toBe(3)
    expect(await keyNumber(page)).toBe(2)
    expect(Object.values((await page.evaluate(() => inside.all())).records)).not.toContain(null)
    expect(said).toEqual([])
  })

  it('two tabs that renew at once agree on one key', async () => {
    const tabs = await Promise.all([visitor.newPage(), visitor.newPage()])
    for (const tab of tabs) await shiftTime(tab, WEEK_MS)
    await Promise.all(tabs.map(tab => tab.goto(`${site.origin}/quiet`)))
    await expect.poll(() => keyNumber(page)).toBe(2)
    for (const tab of tabs) await api(tab, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts(page)).toBe(2)
    expect(Object.values((await page.evaluate(() => inside.all())).records)).not.toContain(null)
    expect(await keyNumber(page)).toBe(2)
  })

  it('the pseudonym of an epoch stays the same on both sides of a new key', async () => {
    const reports = () => site.received.filter(({ path }) => path === '/v1/reports').map(({ body }) => JSON.parse(body))
    await expect.poll(() => reports().length).toBe(2)
    await shiftTime(page, WEEK_MS)
    await page.goto(`${site.origin}/quiet`)
    await expect.poll(() => keyNumber(page)).toBe(2)
    // Back in the epoch that it came from: a clock may step either way, and what is said again must count once.
    await shiftTime(page, -WEEK_MS)
    await page.goto(`${site.origin}/quiet`)
    const [first] = reports()
    const again = () => reports().filter(({ epoch }) => epoch === first.epoch)
    await expect.poll(() => again().length).toBe(4)
    expect(new Set(again().map(({ segmentation, pseudonym }) => `${segmentation} ${pseudonym}`)).size).toBe(2)
  })
})
