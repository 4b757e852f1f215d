/**
 * Signals on their way to the worker: gathered into numbered batches, sent when idle, hidden or full. What no worker has
 * acknowledged when the page is hidden is put into `localStorage`, synchronously, since a worker may not live to write it.
 */

import type { Signal } from '../core/signal.ts'
import { type Batch, TAIL_LIMIT } from '../core/standing.ts'
import { editPage, readPage } from './key.ts'

/** A batch is sent when this many signals wait: more would not make a message cheaper. */
const FULL = 50
/** Longest wait for an idle moment: a segment should follow what a person does within a second or so. */
const IDLE_WITHIN_MS = 1000

// Safari has no requestIdleCallback: there it is a task of its own, at once.
const later = (window.requestIdleCallback ?? setTimeout) as typeof requestIdleCallback
const whenIdle = (act: () => void): unknown => later(act, { timeout: IDLE_WITHIN_MS })

type Id = Pick<Batch, 'page' | 'n'>

const isAmong = (batches: readonly Id[], { page, n }: Id): boolean =>
  batches.some(each => each.page === page && each.n === n)

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

  /** Replaces this page's batches in the key, and takes out those that are on disk by now. */
  const editTail = (done: readonly Id[] = []): void => {
    const others = (readPage().tail ?? []).filter(batch => batch.page !== page && !isAmong(done, batch))
    const tail = [...others, ...(parked ? unacknowledged : [])]
    while (JSON.stringify(tail).length > TAIL_LIMIT) tail.shift()
    editPage({ tail })
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
      parked = true
      if (unacknowledged.length) editTail()
    },

    acknowledge: (done: readonly Id[]): void => {
      unacknowledged = unacknowledged.filter(batch => !isAmong(done, batch))
      if (parked || done.some(batch => batch.page !== page)) editTail(done)
      parked = parked && unacknowledged.length > 0
    },

    /** All that is not on disk yet, made into batches: what a worker is given first. */
    pending: (): readonly Batch[] => {
      flush()
      return unacknowledged
    },

    clear: (): void => {
      waiting = unacknowledged = []
      if (parked) editTail()
    },
  }
}
