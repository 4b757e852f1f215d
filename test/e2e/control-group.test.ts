// What personalising is worth: some are shown nothing of their segments, and what it came to is told a week later, on its own.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { EPOCH_MS, epochOf } from '../../core/epoch.ts'
import { parseReport, type Report } from '../../core/report.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

let site: SdkSite
const visitors: BrowserContext[] = []
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.close()
  await site.close()
})

const visit = async (weeks = 0, again?: BrowserContext): Promise<{ visitor: BrowserContext; page: Page }> => {
  const visitor = again ?? (await newVisitor())
  if (!again) visitors.push(visitor)
  const page = await visitor.newPage()
  if (weeks) await page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${weeks * EPOCH_MS} }`)
  await page.goto(site.origin)
  return { visitor, page }
}
const reports = (): Report[] =>
  site.received.filter(({ path }) => path === '/v1/reports').map(({ body }) => parseReport(body))

it('a device of the control group is shown as unassigned, reports its segment, and names its arm; the others as ever', async () => {
  site = await startSdkSite({ config: { control: 0.5 } })
  const arms = new Set<string>()
  // Each device draws for itself: so many in one arm alone happen once in a thousand runs, and then the loop goes on.
  while (arms.size < 2) {
    const { page, visitor } = await visit()
    await answerBanner(page, 'accept')
    const before = reports().length
    await segmentOf(page, 'visit')
    await page.goto(`${site.origin}/p/pot`)
    await expect
      .poll(() =>
        reports()
          .slice(before)
          .some(it => it.segmentation === 'visit'),
      )
      .toBe(true)
    const told = reports()
      .slice(before)
      .find(it => it.segmentation === 'visit') as Report
    arms.add(told.arm as string)
    const known = (await api(page, nearside => nearside.exportData()))?.segments.find(it => it.segmentation === 'visit')
    const shown = await api(page, nearside => nearside.segments().visit)
    expect(known?.segment).not.toBe('v0')
    expect(shown).toBe(told.arm === 'control' ? 'v0' : known?.segment)
    expect(await page.locator('[data-nearside-show]:visible').count()).toBe(told.arm === 'control' ? 0 : 1)
    await visitor.close()
    visitors.pop()
  }
})

it('an outcome is told once its week is over, about that week, and beside no segment', async () => {
  site = await startSdkSite({ config: { outcome: 'visit' } })
  const { page, visitor } = await visit()
  await answerBanner(page, 'accept')
  const outcome = await segmentOf(page, 'visit')
  const week = epochOf(await page.evaluate(() => Date.now()))
  const next = (await api(page, nearside => nearside.previewReport()))?.find(it => it.segmentation === 'visit')
  expect(next?.silent).toBe(true)
  await page.close()
  await visit(1, visitor)
  await expect.poll(() => reports().filter(it => it.segmentation === 'visit').length).toBe(1)
  expect(reports().find(it => it.segmentation === 'visit')).toMatchObject({ segment: outcome, epoch: week, seq: 1 })
})
