/** What was found of the trainer, as a section of docs/bench.md. */

import type { Verdict } from '../targets.ts'
import type { Row } from './measure.ts'
import type { Million } from './million.ts'

/** Of the shoppers data, and of the clouds that stand for it. */
const VECTORS = 12_330

export const HEADING = '## Trainer'

const ms = (value: number | undefined): string =>
  value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 })

const times = (ours: number, theirs: number | undefined): string =>
  theirs === undefined ? '' : ` (${(theirs / ours).toFixed(1)} ×)`

export const trainerTable = (rows: readonly Row[]): string => {
  const cell = (row: Row, theirs: number | undefined): string => `${ms(theirs)}${times(row.ours, theirs)}`
  const lines = rows.map(
    row =>
      `| ${row.what} | ${ms(row.ours)} | ${cell(row, row.mlKmeans ?? row.umapJs)} | ${cell(row, row.sklearn)} | ${row.note} |`,
  )
  return [
    '|  | nearside, ms | ml-kmeans or umap-js, ms | scikit-learn, ms |  |',
    '| --- | ---: | ---: | ---: | --- |',
    ...lines,
  ].join('\n')
}

/** Limits of our own are hard; those that hang on a peer depend on how it did. */
export const judgeTrainer = (rows: readonly Row[], { mb }: Million): Verdict[] => {
  const row = (start: string): Row | undefined => rows.find(({ what }) => what.startsWith(start))
  const [small, large] = [row('K-Means, 12,000 x 17'), row('K-Means, 100,000 x 17')]
  const verdict = (target: string, found: number | undefined, limit: number | undefined, hard: boolean, unit = 'ms') =>
    found === undefined || limit === undefined ? [] : [{ target, found, limit, unit, hard, holds: found <= limit }]
  const each = (it: Row | undefined): number | undefined => (it ? (it.ours * 1000) / VECTORS : undefined)
  const share = (it: Row | undefined, theirs: number | undefined, by: number) =>
    it && theirs !== undefined ? theirs / by : undefined
  return [
    ...verdict('100,000 x 17, k = 8, a twelfth of ml-kmeans', large?.ours, share(large, large?.mlKmeans, 12), false),
    ...verdict('100,000 x 17, k = 8, half of scikit-learn', large?.ours, share(large, large?.sklearn, 2), false),
    ...verdict('12,000 x 17, k = 8, no more than scikit-learn', small?.ours, share(small, small?.sklearn, 1), false),
    ...verdict('a million x 17, memory of the process', mb, 1000, true, 'MB'),
    ...verdict('k = 2 to 10, 20 restarts each, 12,330 rows', row('k = 2')?.ours, 3000, true),
    ...verdict('exact silhouette of 12,330 x 10', row('exact')?.ours, 200, true),
    ...verdict('DBSCAN of 12,330 rows', row('DBSCAN')?.ours, 1000, true),
    ...verdict('Ward of 2,000 rows', row('Ward')?.ours, 200, true),
    ...verdict('three maps of 2,000 rows', row('all three')?.ours, 3000, true),
    ...verdict('a propensity of 100 trees of 15 leaves, a vector', each(row('propensities, ')), 50, true, 'us'),
    ...verdict('the same with its reasons, a vector', each(row('propensities with')), 50, false, 'us'),
    ...verdict(
      'figures that differ from a peer’s',
      rows.filter(({ note }) => note.includes('NOT EQUAL')).length,
      0,
      true,
      '',
    ),
  ]
}

export interface Told {
  readonly machine: string
  readonly peers: string
  readonly data: string
  readonly rounds: number
}

export const trainerSection = (
  table: string,
  limits: string,
  million: Million,
  { machine, peers, data, rounds }: Told,
): string => `${HEADING}

Written by \`npm run bench -- trainer\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}.

${table}

A million x 17, k = 8: ${ms(million.ms)} ms from points to clusters in ${million.iterations} iterations, start included, and ${ms(million.mb)} MB of memory in all.

${limits}

CPU time on one thread, medians of ${rounds} rounds, all of one round before the next; beside ${peers}. From the same starts until
nothing moves. K-Means is of overlapping clouds from a seed, made ready for each engine beforehand, as it is once for all
restarts: arrays of rows for ml-kmeans, tiles for ours; scikit-learn makes its own ready in its time. The rest is of ${data}.
`
