/** When a segment may change though nothing happens: worked out from what is kept, so that it comes true after a reload as well. */

import { MINUTE_MS } from './epoch.ts'
import { type FoldState, lastOf } from './feature.ts'
import type { Since } from './hold.ts'
import type { Model } from './model.ts'
import { SESSION_GAP_MS } from './partial.ts'
import { namesIn } from './segmentation.ts'

/** How often what depends on the time since something is looked at again, where it has no bounds to wait for. */
const LOOK_AGAIN_MS = MINUTE_MS

/** The whole numbers at which rules change their mind of a feature, in its own unit; undefined where something else than rules uses it. */
const boundsOf = ({ segmentations }: Model, name: string): number[] | undefined => {
  const bounds: number[] = []
  for (const it of segmentations) {
    if (!namesIn(it).includes(name)) continue
    if (it.kind !== 'rules') return undefined
    for (const { feature, least, most } of it.rules.flatMap(rule => rule.all))
      if (feature === name)
        bounds.push(
          ...(least === undefined ? [] : [-Math.floor(-least)]),
          ...(most === undefined ? [] : [Math.floor(most) + 1]),
        )
  }
  return bounds
}

/** The next such instant after `now`, ms since 1970; Infinity where there is none. Midnight is not among them. */
export const nextTurn = (model: Model, fold: FoldState, since: Since | undefined, now: number): number => {
  const turns = model.segmentations.map(({ id, hold = 0 }) => (since?.[id] ?? -Infinity) + hold * MINUTE_MS)
  model.features.forEach((spec, i) => {
    const last = spec.aggregate === 'recency' ? lastOf(spec, i, fold, now) : undefined
    if (last === undefined) return
    const bounds = boundsOf(model, spec.name)
    if (bounds) turns.push(...bounds.map(bound => last + bound * (spec.per ?? 1)))
    else turns.push(now + LOOK_AGAIN_MS)
    if (spec.window === 'session') turns.push((fold.session?.last ?? 0) + SESSION_GAP_MS)
  })
  return Math.min(Infinity, ...turns.filter(turn => turn > now))
}
