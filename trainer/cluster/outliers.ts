/** Outliers as a segment of their own: who is farther from every centroid than its reach. */

import { squaredDistance } from '../../core/assign.ts'
import { fault, object, optional, type Parser, real } from '../../core/parse.ts'
import type { CentroidSegmentation, Segment, SegmentId } from '../../core/segmentation.ts'
import { rounded } from '../scale.ts'

export interface Outliers {
  readonly label: string
  readonly description: string
  /** Of training rows; of `dbscan` without it, the reach that parts its outliers best from the others. */
  readonly share?: number
}

const DEFAULT_SHARE = 0.01
const MOST = 0.5

const share: Parser<number> = (value, place) => {
  const number = real(value, place)
  return number > 0 && number < MOST
    ? number
    : fault(place, `found ${number}`, `Expected a share above 0 and below ${MOST}`)
}

/** @param words how a label and a description are read */
export const parseOutliers = (words: {
  readonly label: Parser<string>
  readonly description: Parser<string>
}): Parser<Outliers> => object({ ...words, share: optional(share) })

interface Far {
  readonly distance: number
  readonly isOutlier: boolean
}

/** How many of the farthest are outliers: those of `dbscan` in, as few others as can be. */
const parting = (farthest: readonly Far[]): number => {
  const outliers = farthest.filter(each => each.isOutlier).length
  let [best, count, inside] = [Number.NEGATIVE_INFINITY, 0, 0]
  farthest.forEach(({ isOutlier }, i) => {
    if (isOutlier) inside++
    const score = inside / outliers - (i + 1 - inside) / (farthest.length - outliers)
    if (score > best) [best, count] = [score, i + 1]
  })
  return count
}

/** Rows that are equally far are all out or all in: the count nearest to the one wanted that parts none of them. */
const untied = (farthest: readonly Far[], count: number): number => {
  const parts = (at: number): boolean => at > 0 && farthest[at - 1]?.distance !== farthest[at]?.distance
  for (let off = 0; off < farthest.length; off++) {
    if (parts(count + off) && count + off < farthest.length) return count + off
    if (parts(count - off)) return count - off
  }
  return count
}

/** Half way between the last who is out and the first who is in. */
const reachOf = (rows: readonly Far[], { share: told }: Outliers): number => {
  const farthest = [...rows].sort((a, b) => b.distance - a.distance)
  const any = rows.some(each => each.isOutlier)
  const wanted =
    told === undefined && any ? parting(farthest) : Math.max(1, Math.floor((told ?? DEFAULT_SHARE) * rows.length + 0.5))
  const count = untied(farthest, wanted)
  const [last, next] = [farthest[count - 1]?.distance ?? 0, farthest[count]?.distance ?? 0]
  return rounded((last + next) / 2)
}

/** The smallest number that no id is called by, under the same letters and as long. */
const freshId = (segments: readonly Segment[]): SegmentId => {
  const taken = segments.map(({ id }) => id as string)
  const first = taken[0] as string
  const letters = first.replace(/\d+$/, '')
  let number = 1
  const id = (): string => `${letters}${String(number).padStart(first.length - letters.length, '0')}`
  while (taken.includes(id())) number++
  return id() as SegmentId
}

export interface Beyond {
  readonly it: CentroidSegmentation
  /** The mean of those who are out, in scaled space. */
  readonly middle: readonly number[]
}

/**
 * @param rows training rows in scaled space, at their full extent, as a device sees them
 * @param labels of clustering, below 0 where a row is in no cluster
 * @param before the segmentation until now, whose outliers keep their id
 */
export const withOutliers = (
  it: CentroidSegmentation,
  outliers: Outliers,
  rows: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  before?: CentroidSegmentation,
): Beyond => {
  const far = rows.map((row, i): Far => {
    const squares = it.centroids.map(centroid => squaredDistance(row, centroid))
    return { distance: Math.sqrt(Math.min(...squares)), isOutlier: (labels[i] as number) < 0 }
  })
  const reach = reachOf(far, outliers)
  const out = rows.filter((_, i) => (far[i] as Far).distance > reach)
  const middle = it.features.map(
    (_, j) => out.reduce((sum, row) => sum + (row[j] as number), 0) / Math.max(1, out.length),
  )
  const { label, description } = outliers
  const kept = before?.reach === undefined ? undefined : before.segments.at(-1)?.id
  const id = kept ?? freshId([...it.segments, ...(before?.segments ?? [])])
  return { it: { ...it, reach, segments: [...it.segments, { id, label, description }] }, middle }
}
