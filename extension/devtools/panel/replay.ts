/** A session's signals played through two models, and the moments at which either changed its mind. */

import type { Model } from '../../../core/model.ts'
import type { Signal } from '../../../core/signal.ts'
import { labelIn } from './differences.ts'
import { createPath, type Path } from './path.ts'

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly segmentation: string
  /** What each of the two says from then on; undefined where it does not ask the question. */
  readonly is: string | undefined
  readonly would: string | undefined
}

export interface Replay {
  /** @returns whether there is more to play */
  step(): boolean
  moments(): readonly Moment[]
}

/** Up to here a look at every signal; both models are looked at alike. */
const MOST_LOOKS = 2000

const saidBy = (model: Model, path: Path, i: number, id: string): string | undefined => {
  const segment = path.steps[i]?.segments[id]
  return segment && labelIn(model, id, segment)
}

export const createReplay = (signals: readonly Signal[], now: Model, then: Model): Replay => {
  const looks = Math.min(MOST_LOOKS, signals.length)
  const paths = [now, then].map(model => createPath(model, signals, looks))
  const [first, second] = paths as [Path, Path]
  return {
    step: () => first.step() || second.step(),
    moments: () => {
      const ids = [...new Set([...now.segmentations, ...then.segmentations].map(({ id }) => id))]
      return ids
        .flatMap(segmentation =>
          first.steps.flatMap(({ at }, i): Moment[] => {
            const said = (step: number) => [
              saidBy(now, first, step, segmentation),
              saidBy(then, second, step, segmentation),
            ]
            const [a, b] = said(i)
            const [before, other] = i ? said(i - 1) : []
            return i && a === before && b === other ? [] : [{ at, segmentation, is: a, would: b }]
          }),
        )
        .sort((a, b) => a.at - b.at)
    },
  }
}
