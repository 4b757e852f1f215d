// Dwell is known last, when a worker may not live to write it: no navigation and no closed tab may lose it.
import fc from 'fast-check'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Signal } from '../../core/signal.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { record, seed } from '../harness/size.ts'

const VISITS = 20

let site: SdkSite
let visitor: BrowserContext

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  visitor = await newVisitor()
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/quiet`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

/** How long a visitor looks, ms: from a glance, which no worker survives, to a moment. */
const glances = fc.sample(fc.integer({ min: 1, max: 250 }), { numRuns: VISITS, seed })

/** Looks for so long; answers how long the page had been captured by then, by the page's own clock, at the least. */
const lookAround = async (page: Page, ms: number): Promise<number> => {
  await api(page, () => {})
  return page.evaluate(
    wanted =>
      new Promise<number>(done => {
        const start = performance.now()
        const look = (): unknown =>
          performance.now() - start < wanted ? setTimeout(look, 1) : done(Math.floor(performance.now() - start))
        look()
      }),
    ms,
  )
}

const dwells = async (page: Page, kind: string): Promise<Signal[]> =>
  ((await api(page, nearside => nearside.exportData()))?.signals ?? []).filter(
    signal => signal.kind === 'page_dwell' && signal.page === kind,
  )

const tailsIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).filter(key => key.includes('tail')))

const expectNoneLost = async (looked: number[]): Promise<void> => {
  const after = await visitor.newPage()
  // What a closing tab writes may reach another process after a page has begun there: then a later page takes it.
  const onALaterPage = async (): Promise<number> => {
    await after.goto(`${site.origin}/quiet`)
    await expect.poll(() => tailsIn(after)).toEqual([])
    return (await dwells(after, 'product')).length
  }
  await expect.poll(onALaterPage).toBe(looked.length)
  const inTime = (await dwells(after, 'product')).sort((a, b) => a.at - b.at)
  const noted = inTime.map(({ ms }) => ms as number)
  for (const [i, ms] of looked.entries()) expect(noted[i]).toBeGreaterThanOrEqual(ms)
}

describe('no dwell is lost', () => {
  it(`by ${VISITS} full navigations`, async () => {
    const page = await visitor.newPage()
    const looked: number[] = []
    for (const ms of glances) {
      await page.goto(`${site.origin}/p/pot`)
      looked.push(await lookAround(page, ms))
    }
    await page.goto('about:blank')
    await expectNoneLost(looked)
    record('dwell lost by full navigations', 0, 'signals', VISITS)
  })

  it(`by ${VISITS} closed tabs`, async () => {
    const looked: number[] = []
    for (const ms of glances) {
      const page = await visitor.newPage()
      await page.goto(`${site.origin}/p/pot`)
      looked.push(await lookAround(page, ms))
      await page.close()
    }
    await expectNoneLost(looked)
    record('dwell lost by closed tabs', 0, 'signals', VISITS)
  })

  it('by a tab that the browser discards while it is hidden, before its worker could write', async () => {
    const [other] = visitor.pages()
    const page = await visitor.newPage()
    // Never answered: no worker takes the words.
    await page.route('**/nearside-session.js', () => {})
    await page.goto(`${site.origin}/p/pot`)
    const looked = await lookAround(page, 5)
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    // Its process goes without a word, seconds later at the earliest.
    await expect.poll(() => tailsIn(other as Page)).toHaveLength(1)
    const crashed = page.waitForEvent('crash')
    const cdp = await visitor.newCDPSession(page)
    void cdp.send('Page.crash').catch(() => {})
    await crashed
    await page.close()
    await expectNoneLost([looked])
  })
})
