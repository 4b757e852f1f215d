/** A model trained again keeps the ids of segments that persist: a report, a rule, a page that names one goes on meaning the same. */

import { fault } from '../../core/parse.ts'
import type { CentroidSegmentation, Segment, SegmentId } from '../../core/segmentation.ts'
import { matchSegments } from './match.ts'

const DIGITS = '123456789abcdefghijklmnopqrstuvwxyz'

/** Ids as long as those there are, which nothing was ever called by. */
const freshIds = (taken: readonly string[], unassigned: string): (() => SegmentId) => {
  const stem = unassigned.replace(/\d+$/, '')
  const width = unassigned.length - stem.length
  const used = new Set(taken)
  const all = [...DIGITS].map(digit => `${stem}${digit.padStart(width, '0')}`)
  const many = width > 1 ? Array.from({ length: 99 }, (_, i) => `${stem}${String(i + 1).padStart(width, '0')}`) : []
  return () => {
    const next = [...many, ...all].find(id => id.length === unassigned.length && !used.has(id))
    if (!next) return fault('ids', 'no short id is left', 'Begin anew: nearside train')
    used.add(next)
    return next as SegmentId
  }
}

/**
 * The segmentation with the segments that persist first, in their old order, under their old ids; then those that are new.
 * @param before the model's segmentation until now
 * @param named whether a segment of `it` brings words from the recipe: they are newer than the old ones
 */
export const keepSegments = (
  before: CentroidSegmentation,
  it: CentroidSegmentation,
  named: (segment: Segment) => boolean,
): CentroidSegmentation => {
  const pairs = matchSegments(before, it)
  const ids = before.segments.map(({ id }) => id)
  const fresh = freshIds(ids, ids[0] as string)
  const kept = pairs.map(({ a, b }) => {
    const [old, now] = [before.segments[a + 1] as Segment, it.segments[b + 1] as Segment]
    return { at: b, segment: named(now) ? { ...now, id: old.id } : old }
  })
  const added = it.centroids.flatMap((_, b) =>
    pairs.some(pair => pair.b === b) ? [] : [{ at: b, segment: { ...(it.segments[b + 1] as Segment), id: fresh() } }],
  )
  const all = [...kept, ...added]
  return {
    ...it,
    segments: [{ ...(it.segments[0] as Segment), id: ids[0] as SegmentId }, ...all.map(({ segment }) => segment)],
    centroids: all.map(({ at }) => it.centroids[at] as readonly number[]),
  }
}
