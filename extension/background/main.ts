/** The background's entry: whatever happens, what is written down is brought about. It keeps nothing in memory. */

import browser from 'webextension-polyfill'
import { closeToContentScripts } from '../shelf.ts'
import { bringAbout } from './bring-about.ts'
import { hear, type Sender } from './hear.ts'

let last = Promise.resolve()
let next: Promise<void> | undefined

/** One after the other, each from what is written when it begins: whoever asks before that is served by it as well. */
const attend = (): Promise<void> => {
  if (next) return next
  const mine = last.then(() => {
    next = undefined
    return bringAbout(Date.now())
  })
  next = mine
  last = mine.catch(error => console.warn('[nearside]', error))
  return mine
}
const attendLater = (): void => void attend().catch(() => {})

void closeToContentScripts().catch(error => console.warn('[nearside]', error))
// Listened to in the first turn: an event that starts the worker is told to it only then.
browser.runtime.onInstalled.addListener(attendLater)
browser.runtime.onStartup.addListener(attendLater)
browser.storage.onChanged.addListener(attendLater)
browser.permissions.onAdded.addListener(attendLater)
browser.permissions.onRemoved.addListener(attendLater)
browser.runtime.onMessage.addListener((message: unknown, sender: Sender) => hear(message, sender, attend, Date.now))
// Whatever was begun when it was ended is done now.
attendLater()
