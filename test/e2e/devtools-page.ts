// The panel as a plain page of the demo shop's, over a session of the test's own.
import type { BrowserContext, Page } from 'playwright-core'
import type { RecordedSession } from '../../core/protocol/devtools.ts'
import { newVisitor } from '../harness/browser.ts'
import { startDemo } from './demo-shop.ts'

export const startPanelPage = async () => {
  const demo = await startDemo()
  const opened: BrowserContext[] = []
  /** Every address that was asked for. */
  const asked: string[] = []
  return {
    home: `${demo.printed.shop}/panel/`,
    asked,
    /** Over this session, in the place of the one that stands beside it; in a context of its own, or a given one. */
    open: async (over: RecordedSession, given?: BrowserContext): Promise<Page> => {
      const context = given ?? (await newVisitor({ viewport: { width: 1000, height: 640 }, acceptDownloads: true }))
      const page = await context.newPage()
      if (!given) opened.push(context)
      context.on('request', request => asked.push(request.url()))
      await page.route('**/session-*.json', route => route.fulfill({ json: over }))
      await page.goto(`${demo.printed.shop}/panel/`)
      await page.waitForSelector('.dt-row')
      return page
    },
    stop: async (): Promise<void> => {
      for (const context of opened) await context.close()
      await demo.stop()
    },
  }
}

export type PanelPage = Awaited<ReturnType<typeof startPanelPage>>

export const bring = (page: Page, view: string): Promise<void> => page.click(`#tab-${view}`)

export const textIn = async (page: Page, selector: string): Promise<string> => (await page.textContent(selector)) ?? ''

export const sift = async (page: Page, filter: string): Promise<void> => {
  await bring(page, 'stream')
  await page.fill('#filter', filter)
}

/** The rows in sight, without their times. */
export const shown = (page: Page): Promise<string[]> => page.locator('.dt-row .dt-line').allTextContents()
