/** Remembers which parts of the popup a visitor keeps open: their names only, nothing about any site. */

import browser from 'webextension-polyfill'
import { closeToContentScripts } from '../shelf.ts'

const OPEN = 'open'

const readOpen = async (): Promise<string[]> => {
  const { [OPEN]: open } = await browser.storage.local.get(OPEN).catch(() => ({}) as Record<string, unknown>)
  return Array.isArray(open) ? open.filter(name => typeof name === 'string') : []
}

/** @returns what opens, in a tree just printed, the parts that were left open, and then remembers each change */
export const createFolds = async (): Promise<(root: Element) => void> => {
  void closeToContentScripts().catch(() => {})
  const open = new Set(await readOpen())
  return root => {
    for (const fold of root.querySelectorAll<HTMLDetailsElement>('details[data-fold]')) {
      const name = fold.dataset.fold ?? ''
      fold.open = open.has(name)
      fold.addEventListener('toggle', () => {
        if (fold.open === open.has(name)) return
        if (fold.open) open.add(name)
        else open.delete(name)
        void browser.storage.local.set({ [OPEN]: [...open] }).catch(() => {})
      })
    }
  }
}
