/** How far the panels of what is kept are opened, as data, and what opens them further. */

import type { Given } from '../controls.ts'
import { DAYS_AT_ONCE, NOTES_AT_ONCE, type Opened } from '../timeline.ts'
import type { Scope, Stage } from './erasure.ts'
import { ENTRIES_AT_ONCE } from './sent.ts'

export interface Opening extends Opened {
  readonly editing: number | undefined
  /** So many entries of the ledger are shown. */
  readonly entries: number
  readonly stage: Stage
}

export const UNOPENED: Opening = {
  days: DAYS_AT_ONCE,
  notes: new Map(),
  editing: undefined,
  entries: ENTRIES_AT_ONCE,
  stage: { at: 'choosing' },
}

/** Each by the name of its control. @param show changes what is opened, and draws it */
export const createOpeners = (now: () => Opening, show: (change: Partial<Opening>) => unknown) => {
  const notesOf = (day: number, n: number | undefined): Opening['notes'] => {
    const notes = new Map(now().notes)
    if (n === undefined) notes.delete(day)
    else notes.set(day, n)
    return notes
  }
  const shown = (day: number): number | undefined => now().notes.get(day)
  return {
    day: ({ day }: Given) => show({ notes: notesOf(Number(day), shown(Number(day)) ? undefined : NOTES_AT_ONCE) }),
    days: () => show({ days: now().days + DAYS_AT_ONCE }),
    notes: ({ day }: Given) => show({ notes: notesOf(Number(day), (shown(Number(day)) ?? 0) + NOTES_AT_ONCE) }),
    entries: () => show({ entries: now().entries + ENTRIES_AT_ONCE }),
    change: ({ note }: Given) => show({ editing: Number(note) }),
    cancel: () => show({ editing: undefined }),
  }
}

/** A scope as its control names it; days begin and end where the reader is. */
export const scopeOf = ({ category, from, to }: Given): Scope => {
  const instant = (given: string | undefined, end: string): number | undefined =>
    given ? (given.includes('-') ? Date.parse(`${given}T${end}`) : Number(given)) : undefined
  const read = { category, from: instant(from, '00:00:00'), to: instant(to, '23:59:59.999') }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Scope
}
