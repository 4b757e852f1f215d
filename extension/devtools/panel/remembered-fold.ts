/** Folding all signals is the one thing that takes long when something is supposed: what came of it is remembered. */

import { type FeatureSpec, type FoldState, foldAfresh } from '../../../core/feature.ts'
import type { Signal } from '../../../core/signal.ts'

/** All signals by the site's model and by another, and what is left of them under another decision. */
const MOST_KNOWN = 4

interface Known {
  readonly specs: readonly FeatureSpec[]
  readonly signals: readonly Signal[]
  readonly state: FoldState
}

const isSame = (a: readonly Signal[], b: readonly Signal[]): boolean =>
  a.length === b.length && a.every((signal, i) => signal === b[i])

export const createRememberedFold = () => {
  let known: readonly Known[] = []
  const remember = (it: Known): void => {
    known = [it, ...known].slice(0, MOST_KNOWN)
  }
  return {
    /** As `foldAfresh`, whose state nobody may fold on in. */
    fold: (specs: readonly FeatureSpec[], signals: readonly Signal[]): FoldState => {
      const same = known.find(it => it.specs === specs && isSame(it.signals, signals))
      const state = same?.state ?? foldAfresh(specs, signals)
      if (!same) remember({ specs, signals, state })
      return state
    },
    /** What was folded elsewhere, a slice at a time. */
    remember,
  }
}
