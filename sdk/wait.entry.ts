/** Where nothing may be noted: what was painted goes, and only the next address is waited for. Loaded after a yes, on a sensitive page. */

import type { Snapshot } from '../core/config.ts'
import type { Choice } from '../core/decision.ts'
import { SENSITIVE } from '../core/page.ts'
import { isGrant } from '../core/standing.ts'
import { painted, personalize } from './personalize.ts'
import type { Hand } from './rights.entry.ts'
import { currentPageKind, currentRoute } from './signals/page.ts'
import { startPageViews } from './signals/page-view.ts'

/**
 * @param pages the patterns that say so
 * @param go is called once the page shows something else, if anything is granted then
 * @param choice what the visitor chose on this very page: it goes on the ledger, and nothing else does
 */
export const wait = async (
  hand: () => Hand,
  pages: Snapshot | undefined,
  go: () => void,
  choice?: Choice,
): Promise<void> => {
  personalize({}, painted())
  const end = new AbortController()
  const look = (): void => {
    const kind = currentPageKind(pages)
    if (kind === SENSITIVE || kind === 'off') return
    end.abort()
    const { 1: decision, 10: known } = hand()
    // Another may have waited as well, and gone on.
    if (isGrant(decision) && !known) go()
  }
  startPageViews(
    look,
    () => {},
    currentRoute(),
    look,
    () => {},
    end.signal,
  )
  const [config, decision, connect] = hand()
  if (choice && config && decision) await (await connect()).open({ config, decision, choice, tail: [] })
}
