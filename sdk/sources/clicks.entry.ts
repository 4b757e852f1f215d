/**
 * Clicks on what the site has marked: `data-nearside-signal="newsletter"` is a click of that name; the name of a kind that is needed
 * is a signal of that kind, with its fields beside it: `data-nearside-signal="add_to_cart" data-nearside-value="1290"`.
 */

import type { Fields } from '../capture.ts'
import { loadBeside, type Source } from './source.ts'
import type { Words } from './words.entry.ts'

export const start: Source = (note, signal, { needs }) => {
  const words = loadBeside<Words>('words')
  const take = async ({ dataset: { nearsideSignal, ...rest } }: HTMLElement): Promise<void> => {
    const { wordFrom } = await words
    const name = wordFrom(nearsideSignal)
    if (signal.aborted || !name) return
    const need = needs.find(({ kind }) => kind === nearsideSignal)
    if (!need) return note('click', { name })
    const fields: { [field: string]: string | number } = {}
    for (const field of need.fields) {
      const given = rest[`nearside${field[0]?.toUpperCase()}${field.slice(1)}`]
      const value = /^\d+$/.test(`${given}`) ? Number(given) : field === 'currency' ? given : wordFrom(given)
      if (value !== undefined) fields[field] = value
    }
    note(need.kind, fields satisfies Fields)
  }
  addEventListener(
    'click',
    event => {
      const marked = (event.composedPath()[0] as Element).closest?.('[data-nearside-signal]')
      if (marked) take(marked as HTMLElement).catch(() => {})
    },
    { capture: true, passive: true, signal },
  )
}
