/** What the site marked in its pages for us: links that open the choices, and words for those whose browser sends its signal. */

import type { Nearside } from '../api.ts'
import { optedOut } from './signal.ts'

const open = (event: Event): void => {
  event.preventDefault()
  void (window as { nearside?: Nearside }).nearside?.openPrivacyCenter()
}

/** Listens to nothing but what is marked. @returns looks for what is new */
export const createMarked = (): (() => void) => {
  const known = new WeakSet<Element>()
  return () => {
    for (const it of document.querySelectorAll('[data-nearside-choices]')) {
      if (known.has(it)) continue
      known.add(it)
      it.addEventListener('click', open)
    }
    if (optedOut()) for (const it of document.querySelectorAll('[data-nearside-gpc]')) it.removeAttribute('hidden')
  }
}
