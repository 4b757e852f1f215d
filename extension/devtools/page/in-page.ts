/**
 * Between the page's own world, where it can be observed, and the extension's, where it can be told: two events on the document,
 * whose details are texts. The page could hear and forge them; what they say is what the page says anyway.
 */

import { integer, object, parseJson } from '../../../core/parse.ts'
import { parseTold } from '../parse-told.ts'
import type { Told } from './tell.ts'

/** From the observer: one thing told, as JSON. */
const TOLD = 'nearside-devtools-told'
/** To the observer: the number after which it is to tell, or `stop`. */
const ASKED = 'nearside-devtools-asked'
/** From an observer that begins: cancelled where there is one already. */
const BEGINS = 'nearside-devtools-begins'

export interface Numbered {
  readonly i: number
  readonly told: Told
}

const detailOf = (event: Event): string => String((event as CustomEvent<unknown>).detail)

/** The observer's end. */
export const observerEnd = (page: Document) => ({
  /** Is there none before it? */
  begin: (): boolean => page.dispatchEvent(new CustomEvent(BEGINS, { cancelable: true })),
  tell: (numbered: Numbered): void => {
    page.dispatchEvent(new CustomEvent(TOLD, { detail: JSON.stringify(numbered) }))
  },
  /** @param asked a number, or undefined where nobody looks any more */
  serve: (asked: (after: number | undefined) => void): (() => void) => {
    const over = new AbortController()
    const { signal } = over
    page.addEventListener(BEGINS, event => event.preventDefault(), { signal })
    page.addEventListener(
      ASKED,
      event => {
        const detail = detailOf(event)
        asked(/^\d+$/.test(detail) ? Number(detail) : undefined)
      },
      { signal },
    )
    return () => over.abort()
  },
})

const numbered = object({ i: integer(1, Number.MAX_SAFE_INTEGER), told: parseTold })

/** The extension's end. */
export const relayEnd = (page: Document) => ({
  ask: (after: number | 'stop'): void => {
    page.dispatchEvent(new CustomEvent(ASKED, { detail: String(after) }))
  },
  /** @param began an observer has begun, and waits to be asked */
  hear: (told: (it: Numbered) => void, began: () => void): (() => void) => {
    const over = new AbortController()
    const { signal } = over
    const hearTold = (event: Event): void => {
      try {
        told(numbered(parseJson(detailOf(event), 'told'), 'told'))
      } catch {
        // Whoever wrote this is no observer of ours.
      }
    }
    page.addEventListener(TOLD, hearTold, { signal })
    // Once it listens.
    page.addEventListener(BEGINS, () => queueMicrotask(began), { signal })
    return () => over.abort()
  },
})
