/**
 * Signals on their way to the worker: gathered into numbered batches, sent after a moment, when hidden or when full. What no
 * worker has acknowledged when the page is hidden is put into `localStorage`, synchronously, since a worker may not live to
 * write it. Each step leaves things so that the next event can begin it again: Firefox may cut a handler short when a tab closes.
 */

import type { Signal } from '../core/signal.ts'
import { type Batch, print, TAIL_KEY, TAIL_LIMIT } from '../core/standing.ts'
import { write } from './key.ts'

/** A batch is sent when this many signals wait: more would not make a message cheaper. */
const FULL = 50
/**
 * How long signals are gathered: a segment should follow what a person does within a second or so. Not until an idle moment, which
 * comes at once on most pages: a message and its answer cost a page half a millisecond, and a signal a twentieth of that.
 */
const GATHER_MS = 800
/** So many of a last batch that is too long are left out at a time: each look at what is left prints all of it. */
const A_FEW = 9
/** Each batch takes eighty characters at least. */
const MOST = 25

export type Guard = (act: () => unknown) => unknown

export const createBuffer = (send: (batch: Batch) => unknown, guard: Guard) => {
  // Told from all others, and secret to nobody.
  const page = Math.random() + Date.now()
  let waiting: Signal[] = []
  let unacknowledged: Batch[] = []
  let n = 0
  let parked: string | undefined

  const flush = (): void => {
    if (!waiting.length) return
    const batch = { page, n: ++n, signals: waiting }
    unacknowledged.push(batch)
    waiting = []
    send(batch)
  }

  /** Writes what is not on disk yet, as much of it as fits: the latest is what nobody else knows. */
  const writeLastWords = (): void => {
    // Where no worker answers for long there are many; no more than so many fit.
    let tail = unacknowledged.slice(-MOST)
    while (print(tail).length > TAIL_LIMIT) {
      tail = tail[1] ? tail.slice(1) : [{ ...(tail[0] as Batch), signals: (tail[0] as Batch).signals.slice(A_FEW) }]
    }
    parked = tail[0] && print(tail)
    write(TAIL_KEY + page, () => parked)
  }

  return {
    add: (signal: Signal): void => {
      if (!waiting.length) setTimeout(guard, GATHER_MS, flush)
      waiting.push(signal)
      if (waiting.length >= FULL) flush()
    },

    /** The page is going out of sight, perhaps for good. */
    park: (): void => {
      flush()
      writeLastWords()
    },

    acknowledge: (done: readonly Pick<Batch, 'page' | 'n'>[]): void => {
      unacknowledged = unacknowledged.filter(batch => !done.some(each => each.page === page && each.n === batch.n))
      if (parked) writeLastWords()
    },

    /** All that is not on disk yet, made into batches: what a worker is given first. */
    pending: (): readonly Batch[] => {
      flush()
      return unacknowledged
    },

    /** Forgets what is in memory. Last words stay: a page that is going away sees its worker die before it is gone itself. */
    clear: (): void => {
      waiting = unacknowledged = []
    },
  }
}
