// The guide in docs/devtools.md, step by step, over the broken shop that it speaks of: the same in every browser.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import type { Panel } from './devtools-panel.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/devtools.md'), 'utf8')

type Api = { nearside?: Nearside }

export interface Found {
  readonly panel: Panel
  /** Absent where a session is shown in which all that is done here has been done. */
  readonly page?: Page
}

/** Says yes to all, waits for the segment that a new visitor is given, and puts tea into the cart. */
export const buyTea = async (page: Page): Promise<void> => {
  await (await page.waitForSelector('#nearside-consent [data-nearside=accept]'))?.click()
  await page.waitForFunction(() => (window as Api).nearside?.segments().taste)
  await page.click('button[data-category=green]')
}

/** @param found once the panel is open over the shop and the page loaded anew, or over a recorded session of it */
export const findThreeFaults = (found: () => Found): void => {
  it('finds a request to somebody else before anything was granted', async () => {
    const { panel } = found()
    await panel.choose('Ledger and wire')
    expect(guide).toContain('*To somebody else before anything was granted*')
    await panel.until('#view-wire', /To somebody else before anything was granted.*hello\.svg/)
  })

  it('finds a signal that was refused, and why', async () => {
    const { page, panel } = found()
    if (page) await buyTea(page)
    await panel.choose('Stream')
    expect(guide).toContain('write `refused:true` into the filter')
    await panel.sift('refused:true kind:add_to_cart')
    await panel.press('.dt-row[data-what=refused]')
    await panel.until('.dt-detail', /Give an id or a category.s slug instead of a name.*free-text/)
    await panel.until('.dt-detail', /a text of 41 characters/)
    expect(guide).toContain('`category` was a text of 41 characters')
  })

  it('shows what would be otherwise under a denial, and changes nothing', async () => {
    const { page, panel } = found()
    await panel.choose('What if')
    await panel.press('#if-who-pairs')
    for (const purpose of ['personalization', 'measurement']) await panel.press(`#if-pair-${purpose}-shopping`)
    await panel.until('#view-what-if', /unassigned: denied/)
    const granted = await page?.evaluate(() => (window as Api).nearside?.consent()?.granted.measurement)
    if (page) expect(granted).toContain('shopping')
  })

  it('finds a report on the wire that is not on the ledger, beside those that are', async () => {
    const { panel } = found()
    await panel.choose('Ledger and wire')
    expect(guide).toContain('*Sent, but not on the\n   ledger*')
    await panel.until('#view-wire', /Sent, but not on the ledger/)
    await panel.until('#view-wire', /taste.*seen/)
  })
}
