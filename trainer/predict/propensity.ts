/** Learns how likely something is: tried on folds, calibrated on what those foretold, then learned from all rows. */

import type { FeatureSpec } from '../../core/feature.ts'
import { fault } from '../../core/parse.ts'
import { type PropensitySegmentation, practiceOf } from '../../core/segmentation.ts'
import type { Progress } from '../cluster/kmeans.ts'
import type { Recipe } from '../recipe.ts'
import { cutOff } from '../robust.ts'
import type { Table } from '../table.ts'
import type { Split } from '../test-set.ts'
import { type Band, bandsOf, boundsOf, segmentsOf } from './bands.ts'
import type { Fold } from './folds.ts'
import { type Importance, importanceOf, lostBy } from './importance.ts'
import { type Dealt, dealt, type Known, known } from './known.ts'
import { calibrate, calibrated, type Fitting, learn, probabilities, scoresOf } from './learn.ts'
import {
  aucOf,
  averagePrecisionOf,
  brierOf,
  type Calibrated,
  type CurvePoint,
  calibrationOf,
  curveOf,
  logLossOf,
} from './measures.ts'
import { toldBy } from './outcome.ts'
import { outcomeSaid } from './outcome-said.ts'
import type { PropensityRecipe } from './recipe.ts'
import { countYes, pick } from './rows.ts'

export interface PropensityCard {
  readonly id: string
  readonly label: string
  /** What is foretold, in words. */
  readonly what: string
  readonly method: PropensityRecipe['method']
  readonly rows: {
    readonly training: number
    /** It happened to so many of them. */
    readonly yes: number
    /** Left out: nothing tells whether it happened, or a feature of theirs is not known. */
    readonly untold: number
  }
  readonly folds: { readonly by: Dealt['by']; readonly aucs: readonly number[] }
  /** Over the folds, each predicted by what was learned from others: 0.5 is guessing, 1 never wrong. */
  readonly auc: number
  readonly averagePrecision: number
  readonly logLoss: number
  readonly brier: number
  /** Of the rows kept as a test set; absent where there are none of both sorts. */
  readonly test?: { readonly rows: number; readonly auc: number; readonly logLoss: number }
  readonly curve: readonly CurvePoint[]
  readonly calibration: readonly Calibrated[]
  readonly bands: readonly Band[]
  readonly importance: readonly Importance[]
}

export interface Predicted {
  readonly segmentation: PropensitySegmentation
  readonly card: PropensityCard
}

/** Fewer on either side, and no fold has enough to learn from. */
const FEWEST_OF_A_KIND = 20

/** What each fold's rows were given by what was learned from others. */
const tryFolds = (
  rows: Known,
  folds: readonly Fold[],
  fitting: Fitting,
  place: string,
  progress?: (done: number) => void,
) => {
  const lost = fitting.specs.map(() => 0)
  const tried = folds.map(({ training, test }, i) => {
    const [learned, unseen] = [pick(rows, training), pick(rows, test)]
    for (const yes of [learned.yes, unseen.yes])
      if (countYes(yes) < 1 || countYes(yes) === yes.length)
        fault(place, `fold ${i + 1} has rows of one kind only`, 'Use fewer folds, or deal them another way')
    const predictor = learn(learned, { ...fitting, progress: (done: number) => progress?.((i + done) / folds.length) })
    const scores = scoresOf(predictor, fitting.specs, unseen)
    lostBy(predictor, fitting.specs, unseen, fitting.seed).forEach((loss, f) => {
      ;(lost[f] as number) += loss / folds.length
    })
    return { scores, yes: unseen.yes }
  })
  return {
    aucs: tried.map(aucOf),
    scores: Float64Array.from(tried.flatMap(({ scores }) => [...scores])),
    yes: Uint8Array.from(tried.flatMap(({ yes }) => [...yes])),
    lost,
  }
}

