/** How likely something is: how well it is foretold, and what that rests on. */

import type { Child, ElementNode } from '../../view/element.ts'
import { h } from '../../view/element.ts'
import { isTold, partOf, placedPart } from '../../view/few.ts'
import { listed, number, percent, spoken } from '../../view/format.ts'
import { barPlot } from '../../view/plot/bars.ts'
import { numbersTable } from '../../view/plot/figure.ts'
import { linePlot } from '../../view/plot/lines.ts'
import { matrixPlot } from '../../view/plot/matrix.ts'
import type { Card } from '../card.ts'
import type { PropensityCard } from '../predict/propensity.ts'
import { plots, section } from './parts.ts'

const METHODS = {
  logistic: 'Logistic regression',
  boosting: 'Gradient boosting of 100 small trees',
  forest: 'A random forest of 100 trees',
}
const DEALT = { chance: 'by chance', group: 'so that nobody is in two', time: 'in the order of time' }
const UNIT = { least: 0, most: 1, ticks: [0, 0.25, 0.5, 0.75, 1], say: (x: number) => percent(x) }

const curves = (it: PropensityCard): Child => {
  const share = it.rows.yes / it.rows.training
  const rows = it.curve
    .filter((_, i) => i % 5 === 4)
    .map(({ recall, falseAlarms, precision }) => [percent(recall), percent(falseAlarms), percent(precision)])
  const numbers = { head: ['Found', 'False alarms', 'Right of those picked'], rows }
  const roc = [[0, 0] as const, ...it.curve.map(({ recall, falseAlarms }) => [falseAlarms, recall] as const)]
  return [
    linePlot({
      title: `ROC: area ${it.auc.toFixed(3)}`,
      note: 'Of those who do it, how many are found; of the others, how many are taken for them. The dashed line is guessing.',
      numbers,
      x: { label: 'false alarms', ...UNIT },
      y: { label: 'found', ...UNIT },
      lines: [
        {
          name: 'guessing',
          reference: true,
          points: [
            [0, 0],
            [1, 1],
          ],
        },
        { name: 'found', points: roc },
      ],
    }),
    linePlot({
      title: `Precision and recall: ${it.averagePrecision.toFixed(3)} on average`,
      note: 'The more of them one wants to find, the fewer of those picked are right. The dashed line is picking blindly.',
      numbers,
      x: { label: 'found', ...UNIT },
      y: { label: 'right of those picked', ...UNIT },
      lines: [
        {
          name: 'picking blindly',
          reference: true,
          points: [
            [0, share],
            [1, share],
          ],
        },
        { name: 'right', points: it.curve.map(({ recall, precision }) => [recall, precision] as const) },
      ],
    }),
  ]
}

