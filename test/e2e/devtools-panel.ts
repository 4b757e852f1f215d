// The real panel, inside the real DevTools of a page in Chromium; and what a test does with a panel, in whatever browser.
import { join } from 'node:path'
import type { Browser, Page, WebWorker } from 'puppeteer-core'
import { vi } from 'vitest'
import { openInDevTools } from '../../examples/panel/in-devtools.ts'
import { launchPuppet } from '../harness/browser.ts'

export const DEVTOOLS = join(import.meta.dirname, '../../dist/extension/chrome-devtools')

/** Runs a function in the panel's own page, which is passed on as text: it sees `document` and its arguments, and nothing else. */
export type Run = <A extends readonly string[], T>(act: (...given: A) => T, ...given: A) => Promise<T>

export interface Panel {
  run: Run
  /** Waits until this part of the panel reads so. */
  until(selector: string, pattern: RegExp): Promise<void>
  /** Writes the stream's filter. */
  sift(filter: string): Promise<void>
  /** Brings a view to the front by its tab. */
  choose(title: string): Promise<void>
  /** Presses what may be drawn anew at any moment, once it is there. */
  press(selector: string): Promise<void>
}

/** As long as a person would wait. */
const WITHIN = { timeout: 20_000, interval: 100 }

export const createPanel = (run: Run): Panel => ({
  run,
  until: async (selector, pattern) => {
    await vi.waitFor(async () => {
      const text = await run(where => document.querySelector(where)?.textContent ?? '', selector)
      if (!new RegExp(pattern.source, 's').test(text)) throw new Error(`${selector} does not read ${pattern}: ${text}`)
    }, WITHIN)
  },
  sift: filter =>
    run(text => {
      const input = document.querySelector<HTMLInputElement>('#filter')
      if (!input) throw new Error('the panel has no filter')
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }, filter),
  choose: title =>
    run(wanted => {
      const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')]
      const tab = tabs.find(each => each.textContent === wanted)
      if (!tab) throw new Error(`no tab is called ${wanted}`)
      tab.click()
    }, title),
  press: async selector => {
    await vi.waitFor(async () => {
      const pressed = await run(where => {
        const it = document.querySelector<HTMLElement>(where)
        it?.click()
        return it !== null
      }, selector)
      if (!pressed) throw new Error(`${selector} is not there`)
    }, WITHIN)
  },
})

export interface Developer {
  readonly browser: Browser
  /** Opens DevTools over this page, and our panel in it. */
  openPanel(page: Page): Promise<Panel>
  closePanel(page: Page): Promise<void>
  /** The extension's background, woken if it slept. */
  background(): Promise<WebWorker>
  /** Puts another copy of the extension in its place. Chromium closes DevTools in which it has a panel. */
  updateExtension(): Promise<void>
  close(): Promise<void>
}

export const launchDeveloper = async (): Promise<Developer> => {
  const browser = await launchPuppet({ extension: DEVTOOLS, devtools: true })
  const opened = new Map<Page, Page>()
  const openPanel = async (page: Page): Promise<Panel> => {
    const { devtools, panel } = await openInDevTools(page)
    opened.set(page, devtools)
    return createPanel((act, ...given) => panel.evaluate(act as never, ...given) as never)
  }
  const background = async (): Promise<WebWorker> => {
    const isOurs = (type: string, url: string): boolean => type === 'service_worker' && /^chrome-extension:/.test(url)
    const target = await browser.waitForTarget(each => isOurs(each.type(), each.url()))
    return (await target.worker()) as WebWorker
  }
  return {
    browser,
    background,
    updateExtension: async () => void (await browser.installExtension(DEVTOOLS)),
    openPanel,
    closePanel: async page => opened.get(page)?.close(),
    close: () => browser.close(),
  }
}
