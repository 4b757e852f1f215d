/** Hears what the extension's own scripts and pages tell, and nobody else. */

import browser, { type Runtime } from 'webextension-polyfill'
import { ATTEND } from '../attend.ts'
import { noteReturn, settle } from '../deletion.ts'
import { webOrigin } from '../origin.ts'
import { noteSite, type Where } from '../site-index.ts'
import { parseTold, type Told } from '../told.ts'
import { mark } from './badge.ts'
import { hold, isHeld, release } from './held.ts'

/** What the polyfill's types leave out: the first two of Chromium alone. */
export type Sender = Runtime.MessageSender & { readonly origin?: string; readonly documentLifecycle?: string }

interface Place extends Where {
  readonly tab: number | undefined
}

/** Where one of our scripts on a page tells from, by the browser's own word; undefined for anyone else. */
const placeOf = ({ id, tab, frameId, url, origin, documentLifecycle }: Sender): Place | undefined => {
  if (id !== browser.runtime.id || !tab || frameId !== 0 || documentLifecycle === 'prerender') return undefined
  const known = webOrigin(origin ?? url)
  return known ? { origin: known, incognito: tab.incognito, tab: tab.id } : undefined
}

const isOwnPage = ({ id, url }: Sender): boolean =>
  id === browser.runtime.id && url?.startsWith(browser.runtime.getURL('')) === true

/** What it could not delete is tried again on the next visit. */
const erased = async (
  origin: string,
  { gone, remains }: Extract<Told, { tell: 'erased' }>,
  now: number,
): Promise<void> => {
  // What is found beside it may be new already.
  const { tickets, until } = remains
  if (!gone) return
  const waiting = tickets ? { tickets, ...(until ? { until } : {}) } : {}
  await settle(origin, ['asked', 'waits', 'failed'], { state: 'gone', verified: 'page', ...waiting }, now)
}

/** @returns what is written down by then: the script tells it again where nothing comes back */
const heard = async (told: Told, where: Place, now: number): Promise<boolean> => {
  const { origin } = where
  switch (told.tell) {
    case 'seen':
      await noteSite(where, told.summary, now)
      await mark(where.tab, told.kept)
      await noteReturn(origin, told.kept, now)
      return true
    case 'erased':
      await erased(origin, told, now)
      return true
    case 'paused':
      await hold({ origin, seq: told.seq })
      return true
    case 'may-resume':
      return isHeld({ origin, seq: told.seq })
    case 'resumed':
      await release(origin)
      return true
  }
}

/**
 * @param attend brings about what is written down
 * @param now milliseconds since 1970
 * @returns the answer; undefined where the message is not for us, or the sender none of ours
 */
export const hear = (
  message: unknown,
  sender: Sender,
  attend: () => Promise<void>,
  now: () => number,
): Promise<boolean> | undefined => {
  if (isOwnPage(sender) && (message as { ask?: unknown } | null)?.ask === ATTEND.ask) return attend().then(() => true)
  const where = placeOf(sender)
  if (!where) return undefined
  if (where.incognito) return Promise.resolve(false)
  try {
    return heard(parseTold(message), where, now())
  } catch {
    return undefined
  }
}
