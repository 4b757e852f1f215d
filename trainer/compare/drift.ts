/** Whether new rows are still like those that a model was made for: feature by feature, and segment by segment. */

import { assign } from '../../core/assign.ts'
import type { FeatureVector } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import type { CentroidSegmentation, Segment, Segmentation } from '../../core/segmentation.ts'
import { hashOfText, seeded } from '../random.ts'
import { bandCounts, propensitiesOf } from './band-counts.ts'
import { type Baseline, bandsIn, baselineOf, binned, columnOf, type Seen, segmentsIn } from './baseline.ts'
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

const used = (counts: readonly number[], i: number, other: readonly number[]): boolean => Boolean(counts[i] || other[i])

/** By the code that assigns on a device. */
export const seenBy = (model: Model, it: CentroidSegmentation, raws: readonly FeatureVector[]): Seen => ({
  raws,
  segments: raws.map(each => assign(model, it, each).segment),
})

/** Of each segment, and of all together: rows in each before and after, unassigned first. */
const segmentsDrift = (it: Segmentation, e: readonly number[], a: readonly number[], seed: number): Drift[] => {
  const all = it.segments.map((_, i) => i).filter(i => used(e, i, a))
  const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0)
  const segments = all.map(i => {
    const { id, label } = it.segments[i] as Segment
    const rest = (counts: readonly number[]): number[] => [counts[i] as number, sum(counts) - (counts[i] as number)]
    return drift('segment', `${id} ${label}`, rest(e), rest(a), seed)
  })
  const each = (counts: readonly number[]): number[] => all.map(i => counts[i] as number)
  return [...segments, drift('segments', it.label, each(e), each(a), seed)]
}

/**
 * @param before how the rows were spread that the model was made for
 * @param after new rows
 * @param seed of the draws that tell what chance reaches
 */
export const driftFrom = (
  model: Model,
  it: CentroidSegmentation,
  before: Baseline,
  after: Seen,
  seed: number,
): Drift[] => {
  const features = before.features.map(({ name, edges, rows }) => {
    const now = binned(edges, columnOf(model, name, after.raws))
    const bins = rows.map((_, i) => i).filter(i => used(rows, i, now))
    return drift(
      'feature',
      name,
      bins.map(i => rows[i] as number),
      bins.map(i => now[i] as number),
      seed,
    )
  })
  const likely = propensitiesOf(model).flatMap(each =>
    segmentsDrift(each, bandsIn(before, each.id) ?? [], bandCounts(model, each, after.raws), seed),
  )
  return [...features, ...segmentsDrift(it, before.segments, segmentsIn(it, after), seed), ...likely]
}

/** The same, from the rows themselves. */
export const driftOf = (model: Model, it: CentroidSegmentation, before: Seen, after: Seen, seed: number): Drift[] =>
  driftFrom(model, it, baselineOf(model, it, before), after, seed)
