/** GA4 ecommerce, as sites already push it for a tag manager: `dataLayer.push({ event, ecommerce })` and gtag's `('event', …)`. */

import { listenIn } from './patch.ts'
import { loadBeside, type Source } from './source.ts'
import type { Words } from './words.entry.ts'

/** Entries from before now: more is no shop's. */
const MOST = 200

type Given = Record<string, unknown>

export const start: Source = (note, signal, { needs, past }) => {
  const words = loadBeside<Words>('words')

  /** Its names are our kinds; but page views and clicks are noted otherwise. Whatever a page pushes, nothing comes back to it. */
  const look = async (entry: unknown): Promise<void> => {
    try {
      const { event, ecommerce, 0: verb, 1: called, 2: params } = entry as Given
      const name = verb === 'event' ? called : event
      const kind = name === 'view_search_results' ? 'search' : name
      if (!needs.some(need => need.kind === kind && (need.category === 'shopping' || kind === 'search'))) return
      const { currency, value, items } = ((verb === 'event' ? params : ecommerce) ?? {}) as Given
      const list = (items ?? []) as Given[]
      const label = list[0]?.item_category
      const { fieldsFrom } = await words
      if (!signal.aborted) note(kind as string, fieldsFrom(label, list, value, currency))
    } catch {
      // A page may push anything.
    }
  }

  try {
    const page = window as { dataLayer?: unknown[] }
    page.dataLayer ??= []
    const layer = page.dataLayer
    if (past) layer.slice(-MOST).forEach(look)
    listenIn(layer, 'push', given => given.forEach(look), signal)
  } catch {
    // Frozen, or no list at all.
  }
}
