/** What this origin's `localStorage` holds of ours. A decision is written by whoever decides, a tail by its own page alone. */

import type { Decision } from '../core/decision.ts'
import {
  isGrant,
  PAGE_KEY,
  type PageState,
  parseStanding,
  printPageState,
  printStanding,
  STANDING_KEY,
  TAIL_KEY,
} from '../core/standing.ts'
import { attempt } from './attempt.ts'
import { optedOut } from './consent/signal.ts'

/** Storage may be full, or switched off: then nothing stands, so nothing is granted. */
const read = (key: string): string | null | undefined => attempt(() => localStorage.getItem(key))

const remove = (key: string): unknown => attempt(() => localStorage.removeItem(key))

/** What cannot be written takes the place of nothing: a refusal that finds no room must not leave the grant before it. */
export const write = (key: string, print: () => string | null | undefined | false): void =>
  attempt(
    () => {
      const text = print()
      if (text) localStorage.setItem(key, text)
      else remove(key)
    },
    () => remove(key),
  )

/** As it was written: what the browser's signal only withholds is not taken back. */
export const readWhole = (signal?: boolean): Decision | undefined => parseStanding(read(STANDING_KEY), signal)
export const readDecision = (): Decision | undefined => readWhole(optedOut())
export const writeDecision = (decision?: Decision): void =>
  write(STANDING_KEY, () => decision && printStanding(decision))

export const readPage = (): PageState => attempt(() => JSON.parse(read(PAGE_KEY) as string)) ?? {}
/** Starts from what stands there now, which another tab may have written; without a grant all but tickets goes. */
export const editPage = (change: PageState): void => {
  const granted = attempt(() => isGrant(readDecision()))
  write(PAGE_KEY, () => printPageState({ ...readPage(), ...change }, granted))
  if (!granted) tailKeys().forEach(remove)
}

/** What the key stands for goes with it, whatever became of the worker. */
export const destroy = (): unknown => attempt(() => indexedDB.deleteDatabase(STANDING_KEY))

/** The keys of every page's last words. */
export const tailKeys = (): string[] =>
  attempt(() => Object.keys(localStorage).filter(key => !key.indexOf(TAIL_KEY))) ?? []
