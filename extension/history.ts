/** What the extension knows of where the visitor was: filled by what is seen, and cleared at once. */

import { forgetAccounts, noteReturn } from './deletion.ts'
import { forgetHeads } from './log-heads.ts'
import type { Sight } from './sight.ts'
import { forgetIndex, noteSite, summaryOf, unlist, type Where } from './site-index.ts'

/**
 * Writes down what a screen of the extension has just seen on a site, unless it was in a private window.
 * @param now milliseconds since 1970
 */
export const noteSight = async (where: Where, sight: Sight, now: number): Promise<void> => {
  if (where.incognito) return
  await noteSite(where, summaryOf(sight), now)
  await noteReturn(where.origin, 'remains' in sight && sight.remains.database, now)
}

/** Takes sites off the list, with all that is known of them but what was asked for there. */
export const forgetSites = async (origins: readonly string[]): Promise<void> => {
  await unlist(origins)
  await forgetHeads(origins)
}

/** Forgets every site seen, and every account of what was deleted. Deletions that still wait are kept until they are done. */
export const forgetHistory = async (): Promise<void> => {
  await forgetIndex()
  await forgetHeads()
  await forgetAccounts()
}
