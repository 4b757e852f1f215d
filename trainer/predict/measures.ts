/** How good a prediction is: over scores and what came of them. */

import { log } from '../../core/elementary.ts'

export interface Scored {
  /** Probabilities. */
  readonly scores: Float64Array
  readonly yes: Uint8Array
}

/** Rows by falling score, those of one score together: [rows, yes among them]. */
const ranked = ({ scores, yes }: Scored): { readonly score: number; readonly rows: number; readonly yes: number }[] => {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
  const groups: { score: number; rows: number; yes: number }[] = []
  for (const row of order) {
    const score = scores[row] as number
    const last = groups.at(-1)
    if (last?.score === score) {
      last.rows += 1
      last.yes += yes[row] as number
    } else groups.push({ score, rows: 1, yes: yes[row] as number })
  }
  return groups
}

/** The chance that one of those it happened to scores above one of the others; ties count half. 0.5 is guessing. */
export const aucOf = (it: Scored): number => {
  let [area, found, passed] = [0, 0, 0]
  for (const { rows, yes } of ranked(it)) {
    area += (rows - yes) * (found + yes / 2)
    found += yes
    passed += rows - yes
  }
  return found && passed ? area / (found * passed) : 0.5
}

export interface CurvePoint {
  /** Of those it happened to, the share that scores at least this much; of the others; and of those picked, the share it happened to. */
  readonly recall: number
  readonly falseAlarms: number
  readonly precision: number
}

const CURVE_POINTS = 60
/** Two points that lie closer would tell of the rows between them. */
const FEWEST_BETWEEN = 10

/** The points of ROC and precision-recall curves, at most 60, ten rows or more apart. */
export const curveOf = (it: Scored): CurvePoint[] => {
  const groups = ranked(it)
  const total = groups.reduce((sum, { yes }) => sum + yes, 0)
  const others = it.yes.length - total
  const points: CurvePoint[] = []
  const step = Math.max(FEWEST_BETWEEN, it.yes.length / CURVE_POINTS)
  let [found, picked, next] = [0, 0, step]
  groups.forEach(({ rows, yes }, i) => {
    found += yes
    picked += rows
    const isLast = i === groups.length - 1
    if (picked < next && !isLast) return
    // The end takes the place of a point too near to it.
    if (picked < next) points.pop()
    next = picked + step
    points.push({
      recall: found / Math.max(1, total),
      falseAlarms: (picked - found) / Math.max(1, others),
      precision: found / picked,
    })
  })
  return points
}

/** Area under precision over recall, in steps: what guessing reaches is the share it happened to. */
export const averagePrecisionOf = (it: Scored): number => {
  let [sum, found, picked] = [0, 0, 0]
  for (const { rows, yes } of ranked(it)) {
    found += yes
    picked += rows
    sum += (yes * found) / picked
  }
  return found ? sum / found : 0
}

/** Mean loss in nats. */
export const logLossOf = ({ scores, yes }: Scored): number => {
  const sum = scores.reduce((total, p, row) => total - log(yes[row] ? p : 1 - p), 0)
  return sum / scores.length
}

/** Mean squared difference of probability and what came. */
export const brierOf = ({ scores, yes }: Scored): number =>
  scores.reduce((sum, p, row) => sum + (p - (yes[row] as number)) * (p - (yes[row] as number)), 0) / scores.length

export interface Calibrated {
  readonly rows: number
  /** The mean of what was said, and how often it came. */
  readonly said: number
  readonly came: number
}

const CALIBRATION_BINS = 10

/** Tenths of the rows by score. */
export const calibrationOf = (it: Scored): Calibrated[] => {
  const order = Array.from(it.scores.keys()).sort(
    (a, b) => (it.scores[a] as number) - (it.scores[b] as number) || a - b,
  )
  const bins = Array.from({ length: CALIBRATION_BINS }, (_, i) =>
    order.slice(
      Math.floor((i * order.length) / CALIBRATION_BINS),
      Math.floor(((i + 1) * order.length) / CALIBRATION_BINS),
    ),
  )
  const meanOf = (rows: readonly number[], values: ArrayLike<number>): number =>
    rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length
  return bins
    .filter(rows => rows.length)
    .map(rows => ({ rows: rows.length, said: meanOf(rows, it.scores), came: meanOf(rows, it.yes) }))
}
