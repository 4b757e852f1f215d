// The real popup, opened by the extension's action, with the grant that only a visitor's click gives.
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { launchPuppet } from '../harness/browser.ts'

export const EXTENSION = join(import.meta.dirname, '../../dist/extension/chrome')

export type Visitor = {
  browser: Browser
  /** Clicks the extension's icon over this tab, and waits until the popup has looked. */
  open: (tab: Page) => Promise<Page>
  close: () => Promise<void>
}

export const launchVisitor = async (extension = EXTENSION): Promise<Visitor> => {
  const browser = await launchPuppet({ extension })
  // Puppeteer does not wait for what it installs.
  const installed = await vi.waitFor(async () => {
    const [found] = (await browser.extensions()).values()
    if (!found) throw new Error('the extension was not installed')
    return found
  }, 10_000)
  const open = async (tab: Page): Promise<Page> => {
    await tab.bringToFront()
    const appears = browser.waitForTarget(target => target.url().endsWith('/popup/popup.html'), { timeout: 10_000 })
    await installed.triggerAction(tab)
    const popup = await (await appears).asPage()
    await popup.waitForSelector('h1')
    return popup
  }
  return { browser, open, close: () => browser.close() }
}

/** What a person reads in it. */
export const said = (popup: Page): Promise<string> => popup.evaluate(() => document.body.textContent ?? '')

/** Presses a button, and waits for the screen that follows it. */
export const press = async (popup: Page, deed: string): Promise<void> => {
  await popup.evaluate(() => document.querySelector('.frame')?.setAttribute('data-old', ''))
  await popup.click(`[data-does="${deed}"]`)
  await popup.waitForFunction(() => !document.querySelector('.frame[data-old]') && document.querySelector('h1'))
}

/** What `storageOf` finds where nothing is left. */
export const NOTHING = { decision: null, page: null, databases: [] }

/** What the site itself finds in its storage. */
export const storageOf = (
  tab: Page,
): Promise<{ decision: string | null; page: string | null; databases: (string | undefined)[] }> =>
  tab.evaluate(async () => ({
    decision: localStorage.getItem('nearside'),
    page: localStorage.getItem('nearside-page'),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }))

/** Writes into a key as the site itself could. */
export const setKey = (tab: Page, value: unknown, key = 'nearside'): Promise<void> =>
  tab.evaluate(
    (name, text) => localStorage.setItem(name, text),
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  )

export type Holder = { held: IDBDatabase }

/** A database of the right name that no version of ours wrote; with `hold`, the page keeps it open and does not step aside. */
export const makeForeign = (tab: Page, hold = false): Promise<void> =>
  tab.evaluate(
    stays =>
      new Promise<void>(resolve => {
        const opening = indexedDB.open('nearside', 7)
        opening.onupgradeneeded = () => opening.result.createObjectStore('tomorrow').put('x'.repeat(1000), 1)
        opening.onsuccess = () => {
          if (stays) (window as unknown as Holder).held = opening.result
          else opening.result.close()
          resolve()
        }
      }),
    hold,
  )
