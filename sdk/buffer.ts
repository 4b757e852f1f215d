/**
 * Signals on their way to the worker: gathered into numbered batches, sent when idle, hidden or full. What no worker has
 * acknowledged when the page is hidden is put into `localStorage`, synchronously, since a worker may not live to write it.
 */

import type { Signal } from '../core/signal.ts'
import { type Batch, TAIL_LIMIT } from '../core/standing.ts'
import { writeTail } from './key.ts'

/** A batch is sent when this many signals wait: more would not make a message cheaper. */
const FULL = 50
/** Longest wait for an idle moment: a segment should follow what a person does within a second or so. */
const IDLE_WITHIN_MS = 1000

const whenIdle = (act: () => void): unknown =>
  // Safari has no requestIdleCallback: there it is a task of its own, at once.
  ((window.requestIdleCallback ?? setTimeout) as typeof requestIdleCallback)(act, { timeout: IDLE_WITHIN_MS })

export const createBuffer = (send: (batch: Batch) => unknown) => {
  const page = crypto.getRandomValues(new Uint32Array(1))[0] as number
  let waiting: Signal[] = []
  let unacknowledged: Batch[] = []
  let n = 0
  let parked = false

  const flush = (): void => {
    if (!waiting.length) return
    const batch = { page, n: ++n, signals: waiting }
    waiting = []
    unacknowledged.push(batch)
    send(batch)
  }

  /** Writes what is not on disk yet, as much of it as fits: the latest is what nobody else knows. */
  const writeLastWords = (): void => {
    const tail = [...unacknowledged]
    while (JSON.stringify(tail).length > TAIL_LIMIT) tail.shift()
    parked = tail.length > 0
    writeTail(page, parked && JSON.stringify(tail))
  }

  return {
    add: (signal: Signal): void => {
      waiting.push(signal)
      if (waiting.length >= FULL) flush()
      else if (waiting.length === 1) whenIdle(flush)
    },

    /** The page is going out of sight, perhaps for good. */
    park: (): void => {
      flush()
      if (unacknowledged.length) writeLastWords()
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

    clear: (): void => {
      waiting = unacknowledged = []
      if (parked) writeLastWords()
    },
  }
}
