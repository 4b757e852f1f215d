/** What is kept of a signal. Apart from the rest of `needs`, for the page carries this alone. */

import type { Need } from './needs.ts'
import type { Signal } from './signal.ts'

/** Of a signal of the need's kind, only the fields in need; undefined where the need is not for such a signal. */
export const keptOf = (
  { kind, fields, words }: Pick<Need, 'kind' | 'fields' | 'words'>,
  signal: Signal,
): Signal | undefined => {
  for (const field in words) if (!words[field]?.includes(signal[field] as string)) return undefined
  const kept: { -readonly [K in keyof Signal]: Signal[K] } = { kind, at: signal.at }
  for (const field of fields) {
    const value = signal[field]
    if (value !== undefined) kept[field] = value
  }
  return kept
}

/** The same, where any of several needs may be for it: there is one at most for each kind. */
export const needed = (needs: readonly Need[], signal: Signal): Signal | undefined => {
  const need = needs.find(({ kind }) => kind === signal.kind)
  return need && keptOf(need, signal)
}
