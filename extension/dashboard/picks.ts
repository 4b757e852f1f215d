/** Which sites of the list are picked: kept while something is asked about them, and dropped once it is done. */

import van, { type State } from 'vanjs-core'
import type { Site } from '../site-index.ts'

export interface Picks {
  readonly picked: State<ReadonlySet<string>>
  /** Those of them that stand on the list. */
  readonly chosen: () => readonly string[]
  readonly pick: (origins: readonly string[], on: boolean) => void
}

export const createPicks = (sites: State<readonly Site[]>): Picks => {
  const picked = van.state<ReadonlySet<string>>(new Set())
  return {
    picked,
    chosen: () => sites.val.flatMap(({ origin }) => (picked.val.has(origin) ? [origin] : [])),
    pick: (origins, on) => {
      const after = new Set(picked.rawVal)
      for (const origin of origins) on ? after.add(origin) : after.delete(origin)
      picked.val = after
    },
  }
}
