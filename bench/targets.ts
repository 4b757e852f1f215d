/** What Nearside sets itself, and whether it holds. */

import type { Summary } from './summary.ts'
import { NEARSIDE, REFUSED } from './variants.ts'

export interface Verdict {
  readonly target: string
  readonly limit: number
  readonly found: number
  readonly unit: string
  readonly holds: boolean
  /** A limit of Nearside's own; without it, one that depends on how a peer did. */
  readonly hard: boolean
  /** Said where it is missed. */
  readonly because?: string
}

/** Measured: a request costs a page's main thread more than a millisecond, whatever asks for it. */
const REQUESTS =
  'Running them is the least of it: a browser spends its time on loading two scripts and the config, where plausible loads one'

/** A deviation smaller than what is printed is none. */
const EPSILON = 0.005

export const judge = (all: ReadonlyMap<string, Summary>): Verdict[] => {
  const [asking, refused, plausible] = [all.get(NEARSIDE), all.get(REFUSED), all.get('plausible')]
  if (!asking || !refused) return []
  const verdict = (target: string, found: number, limit: number, unit: string, hard = true): Verdict => ({
    target,
    limit,
    found,
    unit,
    holds: found <= limit + EPSILON,
    hard,
  })
  return [
    ...(plausible
      ? [
          verdict(
            'before consent, at most half of plausible, in scripts',
            refused.startScript,
            plausible.startScript / 2,
            'ms',
            false,
          ),
          {
            ...verdict(
              'before consent, at most half of plausible, all of the main thread',
              refused.startTask,
              plausible.startTask / 2,
              'ms',
              false,
            ),
            because: REQUESTS,
          },
        ]
      : []),
    verdict('an event by itself', asking.spaced, 50, 'us'),
    verdict('an event in a loop of 1,000', asking.burst, 5, 'us'),
    verdict('requests of a session', asking.requests, 4, ''),
    verdict('payload of a session', asking.payload, 600, 'B'),
    verdict('stored before consent', asking.stored, 0, 'B'),
    verdict('long tasks added', asking.longTasks, 0, ''),
    verdict('events lost of a burst of 1,000', asking.lost, 0, ''),
  ]
}
