/** A model card as a person reads it in a terminal, and as a script reads it. */

import type { Need } from '../core/needs.ts'
import type { Card } from '../trainer/card.ts'
import { silhouetteSaid } from '../trainer/cluster/choice.ts'
import { VERSION } from '../trainer/version.ts'
import { percent, textTable } from './tables.ts'

const segmentTable = ({ segments, rows }: Card): string[] => {
  const lines = segments.map(({ id, label, size, share, test }) => {
    const cells = [`${id} ${label}`, String(size), percent(share)]
    return rows.test ? [...cells, percent(test.share)] : cells
  })
  return textTable([['segment', 'rows', 'share', ...(rows.test ? ['test share'] : [])], ...lines])
}

/** Where clusters are single points, there is no measure to it. */
const BEYOND = 1e9

const triedTable = ({ tried, k }: Card): string[] =>
  textTable([
    ['k', 'silhouette', 'stability', 'Davies-B.', 'Calinski-H.', 'inertia', 'smallest'],
    ...tried.map(each => [
      `${each.k}${each.k === k ? ' *' : ''}`,
      silhouetteSaid(each),
      each.stability?.toFixed(3) ?? '–',
      each.daviesBouldin.toFixed(3),
      each.calinskiHarabasz < BEYOND ? each.calinskiHarabasz.toFixed(0) : each.calinskiHarabasz.toExponential(1),
      each.inertia.toPrecision(7),
      String(each.smallest),
    ]),
  ])

/** Why so many clusters, and how true centroids are to clusters that have other shapes. */
const clusterLines = ({ clusters: { method, because, elsewhere } }: Card): string[] => [
  because,
  ...(method === 'kmeans'
    ? []
    : [`${percent(elsewhere.rows / elsewhere.of)} of the clustered rows are nearest to another cluster's centroid.`]),
]

const needLine = ({ kind, fields, words, features }: Need): string => {
  const narrowed = Object.entries(words ?? {}).map(([field, list]) => `${field}: ${list.join(', ')}`)
  const kept = fields.length ? ` with ${fields.join(', ')}` : ''
  return `  ${kind}${kept}${narrowed.length ? ` (${narrowed.join('; ')})` : ''} for ${features.join(', ')}`
}

export interface Summary {
  /** All that was written, the model first. */
  readonly files: readonly string[]
  readonly card: Card
  /** Empty for an offline model. */
  readonly needs: readonly Need[]
  readonly digest: string
  /** Where the model was written. */
  readonly out: string
  readonly offline: boolean
}

const TOLD_AS = { warning: 'warning', note: 'noted' } as const

/** What the data check found, most telling first; and what was passed over because it looks personal. */
const checkLines = ({ check }: Card): string[] => [
  ...check.findings.map(({ level, what, rows }) => `  ${TOLD_AS[level]}: ${rows ? `${rows} ` : ''}${what}`),
  ...check.personal.map(({ column, what }) => `  not read: ${column}, which by its name holds ${what}`),
]

const METHODS = { logistic: 'logistic regression', boosting: 'gradient boosting', forest: 'a random forest' }

/** How well each propensity foretells, where its bands end, and what looks too good to be known beforehand. */
const propensityLines = ({ propensities }: Card): string[] =>
  propensities.flatMap(it => {
    const { auc, rows, folds, test, bands, importance } = it
    const spread = `${Math.min(...folds.aucs).toFixed(4)} to ${Math.max(...folds.aucs).toFixed(4)}`
    const tested = test ? `, ${test.auc.toFixed(4)} on the test set` : ''
    const cells = bands.map(({ id, label, from, to, size, share, came }) => {
      return [`${id} ${label}`, `${percent(from)} to ${percent(to)}`, String(size), percent(share), percent(came)]
    })
    return [
      '',
      `${it.id}: ${it.what}, by ${METHODS[it.method]}; ${rows.yes} of ${rows.training} did; AUC ${auc.toFixed(4)} (folds ${spread}${tested})`,
      ...(rows.untold ? [`  not known of ${rows.untold} rows`] : []),
      ...textTable([['band', 'probability', 'rows', 'share', 'it came'], ...cells]),
      `  rests on ${importance
        .filter(({ lost }) => lost > 0)
        .slice(0, 4)
        .map(({ feature, lost }) => `${feature} (${lost.toFixed(3)})`)
        .join(', ')}`,
      ...importance
        .filter(({ suspect }) => suspect)
        .map(({ feature, alone }) => `  warning: ${feature} alone reaches ${alone.toFixed(3)}: is it known before?`),
    ]
  })

/** How often the chosen outcome happened in each segment; and where test rows are unlike training rows. */
const evidenceLines = ({ evidence: { outcome, drift } }: Card): string[] => {
  const worst = drift.filter(({ verdict }) => verdict === 'moderate' || verdict === 'major')
  const range = ([low, high]: readonly [number, number], tell: (x: number) => string): string =>
    `${tell(low)} to ${tell(high)}`
  const times = (x: number): string => x.toFixed(2)
  return [
    ...worst.map(({ of, name, psi }) => `Test rows differ from training rows in ${of} ${name}: PSI ${psi}`),
    ...(outcome
      ? [
          '',
          ...textTable([
            [`outcome (${outcome.on})`, 'rows', 'share', '95 of 100', 'lift', '95 of 100'],
            ['all', String(outcome.all.rows), percent(outcome.all.share), range(outcome.all.interval, percent), '', ''],
            ...outcome.segments.map(it => [
              it.id,
              String(it.rows),
              percent(it.share),
              range(it.interval, percent),
              times(it.lift),
              range(it.liftInterval, times),
            ]),
          ]),
        ]
      : []),
  ]
}

/** What noise costs. */
const privacyLines = ({ privacy }: Card): string[] =>
  privacy
    ? [
        `Differential privacy: epsilon ${privacy.epsilon} a person in ${privacy.rounds} rounds; noised sizes ${privacy.sizes.join(', ')}`,
        `  its price: ${privacy.inertia} times the inertia without noise, agreement ${privacy.agreement}; ${privacy.cut} rows outside of the bounds`,
      ]
    : []

/** Names that nobody has approved. */
const draftLines = ({ segments }: Card): string[] => {
  const drafted = segments.filter(it => it.drafted)
  return drafted.length
    ? [`${drafted.length} names are drafted: --names recipe.json writes them into a recipe, to be edited and approved.`]
    : []
}

export const printSummary = ({ card, needs, digest, files, offline }: Summary): string => {
  const { rows } = card
  const unit = card.lines ? 'keys' : 'rows'
  return [
    ...(card.lines ? [`${card.lines.read} lines, ${card.lines.signals} signals`] : []),
    `${card.model}: ${card.segments.length} segments from ${rows.training} of ${rows.read} ${unit} (${rows.test} kept as a test set)`,
    ...checkLines(card),
    '',
    ...triedTable(card),
    ...clusterLines(card),
    '',
    ...segmentTable(card),
    ...draftLines(card),
    ...evidenceLines(card),
    ...privacyLines(card),
    ...propensityLines(card),
    '',
    ...(offline
      ? ['Offline: it uses columns that no device can observe, and devices refuse it.']
      : ['The device will collect:', ...needs.map(needLine)]),
    '',
    `Data ${digest}`,
    `Wrote ${files.join(', ')}`,
  ].join('\n')
}

/** One object on one line; the rows of the test set are counted, not listed. */
export const jsonSummary = ({ card, needs, digest, out, offline }: Summary): string => {
  const { testRows: _, ...figures } = card
  return JSON.stringify({ nearside: VERSION, ...figures, needs, digest, out, offline })
}
