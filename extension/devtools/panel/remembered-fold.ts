/** Folding all signals is the one thing that takes long when something is supposed: what came of it is remembered. */

import { type FeatureSpec, type FoldState, foldAfresh } from '../../../core/feature.ts'
import type { Model } from '../../../core/model.ts'
import type { Signal } from '../../../core/signal.ts'
import { createPath, type Path } from './path.ts'

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
  const find = (specs: readonly FeatureSpec[], signals: readonly Signal[]): Known | undefined =>
    known.find(it => it.specs === specs && isSame(it.signals, signals))
  const remember = (it: Known): FoldState => {
    known = [it, ...known].slice(0, MOST_KNOWN)
    return it.state
  }
  return {
    /** As `foldAfresh`, whose state nobody may fold on in. */
    fold: (specs: readonly FeatureSpec[], signals: readonly Signal[]): FoldState =>
      find(specs, signals)?.state ?? remember({ specs, signals, state: foldAfresh(specs, signals) }),
    /** Folds them beforehand, a slice at each call. @returns whether there is more to fold */
    ahead: (model: Model, signals: readonly Signal[]): (() => boolean) => {
      let path: Path | undefined
      return () => {
        if (find(model.features, signals)) return false
        path ??= createPath(model, signals, 1)
        const more = path.step()
        if (!more) remember({ specs: model.features, signals, state: path.state })
        return more
      }
    },
  }
}
