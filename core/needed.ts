/** What is kept of a signal. Apart from the rest of `needs`, for the page carries this alone. */

import type { Need } from './needs.ts'
import type { Signal } from './signal.ts'

/**
 * Of a signal of the need's kind, only the fields in need; undefined where the need is not for such a signal. A word of the
 * site's own that no feature names becomes `other`, where a feature asks for signals with any word.
 */
export const keptOf = (
  { kind, fields, words }: Pick<Need, 'kind' | 'fields' | 'words'>,
  signal: Signal,
): Signal | undefined => {
  const kept: { -readonly [K in keyof Signal]: Signal[K] } = { kind, at: signal.at }
  for (const field of fields) {
    const value = signal[field]
    if (value !== undefined) kept[field] = value
  }
  // Not `in`: a page may have added names to every object there is.
  for (const [field, known] of Object.entries(words ?? {})) {
    if (known.includes(signal[field] as string)) continue
    // `other` is a kind of page like any other.
    if (field === 'page' || !known.includes('other')) return undefined
    kept[field] = 'other'
  }
  return kept
}

/** The same, where any of several needs may be for it: there is one at most for each kind. */
export const needed = (needs: readonly Need[], signal: Signal): Signal | undefined => {
  const need = needs.find(({ kind }) => kind === signal.kind)
  return need && keptOf(need, signal)
}
