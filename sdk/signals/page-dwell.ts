/** How long the page was visible. Time in a hidden tab does not count: nobody looks at it. */

/** Noted whenever the page goes out of sight, and by `turn` when one view ends and another begins. */
export const startDwell = (note: (ms: number) => void, park: () => void): { turn(): void; stop(): void } => {
  let since = 0

  const turn = (gone = document.hidden): void => {
    const ms = since && Math.round(performance.now() - since)
    since = gone ? 0 : performance.now()
    if (ms) note(ms)
  }
  // Safari leaves without a visibilitychange; where that does follow, it finds nothing left to note.
  const onTurn = (event: Event): void => {
    turn(document.hidden || event.type === 'pagehide')
    park()
  }
  const events = ['visibilitychange', 'pagehide']
  for (const event of events) addEventListener(event, onTurn, true)
  turn()
  return {
    turn: () => turn(),
    stop: () => {
      for (const event of events) removeEventListener(event, onTurn, true)
    },
  }
}
