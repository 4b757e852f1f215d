/** What is kept, day by day, newest first. A day is opened when it is asked for, and shows so many of its notes at a time. */

import type { Need } from '../core/needs.ts'
import type { Signal } from '../core/signal.ts'
import { actions, button } from './controls.ts'
import { correctionForm, isChangeable } from './correction.ts'
import { type ElementNode, h } from './element.ts'
import { note } from './note.ts'
import type { Tongue } from './tongue.ts'

export const DAYS_AT_ONCE = 10
export const NOTES_AT_ONCE = 40

/** How far a visitor has opened it. */
export interface Opened {
  /** So many days are shown. */
  readonly days: number
  /** Of an open day, by its first instant: how many notes are shown. */
  readonly notes: ReadonlyMap<number, number>
  /** The place among all signals of the one that is being changed. */
  readonly editing?: number | undefined
}

interface DayOfNotes {
  /** Midnight where the reader is, ms since 1970. */
  readonly from: number
  /** Places among all signals, newest first. */
  readonly notes: number[]
}

/** The reader's own days. Neighbours in time are mostly of one day, which is then not asked of the calendar again. */
const byDay = (signals: readonly Signal[]): DayOfNotes[] => {
  const days = new Map<number, DayOfNotes>()
  let day: DayOfNotes | undefined
  let until = 0
  const order = signals.map((_, i) => i).sort((a, b) => (signals[b] as Signal).at - (signals[a] as Signal).at)
  for (const i of order) {
    const { at } = signals[i] as Signal
    if (!day || at < day.from || at >= until) {
      const date = new Date(at)
      const from = date.setHours(0, 0, 0, 0)
      until = date.setDate(date.getDate() + 1)
      day = days.get(from) ?? { from, notes: [] }
      days.set(from, day)
    }
    day.notes.push(i)
  }
  return [...days.values()]
}

/** @param key its place among all signals, handed back in `data-note` */
const line = (signal: Signal, key: number, editing: boolean, needs: readonly Need[], tongue: Tongue): ElementNode => {
  const { words, clock } = tongue
  const what = h('span', { class: 'ns-unseen' }, `: ${words[`kind-${signal.kind}`]}, `, clock(signal.at))
  const data = { 'data-note': key }
  return h(
    'li',
    { class: 'ns-note', 'data-kind': signal.kind },
    h('span', { class: 'ns-when' }, clock(signal.at)),
    note(signal, tongue),
    editing
      ? correctionForm(signal, key, needs, tongue)
      : h(
          'span',
          { class: 'ns-note-actions' },
          isChangeable(signal) && button('change', [words['say-change'], what], 'quiet', data),
          button('remove', [words['say-remove'], what], 'quiet', data),
        ),
  )
}

/** Of these places, as a list with what may be done about each. */
export const notes = (
  signals: readonly Signal[],
  places: readonly number[],
  editing: number | undefined,
  needs: readonly Need[],
  tongue: Tongue,
): ElementNode =>
  h(
    'ul',
    { class: 'ns-notes' },
    places.map(i => line(signals[i] as Signal, i, i === editing, needs, tongue)),
  )

export const timeline = (
  signals: readonly Signal[],
  { days: shown, notes: open, editing }: Opened,
  needs: readonly Need[],
  tongue: Tongue,
): ElementNode => {
  const { words, weekday, plural } = tongue
  const days = byDay(signals)
  return h(
    'div',
    { class: 'ns-timeline' },
    days.slice(0, shown).map(day => {
      const most = open.get(day.from)
      const data = { 'data-day': day.from }
      return h(
        'section',
        { class: 'ns-day' },
        h(
          'h4',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'ns-fold',
              'data-does': 'day',
              'aria-expanded': String(most !== undefined),
              ...data,
            },
            h('span', {}, weekday(day.from)),
            h('span', { class: 'ns-quiet' }, plural('kept-notes', day.notes.length)),
          ),
        ),
        most !== undefined && notes(signals, day.notes.slice(0, most), editing, needs, tongue),
        most !== undefined && most < day.notes.length && actions(button('notes', words.more, 'plain', data)),
      )
    }),
    days.length > shown && actions(button('days', words.more)),
  )
}
