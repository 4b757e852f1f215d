/** Clicks repeated in one place: something does not answer. Noted once a burst; where it was is not kept. */

import type { Source } from './source.ts'

/** A burst: clicks no more than a second and a fingertip apart, three at least. */
const APART_MS = 1000
const APART_PX = 30
const LEAST = 3

export const start: Source = (note, signal, { park }) => {
  let clicks = 0
  let place: MouseEvent | undefined
  let timer: ReturnType<typeof setTimeout>

  const tell = (): void => {
    // Three clicks also select a paragraph.
    if (clicks >= LEAST && !`${getSelection()}`) note('rage_click', { clicks })
    clicks = 0
  }
  addEventListener(
    'click',
    event => {
      // Enter and Space click as well, in no place.
      if (!event.detail) return
      const near = place && Math.hypot(event.clientX - place.clientX, event.clientY - place.clientY) < APART_PX
      if (!near) tell()
      place = event
      clicks++
      clearTimeout(timer)
      timer = setTimeout(() => signal.aborted || tell(), APART_MS)
    },
    { capture: true, passive: true, signal },
  )
  addEventListener(
    'pagehide',
    () => {
      tell()
      park()
    },
    { signal },
  )
}
