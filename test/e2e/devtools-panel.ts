// The real panel, inside the real DevTools of a page in Chromium.
import { join } from 'node:path'
import type { Browser, Frame, Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { launchPuppet } from '../harness/browser.ts'

export const DEVTOOLS = join(import.meta.dirname, '../../dist/extension/chrome-devtools')

export interface Developer {
  readonly browser: Browser
  /** Opens DevTools over this page, and our panel in it. */
  openPanel(page: Page): Promise<Frame>
  closePanel(page: Page): Promise<void>
  close(): Promise<void>
}

/**
 * Runs in DevTools: shows our panel by their own code, which is internal, so a by-URL test of the panel stands beside these.
 * As a text, for the test's own bundler would take the import for one of its.
 */
const SHOW = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js')
  const manager = ViewManager.ViewManager.instance()
  const id = [...manager.views.keys()].find(key => key.startsWith('chrome-extension:'))
  if (!id) return false
  await manager.showView(id)
  return true
})()`

export const launchDeveloper = async (): Promise<Developer> => {
  const browser = await launchPuppet({ extension: DEVTOOLS, devtools: true })
  const opened = new Map<Page, Page>()
  const openPanel = async (page: Page): Promise<Frame> => {
    const devtools = await page.openDevTools()
    opened.set(page, devtools)
    // DevTools themselves are not ready at first.
    await vi.waitUntil(() => devtools.evaluate(SHOW).catch(() => false), 20_000)
    return vi.waitFor(() => {
      const frame = devtools.frames().find(each => each.url().endsWith('/devtools/panel.html'))
      if (!frame) throw new Error('the panel has not appeared')
      return frame
    }, 10_000)
  }
  return {
    browser,
    openPanel,
    closePanel: async page => opened.get(page)?.close(),
    close: () => browser.close(),
  }
}

/** Waits until this part of the panel reads so. */
export const until = async (panel: Frame, selector: string, pattern: RegExp): Promise<void> => {
  await panel
    .waitForFunction(
      (where, source) => {
        const text = document.querySelector<HTMLElement>(where)?.textContent ?? ''
        return new RegExp(source, 's').test(text)
      },
      { timeout: 15_000, polling: 100 },
      selector,
      pattern.source,
    )
    .catch(async error => {
      throw new Error(`${error.message}: ${await panel.evaluate(() => document.body.textContent)}`)
    })
}

/** Writes the stream's filter. */
export const sift = (panel: Frame, filter: string): Promise<void> =>
  panel.evaluate(text => {
    const input = document.querySelector<HTMLInputElement>('#filter')
    if (!input) throw new Error('the panel has no filter')
    input.value = text
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, filter)

/** Brings a view to the front by its tab. */
export const choose = (panel: Frame, title: string): Promise<void> =>
  panel.evaluate(wanted => {
    const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')]
    const tab = tabs.find(each => each.textContent === wanted)
    if (!tab) throw new Error(`no tab is called ${wanted}`)
    tab.click()
  }, title)