const calibration = (it: PropensityCard): ElementNode =>
  linePlot({
    title: 'Calibration',
    note: 'Where 30 % is said, 30 of 100 should do it: on the dashed line, what is said is what comes.',
    numbers: {
      head: ['Said', 'Came', 'Rows'],
      rows: it.calibration.map(({ said, came, rows }) => [percent(said), partOf(came, rows), number(rows)]),
    },
    x: { label: 'said', ...UNIT },
    y: { label: 'came', ...UNIT },
    lines: [
      {
        name: 'as said',
        reference: true,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      {
        name: 'came',
        dotted: true,
        points: it.calibration.map(({ said, came, rows }) => [said, placedPart(came, rows)] as const),
      },
    ],
  })

/** Of whoever is in the highest band, and of everybody else. */
const confusion = (it: PropensityCard): ElementNode => {
  const top = it.bands.at(-1)
  const all = it.bands.reduce((sum, { size }) => sum + size, 0)
  const yes = Math.round(it.bands.reduce((sum, { size, came }) => sum + size * came, 0))
  const hits = Math.round((top?.size ?? 0) * (top?.came ?? 0))
  const falseAlarms = (top?.size ?? 0) - hits
  const misses = yes - hits
  const fields = { hits, falseAlarms, misses, rightlyPassed: all - hits - falseAlarms - misses }
  return matrixPlot(`Whoever is in “${top?.label ?? ''}”`, fields, 'Foretold are those in the highest band.')
}

const importance = (it: PropensityCard): ElementNode =>
  barPlot(
    {
      title: 'What it rests on',
      note: 'How much of the area under ROC is lost when the numbers of a feature change places.',
      numbers: {
        head: ['Feature', 'Lost', 'Alone'],
        rows: it.importance.map(({ feature, lost, alone }) => [spoken(feature), lost.toFixed(4), alone.toFixed(3)]),
      },
    },
    it.importance.slice(0, 10).map(({ feature, lost, suspect }) => ({
      name: spoken(feature),
      value: lost,
      says: `${lost.toFixed(3)}${suspect ? ', too good?' : ''}`,
      alarming: suspect,
    })),
  )

const bands = (it: PropensityCard): ElementNode =>
  numbersTable(
    {
      head: ['Band', 'Probability', 'Rows', 'Share', 'It came'],
      rows: it.bands.map(({ label, from, to, size, share, came }) => [
        label,
        `${percent(from)} to ${percent(to)}`,
        number(size),
        percent(share),
        partOf(came, size),
      ]),
    },
    `Bands of “${it.label}”`,
  )

export const propensitySection = (it: PropensityCard, of: Card['of']): ElementNode => {
  const suspects = it.importance.filter(({ suspect }) => suspect)
  const { rows, folds, test } = it
  return section(
    `likely-${it.id}`,
    it.label,
    `Foretold is “${it.what}”, which came for ${number(rows.yes)} of ${number(rows.training)} ${of}. ${METHODS[it.method]}, tried on ${folds.aucs.length} parts of them, dealt ${DEALT[folds.by]}, each foretold from the others: area under ROC ${it.auc.toFixed(3)}${
      test ? `, and ${test.auc.toFixed(3)} on ${number(test.rows)} ${of} kept apart` : ''
    }.`,
    suspects.length > 0 &&
      h(
        'p',
        { class: 'mc-warning' },
        h('strong', {}, 'Too good to be known beforehand? '),
        `${listed(suspects.map(({ feature }) => spoken(feature)))} alone ${suspects.length > 1 ? 'reach' : 'reaches'} nearly what all features reach together. Make sure that it is known before what it foretells.`,
      ),
    bands(it),
    plots(curves(it), calibration(it), confusion(it), importance(it)),
  )
}

/** Do segments differ in what matters? On rows that nothing was learned from, where there are any. */
export const outcomeSection = (card: Card): Child => {
  const { outcome } = card.evidence
  if (!outcome) return false
  const { all, segments, on, what } = outcome
  const labelOf = (id: string): string => card.segments.find(each => each.id === id)?.label ?? id
  const range = ([low, high]: readonly [number, number]): string => `${percent(low)} to ${percent(high)}`
  return section(
    'outcome',
    'Do segments differ in what matters?',
    `What matters here is “${what}”. It came in ${percent(all.share)} of ${number(all.rows)} rows ${on === 'test' ? 'of the test set' : 'of training'}. In 95 of 100 such samples, the true share lies in the interval.`,
    plots(
      barPlot(
        {
          title: 'How often it came, by segment',
          note: 'The long upright line is the share of all; the bracket on a bar is its interval.',
          numbers: {
            head: ['Segment', 'Rows', 'It came', 'Interval', 'Lift', 'Interval of lift'],
            rows: segments.map(({ id, rows, share, interval, lift, liftInterval: [low, high] }) => [
              `${id} ${labelOf(id)}`,
              number(rows),
              partOf(share, rows),
              ...(isTold(share, rows)
                ? [range(interval), lift.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`]
                : ['–', '–', '–']),
            ]),
          },
        },
        segments.map(({ id, rows, share, interval }) => ({
          name: labelOf(id),
          value: placedPart(share, rows),
          says: isTold(share, rows) ? `${percent(share)} (${range(interval)})` : partOf(share, rows),
          chance: all.share,
          ...(isTold(share, rows) ? { interval } : {}),
        })),
      ),
    ),
  )
}
