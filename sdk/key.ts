/** What this origin's `localStorage` holds of ours. A decision is written by whoever decides, a tail by its own page alone. */

import type { Decision } from '../core/decision.ts'
import {
  isGrant,
  PAGE_KEY,
  type PageState,
  parsePageState,
  parseStanding,
  printPageState,
  printStanding,
  STANDING_KEY,
  TAIL_KEY,
} from '../core/standing.ts'

/** Storage may be full, or switched off: then nothing stands, so nothing is granted. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const write = (key: string, text?: string | null | false): void => {
  try {
    if (text) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch {
    // As above: what does not stand is asked again.
  }
}

export const readDecision = (): Decision | undefined => parseStanding(read(STANDING_KEY))
export const writeDecision = (decision?: Decision): void => write(STANDING_KEY, decision && printStanding(decision))

export const writeTail = (page: number, text: string | false): void => write(TAIL_KEY + page, text)

export const readPage = (): PageState => parsePageState(read(PAGE_KEY))
/** Starts from what stands there now, which another tab may have written; without a grant all but tickets goes. */
export const editPage = (change: PageState): void => {
  const granted = isGrant(readDecision())
  write(PAGE_KEY, printPageState({ ...readPage(), ...change }, granted))
  if (!granted) for (const [key] of readTails()) write(key)
}

/** The last words of every page, as keys and texts. */
export const readTails = (): [string, string][] => {
  try {
    const keys = Object.keys(localStorage).filter(key => key.startsWith(TAIL_KEY))
    return keys.map(key => [key, localStorage[key]])
  } catch {
    return []
  }
}
