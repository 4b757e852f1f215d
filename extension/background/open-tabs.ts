/** A pause for all sites begins and ends on the pages that are open as well, as far as the visitor lets the extension on them. */

import browser from 'webextension-polyfill'
import { oneOf } from '../../core/parse.ts'
import { createShelf } from '../shelf.ts'
import { filesFor, PAUSES } from '../visit/bits.ts'
import { FILES } from './files.ts'
import { patternsOf, type Wanted } from './scripts.ts'

/** Whether the open tabs were last told to pause. */
const told = createShelf<boolean>('paused-tabs', oneOf([true, false]), false)

export const sayToOpenTabs = async ({ defaults: { paused }, reach }: Wanted): Promise<void> => {
  if ((await told.read()) === paused) return
  const url = patternsOf(reach)
  const tabs = url.length ? await browser.tabs.query({ url }) : []
  const files = paused ? [...filesFor('default', PAUSES), FILES.standard] : [FILES.resume]
  const say = (tabId: number) => browser.scripting.executeScript({ target: { tabId }, files, injectImmediately: true })
  // A tab that is closed meanwhile, or shows an error page, needs no word.
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : say(id).catch(() => {}))))
  await told.edit(() => paused)
}
