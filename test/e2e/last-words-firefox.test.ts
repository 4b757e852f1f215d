// The same promise as last-words.test.ts, in Firefox: there a worker lives even less long.
import fc from 'fast-check'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { record, seed } from '../harness/size.ts'

const VISITS = 20
const glances = fc.sample(fc.integer({ min: 1, max: 250 }), { numRuns: VISITS, seed })

let site: SdkSite
let firefox: Firefox | undefined

beforeAll(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  firefox = await launchFirefox()
})
afterAll(async () => {
  await firefox?.close()
  await site.close()
})

declare global {
  interface Window {
    nearside?: Nearside
  }
}

const accept = async (page: Page): Promise<void> => {
  await page.goto(`${site.origin}/quiet`)
  await page.waitForSelector('#nearside-consent [data-nearside=accept]')
  await page.click('#nearside-consent [data-nearside=accept]')
  await page.waitForFunction(() => window.nearside?.segments().visit)
}

const lookAround = async (page: Page, ms: number): Promise<number> => {
  await page.waitForFunction(() => window.nearside)
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

/** Visible time of each visit to a product page, in order: a visit may go out of sight and come back, so it may be noted in parts. */
const dwells = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const kept = await window.nearside?.exportData()
    const visits: number[] = []
    for (const { kind, page, ms } of [...(kept?.signals ?? [])].sort((a, b) => a.at - b.at)) {
      if (page !== 'product') continue
      if (kind === 'page_view') visits.push(0)
      else visits.push((visits.pop() ?? 0) + (ms as number))
    }
    return visits.filter(ms => ms > 0)
  })

describe.skipIf(!process.env.NEARSIDE_FIREFOX)('no dwell is lost in Firefox', () => {
  it(`by ${VISITS} full navigations and ${VISITS} closed tabs`, async () => {
    const { browser } = firefox as Firefox
    const page = await browser.newPage()
    await page.bringToFront()
    await accept(page)
    const looked: number[] = []
    for (const ms of glances) {
      await page.goto(`${site.origin}/p/pot`)
      looked.push(await lookAround(page, ms))
    }
    await page.goto('about:blank')
    for (const ms of glances) {
      const tab = await browser.newPage()
      await tab.bringToFront()
      await tab.goto(`${site.origin}/p/cup`)
      looked.push(await lookAround(tab, ms))
      await tab.close()
    }
    const after = await browser.newPage()
    await after.goto(`${site.origin}/quiet`)
    await after.waitForFunction(() => window.nearside?.segments().visit)
    await expect.poll(async () => (await dwells(after)).length).toBe(looked.length)
    const noted = await dwells(after)
    for (const [i, ms] of looked.entries()) expect(noted[i]).toBeGreaterThanOrEqual(ms - 1)
    record('dwell lost by navigations and closed tabs in Firefox', 0, 'signals', looked.length)
  })
})