/** The number in the middle: what is whole stays whole. */
const middle = (column: Float64Array): number => {
  const sorted = column.slice().sort()
  return Number((sorted[sorted.length >> 1] as number).toPrecision(4))
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const digits = (x: number): number => Number(x.toFixed(4))

/**
 * @param length of every id of the model
 * @throws ParseError where too few rows tell, nothing can be told from the features, or a band is too small
 */
export const predict = (
  it: PropensityRecipe,
  { recipe, table, split, length }: { recipe: Recipe; table: Table; split: Split; length: number },
  progress?: Progress,
): Predicted => {
  const place = `${recipe.place}: ${it.id}`
  const all = [...recipe.bound, ...recipe.features]
  const specs = it.features.map(name => all.find(spec => spec.name === name) as FeatureSpec)
  const told = toldBy(it, recipe, table)
  const found = known(specs, recipe, split.training, told)
  // Trees know no more of a number than between which others it stands; weights and their calibration would.
  const isCut = recipe.scale === 'robust' && it.method === 'logistic' && found.yes.length > 0
  const rows = isCut ? { ...found, columns: found.columns.map(cutOff) } : found
  const happened = countYes(rows.yes)
  if (Math.min(happened, rows.yes.length - happened) < FEWEST_OF_A_KIND)
    fault(
      place,
      `it happened to ${happened} of ${rows.yes.length} rows`,
      `Give data with at least ${FEWEST_OF_A_KIND} of both`,
    )
  const { method } = it
  const fitting: Fitting = { method, specs, least: recipe.minimumSize, seed: recipe.seed, scale: recipe.scale }
  const say = (done: number): void => progress?.(done, `learning ${it.id}`)
  const { by, folds } = dealt(it, rows, recipe, table)
  const tried = tryFolds(rows, folds, fitting, place, done => say(done * 0.85))
  const platt = calibrate(tried.scores, tried.yes)
  if (!(platt.slope > 0)) fault(place, 'the features tell nothing of it', 'Give other features')
  const foretold = {
    scores: probabilities(tried.scores.map(score => score * platt.slope + platt.shift)),
    yes: tried.yes,
  }
  const predictor = calibrated(learn(rows, { ...fitting, progress: (done: number) => say(0.85 + done * 0.15) }), platt)
  const bounds = boundsOf(it, foretold.scores, recipe.minimumSize)
  if (!bounds.length)
    fault(`${place}, bands`, 'everybody is about as likely', 'Give other features, or say where bands end')
  if (it.segments.length && it.segments.length !== bounds.length + 1)
    fault(
      `${place}, segments`,
      `${it.segments.length} names, but the probabilities part into ${bounds.length + 1} bands`,
      'Say in bands where each ends',
    )
  const segments = segmentsOf(it, bounds.length + 1, length, place)
  const bands = bandsOf(segments, bounds, foretold)
  const small = bands.find(({ size }) => size < recipe.minimumSize)
  if (small)
    fault(
      `${place}, bands`,
      `${small.id} has ${small.size} rows, fewer than ${recipe.minimumSize}`,
      'Move the bounds, or ask for fewer bands',
    )
  const auc = mean(tried.aucs)
  const unseen = known(specs, recipe, split.test, told)
  const test = { scores: probabilities(scoresOf(predictor, specs, unseen)), yes: unseen.yes }
  const isBoth = countYes(test.yes) > 0 && countYes(test.yes) < test.yes.length
  return {
    segmentation: {
      ...{ kind: 'propensity', id: it.id, label: it.label, ...practiceOf(it), segments, features: it.features },
      ...{ typical: rows.columns.map(middle), predictor, bands: bounds },
    },
    card: {
      ...{ id: it.id, label: it.label, what: outcomeSaid(it.outcome, recipe), method },
      rows: { training: rows.yes.length, yes: happened, untold: split.training.length - rows.yes.length },
      folds: { by, aucs: tried.aucs.map(digits) },
      auc: digits(auc),
      averagePrecision: digits(averagePrecisionOf(foretold)),
      logLoss: digits(logLossOf(foretold)),
      brier: digits(brierOf(foretold)),
      ...(isBoth
        ? { test: { rows: test.yes.length, auc: digits(aucOf(test)), logLoss: digits(logLossOf(test)) } }
        : {}),
      curve: curveOf(foretold),
      calibration: calibrationOf(foretold),
      bands,
      importance: importanceOf(specs, rows, tried.lost, {
        auc,
        least: recipe.minimumSize,
        isAhead: 'days' in it.outcome,
      }),
    },
  }
}
