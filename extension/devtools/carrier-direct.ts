/**
 * A carrier without an extension: a page of the site's own origin opens another in a window beside it, and observes that. It sees nothing
 * of the network.
 */

import type { Carrier } from '../../core/protocol/devtools.ts'
import { observe } from './page/observe.ts'
import { readState } from './page/read-state.ts'
import type { Page } from './page/watch-api.ts'
import { createSession } from './session.ts'

/** A page that is loaded anew is met before its scripts have come. */
const MEET_EVERY_MS = 4
/** What stands is read a moment after something changed it. */
const READ_AFTER_MS = 300

const CHANGING = ['ready', 'answer', 'decision', 'segments', 'ping']

/** Undefined while a window goes from one page to the next, or shows another site's. */
const pageIn = (beside: Window): Page | undefined => {
  try {
    const isHere = beside.location.origin === location.origin && beside.document.documentElement
    return isHere ? (beside as Page) : undefined
  } catch {
    return undefined
  }
}

/** @param beside the window whose pages are observed */
export const createDirectCarrier = (beside: Window): Carrier => {
  const session = createSession()
  let document: Document | undefined
  let end = (): void => {}
  let waiting = false

  const read = async (): Promise<void> => {
    waiting = false
    session.state(await readState(Date.now()))
  }
  const readSoon = (ms: number): void => {
    if (!waiting) setTimeout(() => void read().catch(() => {}), ms)
    waiting = true
  }

  const meet = (): void => {
    if (beside.closed) {
      clearInterval(timer)
      session.link('closed')
      return
    }
    const page = pageIn(beside)
    if (!page || page.document === document) return
    // The one before is gone with its page, and all that was put there with it.
    document = page.document
    session.link('live')
    end = observe(page, ({ at, deed }) => {
      session.add(at, deed)
      if (CHANGING.includes(deed.what)) readSoon(READ_AFTER_MS)
    })
    readSoon(READ_AFTER_MS)
  }
  const timer = setInterval(meet, MEET_EVERY_MS)

  return {
    listen: session.listen,
    look: () => readSoon(0),
    reload: () => {
      end()
      beside.location.reload()
    },
  }
}
