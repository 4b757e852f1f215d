/** Goes through the rows a slice at a time, so that the longest stream never holds up a key press. */

import type { Happening } from '../../../core/protocol/devtools.ts'
import type { Filter } from './filter.ts'
import type { Log } from './log.ts'

/** A slice; with the drawing after it, it stays within a frame. */
export const SLICE_MS = 6
/** Rows between two looks at the clock. */
const STRIDE = 256

export interface Sift {
  readonly found: readonly Happening[]
  /** @returns whether there is more to go through */
  step(): boolean
}

/**
 * @param until the number of the last row to look at
 * @param clock milliseconds, from any start
 */
export const createSift = (log: Log, filter: Filter, until = Infinity, clock = () => performance.now()): Sift => {
  let found: Happening[] = []
  let at = 0
  let generation = log.generation()

  const resume = (): void => {
    if (generation === log.generation()) return
    generation = log.generation()
    found = []
    at = 0
  }

  return {
    get found() {
      return found
    },
    step: () => {
      resume()
      const rows = log.rows()
      const end = clock() + SLICE_MS
      while (at < rows.length) {
        const row = rows[at] as Happening
        if (row.n > until) return false
        if (filter.matches(row)) found.push(row)
        at++
        if (at % STRIDE === 0 && clock() > end) return at < rows.length
      }
      return false
    },
  }
}
