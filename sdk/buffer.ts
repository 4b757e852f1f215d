/**
 * Signals on their way to the worker: gathered into numbered batches, sent after a moment, when hidden or when full. What no
 * worker has acknowledged when the page is hidden is put into `localStorage`, synchronously, since a worker may not live to
 * write it. Each step leaves things so that the next event can begin it again: Firefox may cut a handler short when a tab closes.
 */

import type { Signal } from '../core/signal.ts'
import { type Batch, TAIL_LIMIT } from '../core/standing.ts'
import { writeTail } from './key.ts'

/** A batch is sent when this many signals wait: more would not make a message cheaper. */
const FULL = 50
/**
 * How long signals are gathered: a segment should follow what a person does within a second or so. An idle moment comes at once
 * on most pages, so that each signal paid for a message and its answer (measured: 250 us of the page's time, against 30).
 */
const GATHER_MS = 500

export const createBuffer = (send: (batch: Batch) => unknown) => {
  const page = crypto.getRandomValues(new Uint32Array(1))[0] as number
  let waiting: Signal[] = []
  let unacknowledged: Batch[] = []
  let n = 0
  let parked = false

  const flush = (): void => {
    if (!waiting.length) return
    const batch = { page, n: ++n, signals: waiting }
    unacknowledged.push(batch)
    waiting = []
    send(batch)
  }

  /** Writes what is not on disk yet, as much of it as fits: the latest is what nobody else knows. */
  const writeLastWords = (): void => {
    let tail = unacknowledged
    while (JSON.stringify(tail).length > TAIL_LIMIT) {
      tail =
        tail.length > 1
          ? tail.slice(1)
          : tail.map(batch => ({ ...batch, signals: batch.signals.slice(-(batch.signals.length >> 1)) }))
    }
    parked = tail.length > 0
    writeTail(page, parked && JSON.stringify(tail))
  }

  return {
    add: (signal: Signal): void => {
      if (!waiting.length) setTimeout(flush, GATHER_MS)
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
