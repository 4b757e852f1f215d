/** The pauses that the extension began itself, so that it ends no other. */

import { integer, list, object } from '../../core/parse.ts'
import { parseOrigin } from '../origin.ts'
import { createShelf } from '../shelf.ts'

export interface Held {
  readonly origin: string
  /** Of the decision that paused. */
  readonly seq: number
}

const MOST = 1000

const shelf = createShelf<readonly Held[]>(
  'held',
  list(object({ origin: parseOrigin, seq: integer(1, Number.MAX_SAFE_INTEGER) }), 0, MOST),
  [],
)

export const readHeld = shelf.read

export const hold = async (held: Held): Promise<void> => {
  await shelf.edit(all => [...all.filter(each => each.origin !== held.origin), held].slice(-MOST))
}

/** Is this very pause ours to end? Another in its place is the visitor's own, and ours is over. */
export const isHeld = async ({ origin, seq }: Held): Promise<boolean> => {
  const known = (await readHeld()).find(each => each.origin === origin)
  if (known && known.seq !== seq) await release(origin)
  return known?.seq === seq
}

export const release = async (origin: string): Promise<void> => {
  await shelf.edit(all => all.filter(each => each.origin !== origin))
}
