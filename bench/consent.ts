/** What the visitor answers: Nearside waits for it, the peers do not ask. */

import type { Page } from 'puppeteer-core'
import type { Nearside } from '../sdk/api.ts'

export type BenchWindow = Window & { nearside: Nearside; bench: { fire: (value: number) => unknown } }

/** Clicks the banner's yes, and waits until the device has answered. */
export const accept = async (page: Page): Promise<void> => {
  const button = await page.waitForSelector('#nearside-consent [data-nearside=accept]')
  await button?.click()
  await page.waitForFunction(() => Object.keys((window as unknown as BenchWindow).nearside.segments()).length > 0)
}

/** Leaves a refusal behind, as an earlier page would have. */
export const refuse = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { notice } = await (await fetch('/nearside.json')).json()
    const decision = { v: 1, seq: 1, decision: {}, expires: '2999-01-01', revision: notice }
    localStorage.setItem('nearside', JSON.stringify(decision))
  })

/** Bytes and names of all that a page has put on the device. */
export const stored = async (page: Page): Promise<{ bytes: number; names: string[] }> => {
  const cookies = await page.browserContext().cookies()
  const inPage = await page.evaluate(async () => ({
    entries: [...Object.entries({ ...localStorage }), ...Object.entries({ ...sessionStorage })] as [string, string][],
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
  }))
  const entries = [...inPage.entries, ...cookies.map(({ name, value }): [string, string] => [name, value])]
  return {
    bytes: entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0),
    names: [...entries.map(([name]) => name), ...inPage.databases],
  }
}
