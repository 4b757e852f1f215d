/** What the extension itself keeps: one document a topic, parsed on reading, changed by one context at a time. */

import browser from 'webextension-polyfill'
import type { Parser } from '../core/parse.ts'

export interface Shelf<T> {
  /** What stands there; the empty document where there is none, or none that can be read. */
  readonly read: () => Promise<T>
  /**
   * Changes it, alone among the extension's pages and its worker. Where nothing changes, `change` answers what it was given, and
   * nothing is written.
   * @returns what stands there now
   */
  readonly edit: (change: (now: T) => T) => Promise<T>
  /** Calls with each new document, whoever wrote it. @returns what ends that */
  readonly watch: (listener: (now: T) => void) => () => void
}

/** Chromium lets content scripts read an extension's storage unless told otherwise; ours have no business there. Firefox always does. */
export const closeToContentScripts = async (): Promise<void> => {
  const area = browser.storage.local as { setAccessLevel?: (level: { accessLevel: string }) => Promise<void> }
  await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}

/** @param name its key in `storage.local`, and the name of the lock under which it is changed */
export const createShelf = <T>(name: string, parse: Parser<T>, empty: T): Shelf<T> => {
  const known = (value: unknown): T => {
    try {
      return value === undefined ? empty : parse(value, name)
    } catch {
      return empty
    }
  }
  const read = async (): Promise<T> => known((await browser.storage.local.get(name))[name])
  return {
    read,
    edit: change =>
      navigator.locks.request(name, async () => {
        const before = await read()
        const after = change(before)
        if (after !== before) await browser.storage.local.set({ [name]: after })
        return after
      }) as Promise<T>,
    watch: listener => {
      const hear = (changes: { [key: string]: { newValue?: unknown } }, area: string): void => {
        const change = area === 'local' ? changes[name] : undefined
        if (change) listener(known(change.newValue))
      }
      browser.storage.onChanged.addListener(hear)
      return () => browser.storage.onChanged.removeListener(hear)
    },
  }
}
