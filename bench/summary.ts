/** From every single figure to one a measure: medians, and what is beyond the same page without any. */

import type { SessionFigures } from './session.ts'
import { NONE } from './variants.ts'
import { BURST, SPACED, type VisitFigures } from './visit.ts'

/** Everything that was measured of one variant, in order of rounds. */
export interface Measured {
  readonly name: string
  readonly version: string | undefined
  /** Bytes of what loads before consent, as sent. */
  readonly size: number
  readonly visits: VisitFigures[]
  readonly sessions: SessionFigures[]
}

export type Summary = { readonly [measure in keyof typeof measures]: number }

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

type Rounds<T> = readonly T[]

/** Round by round, as what slows a machine slows all of one round. */
const beyond = <T>(rounds: Rounds<T>, none: Rounds<T>, of: (figures: T) => number): number =>
  median(rounds.map((figures, round) => of(figures) - of(none[round] ?? figures)))
const own = <T>(rounds: Rounds<T>, _: Rounds<T>, of: (figures: T) => number): number => median(rounds.map(of))

const visits = (how: typeof beyond, of: (figures: VisitFigures) => number) => (it: Measured, none: Measured) =>
  how(it.visits, none.visits, of)
const sessions = (how: typeof beyond, of: (figures: SessionFigures) => number) => (it: Measured, none: Measured) =>
  how(it.sessions, none.sessions, of)

const US = 1000
const measures = {
  size: ({ size }: Measured) => size,
  startTask: visits(beyond, it => it.startTask),
  startScript: visits(beyond, it => it.startScript),
  stored: visits(own, it => it.storedBytes),
  heapStart: visits(beyond, it => it.heapStart / 1000),
  spaced: visits(own, it => (it.spaced / SPACED) * US),
  burst: visits(beyond, it => (it.burst / BURST) * US),
  heapAfter: visits(beyond, it => it.heapAfter / 1000),
  longTasks: visits(beyond, it => it.longTasks),
  lost: visits(own, it => it.lost),
  sessionTask: sessions(beyond, it => it.task),
  sessionScript: sessions(beyond, it => it.script),
  sessionProcess: sessions(beyond, it => it.process),
  requests: sessions(own, it => it.requests),
  payload: sessions(own, it => it.payload),
}

export type Measure = keyof typeof measures

/** By variant. What a variant was not measured for is not a number. */
export const summarise = (all: readonly Measured[]): ReadonlyMap<string, Summary> => {
  const none = all.find(({ name }) => name === NONE)
  if (!none) throw new Error('Nothing to compare with: the page without any was not measured.')
  const summaryOf = (it: Measured): Summary =>
    Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, measure(it, none)])) as Summary
  return new Map(all.map(it => [it.name, summaryOf(it)]))
}
