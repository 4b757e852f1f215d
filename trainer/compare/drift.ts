/** Whether new rows are still like those that a model was made for: feature by feature, and segment by segment. */

import { assign } from '../../core/assign.ts'
import type { FeatureVector } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import type { CentroidSegmentation, SegmentId } from '../../core/segmentation.ts'
import { hashOfText, seeded } from '../random.ts'
import { chanceBand, psiOf } from './psi.ts'

export interface Drift {
  readonly of: 'feature' | 'segment' | 'segments'
  readonly name: string
  readonly psi: number
  /** What chance alone reaches in 95 of 100 cases with so many rows. */
  readonly band: number
  /** By convention below 0.1 stable, up to 0.25 moderate, above major; and within the band, chance. */
  readonly verdict: 'stable' | 'chance' | 'moderate' | 'major'
}

const MODERATE = 0.1
const MAJOR = 0.25
const BINS = 10

const verdictOf = (psi: number, band: number): Drift['verdict'] =>
  psi <= band ? (psi > MODERATE ? 'chance' : 'stable') : psi > MAJOR ? 'major' : psi > MODERATE ? 'moderate' : 'stable'

const drift = (
  of: Drift['of'],
  name: string,
  expected: readonly number[],
  actual: readonly number[],
  seed: number,
): Drift => {
  const psi = psiOf(expected, actual)
  const band = chanceBand(expected, actual, seeded(seed, hashOfText(`${of} ${name}`)))
  const rounded = (x: number): number => Number(x.toFixed(4))
  return { of, name, psi: rounded(psi), band: rounded(band), verdict: verdictOf(psi, band) }
}

/** Upper edges of tenths; equal ones fall together. */
const edgesOf = (values: readonly number[]): number[] => {
  const sorted = Float64Array.from(values).sort()
  const edges = Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) / BINS) * (sorted.length - 1))] as number,
  )
  return [...new Set(edges)]
}

/** Rows in each bin; the last counts those of which the feature is not known. */
const binned = (edges: readonly number[], values: readonly (number | null)[]): number[] => {
  const counts = new Array<number>(edges.length + 2).fill(0)
  for (const value of values) {
    const found = value === null ? edges.length + 1 : edges.findIndex(edge => value <= edge)
    const bin = found < 0 ? edges.length : found
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

const used = (counts: readonly number[], i: number, other: readonly number[]): boolean => Boolean(counts[i] || other[i])

/** Raw vectors in the model's order, and the segment of each. */
export interface Seen {
  readonly raws: readonly FeatureVector[]
  readonly segments: readonly SegmentId[]
}

/** By the code that assigns on a device. */
export const seenBy = (model: Model, it: CentroidSegmentation, raws: readonly FeatureVector[]): Seen => ({
  raws,
  segments: raws.map(each => assign(model, it, each).segment),
})

/**
 * @param before the rows the model was made for
 * @param after new rows
 * @param seed of the draws that tell what chance reaches
 */
export const driftOf = (model: Model, it: CentroidSegmentation, before: Seen, after: Seen, seed: number): Drift[] => {
  const features = it.features.map(name => {
    const at = model.features.findIndex(spec => spec.name === name)
    const [old, now] = [before, after].map(({ raws }) => raws.map(row => row[at] ?? null)) as [
      (number | null)[],
      (number | null)[],
    ]
    const edges = edgesOf(old.filter(value => value !== null))
    const [e, a] = [binned(edges, old), binned(edges, now)]
    const bins = e.map((_, i) => i).filter(i => used(e, i, a))
    return drift(
      'feature',
      name,
      bins.map(i => e[i] as number),
      bins.map(i => a[i] as number),
      seed,
    )
  })
  const segmentsIn = ({ segments }: Seen): number[] =>
    it.segments.map(({ id }) => segments.filter(each => each === id).length)
  const [e, a] = [segmentsIn(before), segmentsIn(after)]
  const segments = it.segments.flatMap(({ id, label }, i) => {
    if (!used(e, i, a)) return []
    const rest = (counts: readonly number[], of: number): number[] => [counts[i] as number, of - (counts[i] as number)]
    return [drift('segment', `${id} ${label}`, rest(e, before.raws.length), rest(a, after.raws.length), seed)]
  })
  const all = it.segments.map((_, i) => i).filter(i => used(e, i, a))
  return [
    ...features,
    ...segments,
    drift(
      'segments',
      it.label,
      all.map(i => e[i] as number),
      all.map(i => a[i] as number),
      seed,
    ),
  ]
}
