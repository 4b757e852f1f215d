/** The page's time, carried forward between its messages. A worker's own clock is never read: it may be another. */

import type { Clock } from '../core/ports.ts'

export const createClock = (): Clock & { stamp(now: number): void } => {
  let stamped = 0
  let at = performance.now()
  return {
    stamp: now => {
      stamped = now
      at = performance.now()
    },
    now: () => stamped + Math.floor(performance.now() - at),
    after: (ms, act) => {
      // Timers hold 31 bits; whoever waits longer looks again then.
      const timer = setTimeout(act, Math.min(ms, 2 ** 31 - 1))
      return () => clearTimeout(timer)
    },
  }
}
