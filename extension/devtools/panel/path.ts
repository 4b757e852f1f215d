/** How features and places came to be what they are: the signals folded once more, with a look every so often. */

import { assign } from '../../../core/assign.ts'
import { emptyFold, type FeatureVector, type FoldState, fold, rawVector } from '../../../core/feature.ts'
import type { Model } from '../../../core/model.ts'
import { type Place, placeOf } from '../../../core/place.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import type { Signal } from '../../../core/signal.ts'

export interface Step {
  readonly at: number
  readonly raws: FeatureVector
  /** What would have been assigned, were all of it granted. */
  readonly segments: { readonly [segmentation: string]: SegmentId }
  readonly places: { readonly [segmentation: string]: Place | undefined }
}

export interface Path {
  readonly steps: readonly Step[]
  /** What is folded so far. */
  readonly state: FoldState
  /** @returns whether there is more to fold */
  step(): boolean
}

/** As many as a line of eighty pixels shows. */
const LOOKS = 40
const SLICE_MS = 5
const STRIDE = 64

const lookAt = (model: Model, state: ReturnType<typeof emptyFold>, at: number): Step => {
  const raws = rawVector(model.features, state, at)
  return {
    at,
    raws,
    segments: Object.fromEntries(model.segmentations.map(it => [it.id, assign(model, it, raws).segment])),
    places: Object.fromEntries(model.segmentations.map(it => [it.id, placeOf(model, it, raws)])),
  }
}

/**
 * @param looks how many steps at most, evenly over the signals
 * @param now where the last step is, ms since 1970; else it is at the last signal
 */
export const createPath = (
  model: Model,
  signals: readonly Signal[],
  looks = LOOKS,
  now?: number,
  clock = () => performance.now(),
): Path => {
  const sorted = [...signals].sort((a, b) => a.at - b.at)
  const every = Math.max(1, sorted.length / looks)
  const state = emptyFold()
  const steps: Step[] = []
  let at = 0
  let over = false
  const finish = (): boolean => {
    if (!over && now !== undefined) steps.push(lookAt(model, state, now))
    over = true
    return false
  }
  return {
    steps,
    state,
    step: () => {
      const end = clock() + SLICE_MS
      while (at < sorted.length) {
        const signal = sorted[at] as Signal
        fold(model.features, state, signal)
        at++
        const due = Math.floor(at / every) > Math.floor((at - 1) / every) || at === sorted.length
        if (due) steps.push(lookAt(model, state, signal.at))
        if ((due || at % STRIDE === 0) && clock() > end) return true
      }
      return finish()
    },
  }
}
