/** Deletes from the last words of pages, apart from what writes keys: that is on every page, and need not know every kind of signal. */

import { categoryOf } from '../../core/signal.ts'
import { print } from '../../core/standing.ts'
import type { Scope } from '../request.ts'
import { write } from './key.ts'
import { readTails } from './remains.ts'

/** Takes what is in scope out of the last words of pages that were closed, which no worker has taken in yet. @returns how many */
export const trimTails = ({ category, from = 0, to = Infinity }: Scope): number => {
  let gone = 0
  for (const { key, batches } of readTails()) {
    const left = batches.map(batch => ({
      ...batch,
      signals: batch.signals.filter(
        ({ kind, at }) => (category && categoryOf(kind) !== category) || at < from || at > to,
      ),
    }))
    const count = batches.flatMap(it => it.signals).length - left.flatMap(it => it.signals).length
    if (!count) continue
    gone += count
    const some = left.filter(it => it.signals.length)
    write(key, some.length ? print(some) : null)
  }
  return gone
}
