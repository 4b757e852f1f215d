/** Puts the scripts into pages that a panel looks at, and into no others; and marks where Nearside was found. */

import browser from 'webextension-polyfill'
import observer from './observe.iife.ts?script&iife'
import relay from './relay.iife.ts?script&iife'
import type { Scripts } from './switchboard.ts'

const MAIN = 'nearside-observe'
const ISOLATED = 'nearside-relay'
/** From the root: Firefox takes any other path as relative to the page that asks. */
const [OBSERVER, RELAY] = [`/${observer}`, `/${relay}`]

/** A pattern for the tab's host; ports cannot be part of one. */
const patternOf = async (tab: number): Promise<string | undefined> => {
  const { url } = await browser.tabs.get(tab).catch(() => ({ url: undefined }))
  return url && /^https?:/.test(url) ? `*://${new URL(url).hostname}/*` : undefined
}

const register = async (matches: string[]): Promise<void> => {
  const ids = [MAIN, ISOLATED]
  const known = await browser.scripting.getRegisteredContentScripts({ ids })
  if (known.length) await browser.scripting.unregisterContentScripts({ ids: known.map(({ id }) => id) })
  if (!matches.length) return
  const rest = { matches, runAt: 'document_start' as const, persistAcrossSessions: false }
  await browser.scripting.registerContentScripts([
    { ...rest, id: ISOLATED, js: [RELAY] },
    { ...rest, id: MAIN, js: [OBSERVER], world: 'MAIN' as never },
  ])
}

/** The page that is there already: both scripts stand aside where they were put before. */
const inject = async (tab: number): Promise<void> => {
  const target = { tabId: tab }
  await browser.scripting.executeScript({ target, files: [RELAY], injectImmediately: true })
  await browser.scripting.executeScript({ target, files: [OBSERVER], injectImmediately: true, world: 'MAIN' as never })
}

const TITLE = 'Nearside DevTools: this page has Nearside'

const path = (size: number): string => `/icons/icon-${size}.png`

export const createScripts = (): Scripts => {
  let hosts = ''
  let last: Promise<unknown> = Promise.resolve()

  const watch = async (tabs: readonly number[]): Promise<void> => {
    const patterns = await Promise.all(tabs.map(patternOf))
    const matches = [...new Set(patterns.filter(pattern => pattern !== undefined))].sort()
    const wanted = matches.join(' ')
    if (wanted !== hosts) await register(matches)
    hosts = wanted
    await Promise.all(tabs.map(tab => inject(tab).catch(() => {})))
  }

  return {
    watch: tabs => {
      // One after another: two at once would register the same scripts.
      const next = last.then(() => watch(tabs)).catch(() => {})
      last = next
      return next
    },
    mark: tab => {
      // The browser takes both back when the tab goes elsewhere.
      void browser.action.setIcon({ tabId: tab, path: { 16: path(16), 32: path(32) } }).catch(() => {})
      void browser.action.setTitle({ tabId: tab, title: TITLE }).catch(() => {})
    },
  }
}
