/** How long the page was visible. Time in a hidden tab does not count: nobody looks at it. */

/**
 * Noted whenever the page goes out of sight, until `signal` aborts.
 * @returns notes what has gathered; called when one view ends and another begins
 */
export const startDwell = (note: (ms: number) => void, park: () => void, signal: AbortSignal): (() => void) => {
  let since = 0

  const turn = (gone = document.hidden): void => {
    const now = performance.now()
    const ms = since && Math.round(now - since)
    if (ms) note(ms)
    // Last, and right behind: Firefox may cut a handler short when a tab closes, and the next event then begins it again.
    since = gone ? 0 : now
  }
  // Safari leaves without a visibilitychange; where that does follow, it finds nothing left to note.
  for (const event of ['visibilitychange', 'pagehide']) {
    addEventListener(
      event,
      () => {
        turn(document.hidden || event === 'pagehide')
        park()
      },
      { capture: true, signal },
    )
  }
  return turn
}
