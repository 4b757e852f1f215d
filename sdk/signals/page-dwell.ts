/** How long the page was visible. Time in a hidden tab does not count: nobody looks at it. */

import type { Guard } from '../buffer.ts'

/**
 * Noted whenever the page goes out of sight, until `signal` aborts.
 * @returns notes what has gathered; called when one view ends and another begins
 */
export const startDwell = (
  note: (kind: 'page_dwell', fields: { readonly ms: number }) => void,
  park: () => void,
  signal: AbortSignal,
  guard: Guard,
): (() => void) => {
  let since = 0
  /** Since a pagehide: what comes back from a cache is made visible before it is shown. */
  let left = false

  const turn = (): void => {
    const now = performance.now()
    // Whole milliseconds, in the fewest letters.
    const ms = since && (now - since) | 0
    if (ms) note('page_dwell', { ms })
    // Last, and right behind: Firefox may cut a handler short when a tab closes, and the next event then begins it again.
    since = left || document.hidden ? 0 : now
  }
  // Safari leaves without a visibilitychange; where that does follow, it finds nothing left to note.
  for (const event of ['visibilitychange', 'pagehide']) {
    addEventListener(
      event,
      () =>
        guard(() => {
          left ||= event === 'pagehide'
          turn()
          park()
        }),
      { capture: true, signal },
    )
  }
  return () => {
    left = false
    turn()
  }
}
