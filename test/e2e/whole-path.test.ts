// One visitor through all of it: silence, a yes, segments, a report that the collector counts, a second visit, a no.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseReport, REPORT_BYTES } from '../../core/report.ts'
import { answerBanner, api, kept, segmentOf } from '../harness/sdk-site.ts'
import { startVisit, type Visit } from '../harness/visit.ts'

let { site, visitor, page, close } = {} as Visit
beforeEach(async () => {
  ;({ site, visitor, page, close } = await startVisit())
})
afterEach(() => close())

const reports = () => site.received.filter(({ path }) => path === '/v1/reports').map(({ body }) => parseReport(body))

describe('a visitor who says yes', () => {
  it('is segmented on the device, and the collector counts the segment id and nothing else', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    const visit = await segmentOf(page, 'visit')
    expect(visit).toMatch(/^v[1-7]$/)
    expect(await page.locator('html').getAttribute('data-nearside-visit')).toBe(visit)
    await expect.poll(() => reports().length).toBe(2)
    for (const { body } of site.received) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(REPORT_BYTES)
    expect(
      reports()
        .map(({ segmentation }) => segmentation)
        .sort(),
    ).toEqual(['intent', 'visit'])
    expect(new Set(reports().map(({ pseudonym }) => pseudonym)).size).toBe(2)
    // The collector is still counting when it has been sent them.
    const counted = expect.objectContaining({ segmentation: 'visit', segment: visit, count: 1 })
    await expect.poll(() => site.counts()).toContainEqual(counted)
  })

  it('finds the segment painted on the next page, and everything in the export', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    const visit = await segmentOf(page, 'visit')
    await page.goto(`${site.origin}/p/pot`, { waitUntil: 'domcontentloaded' })
    expect(await page.locator('html').getAttribute('data-nearside-visit')).toBe(visit)
    await segmentOf(page, 'visit')
    await expect
      .poll(async () => (await api(page, nearside => nearside.exportData()))?.signals.map(({ kind }) => kind))
      .toEqual(['page_view', 'page_dwell', 'page_view'])
    const access = await api(page, nearside => nearside.exportData())
    expect(access?.ledger[0]?.event).toMatchObject({ type: 'decision', means: 'banner' })
    expect(JSON.stringify(access)).not.toContain('/p/pot')
    expect(JSON.stringify(access?.signals)).not.toContain('localhost')
  })

  it('leaves nothing but the refusal after withdraw(), and nothing at all after erase()', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    await expect.poll(() => reports().length).toBe(2)
    await api(page, nearside => nearside.withdraw())
    expect(await page.locator('html').getAttribute('data-nearside-visit')).toBeNull()
    await expect.poll(() => kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
    await expect.poll(() => site.received.filter(({ path }) => path === '/v1/erasures').length).toBe(2)
    await expect
      .poll(() => page.evaluate(() => Object.keys(JSON.parse(localStorage.getItem('nearside') ?? '{}')).sort()))
      .toEqual(['decision', 'expires', 'revision', 'seq', 'v'])
    await expect.poll(() => site.counts()).toEqual([])
    await api(page, nearside => nearside.erase())
    await expect.poll(() => kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
  })
})
