/** The extension's end of the boundary: puts the script into a tab's page, asks, and parses what comes back. */

import browser from 'webextension-polyfill'
import type { LogHead } from '../core/log.ts'
import type { Parser } from '../core/parse.ts'
import script from './look.iife.ts?script&iife'
import { type Change, type Changed, type Checked, parseChanged, parseChecked, type Request } from './request.ts'
import { type Account, type Act, parseAccount, parseSight, type Sight } from './sight.ts'
import { within } from './site/within.ts'

/** What could not be asked at all. `silent`: the page is too busy to answer, or has moved on. */
export type Unseen = { readonly seen: 'blocked' } | { readonly seen: 'silent' }

export interface Page {
  readonly tab: number
  /** As the browser tells it, not the page. */
  readonly origin: string
}

export interface Front extends Page {
  /** In a private window? */
  readonly incognito: boolean
}

/** From the root: Firefox takes any other path as relative to the page that asks. */
const FILES = ['/both-ends.iife.js', `/${script}`]

/** Longer than all the waits that the script itself allows. */
const LOOK_WITHIN_MS = 15_000
const ACT_WITHIN_MS = 10_000
/** It reads all that is kept before and after. */
const CHANGE_WITHIN_MS = 30_000

const web = /^https?:\/\//

/** The tab in front; or the one named in the address, where the popup is opened as a page. Undefined where there is no web page. */
export const pageInFront = async (address: string): Promise<Front | undefined> => {
  const named = new URL(address).searchParams.get('tab')
  const [tab] = named
    ? [await browser.tabs.get(Number(named))]
    : await browser.tabs.query({ active: true, currentWindow: true })
  if (tab?.id === undefined || !tab.url || !web.test(tab.url)) return undefined
  return { tab: tab.id, origin: new URL(tab.url).origin, incognito: tab.incognito }
}

const ask = async ({ tab }: Page, request: Request, ms: number): Promise<unknown> => {
  const target = { tabId: tab }
  // Immediately: a page that never finishes loading would otherwise never be looked at.
  await within(ms, browser.scripting.executeScript({ target, files: FILES, injectImmediately: true }))
  const answers = browser.scripting.executeScript({
    target,
    injectImmediately: true,
    func: (asked: string) => globalThis.nearsideVisitor?.(JSON.parse(asked)),
    // As text: on the way Chromium leaves out what is null.
    args: [JSON.stringify(request)],
  })
  return (await within(ms, answers))[0]?.result
}

/** Can anything be asked of this page? Browsers refuse their own pages, their store, and their error pages. */
const reachable = async ({ tab }: Page): Promise<boolean> => {
  const probe = browser.scripting.executeScript({
    target: { tabId: tab },
    injectImmediately: true,
    func: () => true,
  })
  return within(LOOK_WITHIN_MS, probe).then(
    () => true,
    error => error instanceof Error && error.name === 'TooLate',
  )
}

export const lookAt = async (page: Page): Promise<Sight | Unseen> => {
  if (!(await reachable(page))) return { seen: 'blocked' }
  try {
    return parseSight(await ask(page, { ask: 'look', origin: page.origin }, LOOK_WITHIN_MS), page.origin)
  } catch {
    return { seen: 'silent' }
  }
}

/** Undefined where the page did not answer: what it did by then is seen by looking again. */
const answered = async <T>(page: Page, request: Request, parse: Parser<T>, ms: number): Promise<T | undefined> => {
  try {
    return parse(await ask(page, request, ms), page.origin)
  } catch {
    return undefined
  }
}

export const act = (page: Page, what: Act): Promise<Account | undefined> =>
  answered(page, { ask: what, origin: page.origin }, parseAccount, ACT_WITHIN_MS)

export const change = (page: Page, what: Change): Promise<Changed | undefined> =>
  answered(page, { ...what, origin: page.origin }, parseChanged, CHANGE_WITHIN_MS)

/** @param seen the log's head as the extension saw it last */
export const check = (page: Page, seen?: LogHead): Promise<Checked | undefined> =>
  answered(page, { ask: 'check', origin: page.origin, ...(seen ? { seen } : {}) }, parseChecked, CHANGE_WITHIN_MS)
