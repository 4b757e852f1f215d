/** Heeds what the visitor has said elsewhere, where the site's config has a `consent` of its own. Loaded only then. */

import type { Hand } from '../rights.entry.ts'

/** @returns whether somebody else has the say, so that our own banner is not shown */
export const heed = async (_hand: Hand): Promise<boolean> => false
