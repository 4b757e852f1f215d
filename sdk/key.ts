/** The one `localStorage` key. Every edit starts from what stands there now, which another tab may have written. */

import { parseStanding, printStanding, STANDING_KEY, type Standing } from '../core/standing.ts'

export const readKey = (): Standing => {
  try {
    return parseStanding(localStorage.getItem(STANDING_KEY))
  } catch {
    // Storage is switched off: nothing stands, so nothing is granted.
    return {}
  }
}

export const editKey = (change: (before: Standing) => Standing): void => {
  try {
    const text = printStanding(change(readKey()))
    if (text) localStorage.setItem(STANDING_KEY, text)
    else localStorage.removeItem(STANDING_KEY)
  } catch {
    // Storage is full or switched off: what does not stand is not granted, and is asked again.
  }
}
