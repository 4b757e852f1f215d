/** What the observer of a page tells, one thing at a time; who hears it numbers it. */

import type { Deed } from '../../../core/protocol/devtools.ts'

export interface Told {
  /** Milliseconds since 1970, by the page's clock. */
  readonly at: number
  readonly deed: Deed
}

export type Tell = (deed: Deed) => void

/** Runs what only looks: whatever fails in it must never reach the page that is looked at. */
export const quietly = (look: () => void): void => {
  try {
    look()
  } catch {
    // What cannot be seen is not told.
  }
}
