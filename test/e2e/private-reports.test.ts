// Noised answers: one a question and week, of which none says where anybody is, and no more than the device may give away.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { EPOCH_MS } from '../../core/epoch.ts'
import { type PrivateReport, parsePrivateReport } from '../../core/private-report.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, type SdkSiteOptions, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page

const open = async (reports: NonNullable<SdkSiteOptions['reports']>): Promise<void> => {
  site = await startSdkSite({ reports })
  visitor = await newVisitor()
  page = await visitor.newPage()
  await page.goto(site.origin)
}
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const account = (): Promise<AccessDocument> => api(page, nearside => nearside.exportData()) as Promise<AccessDocument>
const sent = (): PrivateReport[] =>
  site.received.flatMap(({ body }) => (body.includes('"token"') ? [parsePrivateReport(body)] : []))
const about = (segmentation: string): PrivateReport[] => sent().filter(it => it.segmentation === segmentation)

/** Opens a page so many weeks from now. */
const inWeeks = async (weeks: number): Promise<void> => {
  await page.close()
  page = await visitor.newPage()
  await page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${weeks * EPOCH_MS} }`)
  await page.goto(`${site.origin}/p/pot`)
  await segmentOf(page, 'visit')
}

it('are sent once a week as they were shown before, repeat themselves, and cost nothing when they do', async () => {
  await open({ noised: { visit: 2 } })
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  const shown = (await api(page, nearside => nearside.previewReport()))?.find(it => it.segmentation === 'visit')
  await expect.poll(() => about('visit').length).toBe(1)
  const [first] = about('visit')
  expect(site.received.map(({ body }) => body)).toContain(shown?.body)
  expect(first).toMatchObject({ epsilon: 2 })
  expect(JSON.stringify(first)).not.toMatch(/pseudonym|seq/)
  expect(await account()).toMatchObject({ budget: { spent: 2, most: 8 } })
  const silent = (await api(page, nearside => nearside.previewReport()))?.find(it => it.segmentation === 'visit')
  expect(silent?.silent).toBe(true)

  await inWeeks(1)
  const truth = await segmentOf(page, 'visit')
  await expect.poll(() => about('visit').length).toBe(2)
  const [, second] = about('visit')
  expect(second?.token).not.toBe(first?.token)
  expect(second?.epoch).toBe((first?.epoch as number) + 1)
  const { ledger, budget } = await account()
  const told = ledger.flatMap(({ event }) => (event.type === 'report' && event.segmentation === 'visit' ? [event] : []))
  const firstTruth = ledger.find(({ event }) => event.type === 'segment' && event.segmentation === 'visit')?.event
  // The same truth was paid for; another is paid as well, once.
  const same = (firstTruth as { segment: string }).segment === truth
  expect(told.map(({ epsilon }) => epsilon)).toEqual([2, same ? 0 : 2])
  expect(budget?.spent).toBe(same ? 2 : 4)
  if (same) expect(second?.segment).toBe(first?.segment)
})

it('stop saying anything new where the budget ends, and the ledger says so', async () => {
  await open({ noised: { visit: 2 }, budget: 1 })
  await answerBanner(page, 'accept')
  await expect.poll(() => about('visit').length).toBe(1)
  const { ledger, budget } = await account()
  expect(budget).toEqual({ spent: 0, most: 1 })
  const reports = ledger.filter(({ event }) => event.type === 'report' && event.segmentation === 'visit')
  expect(reports.map(({ event }) => event)).toMatchObject([{ epsilon: 0, stale: true }])
})

it('leave no ticket behind, since nobody could tell whose they are, and nothing is sent after a no', async () => {
  await open({ noised: { visit: 2 }, maxDelay: 60_000 })
  await answerBanner(page, 'accept')
  await expect.poll(async () => (await account()).waiting.length).toBeGreaterThan(0)
  await api(page, nearside => nearside.withdraw())
  await page.goto(`${site.origin}/p/pot`)
  await page.waitForLoadState('networkidle')
  expect(site.received).toEqual([])
})
