/** What is, out of a state of the page: where suppositions begin. */

import type { AccessDocument } from '../../../core/access.ts'
import { assign } from '../../../core/assign.ts'
import type { Pin, Pins } from '../../../core/correction.ts'
import { foldAfresh, rawVector } from '../../../core/feature.ts'
import type { Model } from '../../../core/model.ts'
import type { State } from '../../../core/protocol/devtools.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import type { SiteFiles } from './site-files.ts'
import type { Given } from './suppose.ts'

/** What the visitor said, as far as it shows: which segments were ruled out is not told, only that the one computed was. */
const pinsOf = (model: Model, kept: AccessDocument, raws: ReturnType<typeof rawVector>): Pins =>
  Object.fromEntries(
    kept.segments.flatMap(({ segmentation, segment, pinned, unassigned }): [string, Pin][] => {
      const it = model.segmentations.find(({ id }) => id === segmentation)
      if (pinned) return [[segmentation, { segment }]]
      return unassigned === 'not-me' && it ? [[segmentation, { not: [assign(model, it, raws).segment] }]] : []
    }),
  )

/** The latest change of each segmentation on the ledger. */
const changesIn = ({ ledger }: AccessDocument): Pick<Given, 'assigned' | 'since'> => {
  const assigned: { [segmentation: string]: SegmentId } = {}
  const since: { [segmentation: string]: number } = {}
  for (const { at, event } of ledger) {
    if (event.type !== 'segment') continue
    assigned[event.segmentation] = event.segment
    if (event.before) since[event.segmentation] = at
  }
  return { assigned, since }
}

const NOTHING_KEPT = { signals: [], unknown: [], pins: {}, assigned: {}, since: {} }

/** Undefined where the site's files are not to be had. */
export const givenBy = (
  state: State | undefined,
  { model, config }: SiteFiles,
  fold: typeof foldAfresh = foldAfresh,
): Given | undefined => {
  if (!state || !model || !config) return undefined
  const base = { model, config, decision: state.decision, optedOut: state.optedOut, now: state.at }
  const { kept } = state
  if (!kept) return { ...base, ...NOTHING_KEPT }
  const raws = rawVector(model.features, fold(model.features, kept.signals), kept.made)
  const unknown = model.features.flatMap(({ name }, i) =>
    raws[i] !== null && kept.features.find(each => each.name === name)?.value === null ? name : [],
  )
  return {
    ...base,
    now: kept.made,
    signals: kept.signals,
    unknown,
    pins: pinsOf(model, kept, raws),
    ...changesIn(kept),
  }
}
