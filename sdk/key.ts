/** The two `localStorage` keys. Every edit starts from what stands there now, which another tab may have written. */

import type { Decision } from '../core/decision.ts'
import {
  PAGE_KEY,
  type PageState,
  parsePageState,
  parseStanding,
  printPageState,
  printStanding,
  STANDING_KEY,
} from '../core/standing.ts'

/** Storage may be full, or switched off: then nothing stands, so nothing is granted. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const write = (key: string, text: string | null): void => {
  try {
    if (text) localStorage.setItem(key, text)
    else localStorage.removeItem(key)
  } catch {
    // As above: what does not stand is asked again.
  }
}

export const readDecision = (): Decision | undefined => parseStanding(read(STANDING_KEY))
export const writeDecision = (decision?: Decision): void =>
  write(STANDING_KEY, decision ? printStanding(decision) : null)

export const readPage = (): PageState => parsePageState(read(PAGE_KEY))
export const editPage = (change: PageState): void =>
  write(PAGE_KEY, printPageState({ ...readPage(), ...change }, readDecision()))
