/**
 * Says the visitor's default to a site's Nearside when that is about to ask, and pauses what was granted: registered at `document_start`
 * for the sites that the visitor lets the extension on. To a page that does not ask it says nothing.
 */

import { isGrant } from '../core/standing.ts'
import { ASKS, WISH } from '../core/wish.ts'
import { ping, writeDecision } from './site/key.ts'
import { optedOut, readStanding } from './site/remains.ts'
import { ANSWERS, PAUSES, takeNumber } from './visit/bits.ts'
import { tell } from './visit/tell.ts'

const number = takeNumber('default')

const pause = (): void => {
  const before = readStanding(false)
  if (!before || !isGrant(before)) return
  const seq = before.seq + 1
  writeDecision({ ...before, seq, paused: true, means: 'extension' })
  ping(seq)
  void tell({ tell: 'paused', seq })
}

/** Under the opt-out signal, which a wish for all sites does not overrule. */
const SPARED = 0xf

/** An event is heard in every world while it is told: who asks reads the answer in the next statement, and then it is gone. */
const answer = (): void => {
  const pairs = number & (ANSWERS - 1) & (optedOut() ? SPARED : ANSWERS - 1)
  const say = (): void => {
    const root = document.documentElement
    root.setAttribute(WISH, String(pairs))
    queueMicrotask(() => root.removeAttribute(WISH))
  }
  addEventListener(ASKS, say, true)
}

try {
  if (number & PAUSES) pause()
  if (number & ANSWERS) answer()
} catch {
  // A page that may have no storage has nothing to pause.
}
