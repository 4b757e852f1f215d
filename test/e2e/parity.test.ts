// One engine: what the trainer says of a session, a visitor's own browser says too, through the public API.
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { describeWithData } from '../harness/data.ts'
import { type Row, signalsOf, testRows } from '../harness/replay.ts'
import { answerBanner, api, openChoices, type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { count, record } from '../harness/size.ts'

const ROWS = count(300, 20)

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeAll(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  visitor = await newVisitor()
  page = await visitor.newPage()
  await page.goto(`${site.origin}/quiet`)
})
afterAll(async () => {
  await visitor.close()
  await site.close()
})

/** Grants, replays the row's signals, and reads what the device made of them; forgets everything before the next. */
const assignedOn = async (row: Row): Promise<string | undefined> => {
  await answerBanner(page, 'accept')
  const signals = signalsOf(row)
  const segment = await page.evaluate(
    async replayed => {
      const { nearside } = window as unknown as { nearside: import('../../sdk/api.ts').Nearside }
      for (const { kind, ...fields } of replayed) nearside.signal(kind, fields)
      for (;;) {
        const kept = await nearside.exportData()
        if (kept?.signals.length === replayed.length) return nearside.segments().visit
        await new Promise(done => requestAnimationFrame(done))
      }
    },
    signals as { kind: string; [field: string]: string | number }[],
  )
  await api(page, async nearside => {
    await nearside.erase()
  })
  await openChoices(page)
  return segment
}

describeWithData('sessions that training did not see', ['online_shoppers_intention.csv'], () => {
  it(`${ROWS} of them, replayed as signals in a real browser, get the trainer's segment`, async () => {
    const rows = testRows(ROWS)
    const other: { index: number; trainer: string; device: string | undefined }[] = []
    for (const row of rows) {
      const device = await assignedOn(row)
      if (device !== row.segment) other.push({ index: row.index, trainer: row.segment, device })
    }
    expect(rows.length).toBe(ROWS)
    expect(other).toEqual([])
    record('sessions assigned in a browser as by the trainer', rows.length - other.length, 'sessions', rows.length)
  })
})
