/** A visit of twenty pages in one profile: what it costs the main thread, and what it sends. */

import type { Browser, Page } from 'puppeteer-core'
import { openTab, pause, type Reading } from './browser.ts'
import { accept, type BenchWindow } from './consent.ts'
import type { Sink } from './sink.ts'
import type { Variant } from './variants.ts'

export interface SessionFigures {
  readonly script: number
  readonly task: number
  readonly process: number
  readonly requests: number
  readonly payload: number
}

/** From arrival to the end, as somebody who compares, reads up, and comes back to the cart. */
const PAGES = [
  '/',
  '/c/tea',
  '/p/hollow-morning',
  '/p/shaded-sencha',
  '/c/pots',
  '/p/kyusu',
  '/p/glass-teapot',
  '/help/brewing',
  '/p/kyusu',
  '/cart',
  '/c/tools',
  '/p/sand-timer',
  '/search?q=tea',
  '/p/jasmine-pearls',
  '/help/shipping',
  '/c/gifts',
  '/p/tasting-box',
  '/cart',
  '/account',
  '/',
]
export const EVENTS_A_PAGE = 2
const APART_MS = 150
const LAST_MS = 4000

const fire = (page: Page, value: number): Promise<void> =>
  page.evaluate(it => void (window as unknown as BenchWindow).bench.fire(it), value)

export const session = async (
  browser: Browser,
  origin: string,
  variant: Variant,
  sink: Sink,
): Promise<SessionFigures> => {
  sink.clear()
  const { page, read, close } = await openTab(browser, origin)
  const begun = (await read()).process
  const readings: Reading[] = []
  for (const [index, path] of PAGES.entries()) {
    await page.goto(origin + path, { waitUntil: 'load' })
    // On the first page; what the banner costs is part of the session.
    if (variant.asks && index === 0) await accept(page)
    await pause(APART_MS)
    const shopping = index > 0 && index < PAGES.length - 1
    for (let i = 0; i < EVENTS_A_PAGE && shopping; i++) {
      await fire(page, 1000 + index)
      await pause(APART_MS)
    }
    if (index === PAGES.length - 1) await pause(LAST_MS)
    readings.push(await read())
  }
  await close()
  await pause(1000)
  return {
    script: readings.reduce((sum, { script }) => sum + script, 0),
    task: readings.reduce((sum, { task }) => sum + task, 0),
    process: (readings.at(-1)?.process ?? 0) - begun,
    requests: sink.uploads.length,
    payload: sink.uploads.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
