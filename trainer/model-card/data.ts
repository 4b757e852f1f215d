/** What was learned from: rows, what was left out, what was found, what was refused as personal, and how it has moved. */

import { UNSTATED } from '../../core/lint/model.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, number, percent, spoken } from '../../view/format.ts'
import { barPlot } from '../../view/plot/bars.ts'
import { numbersTable } from '../../view/plot/figure.ts'
import type { Card } from '../card.ts'
import type { Drift } from '../compare/drift.ts'
import type { Recipe } from '../recipe.ts'
import { list, plots, section } from './parts.ts'

export const facts = (pairs: readonly (readonly [string, Child])[]): ElementNode =>
  h(
    'dl',
    { class: 'mc-facts' },
    pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )

export const dataSection = (card: Card, dataset: Recipe['dataset'], digest: string): ElementNode => {
  const { rows, check, lines } = card
  const unit = lines ? 'key' : 'row'
  return section(
    'data',
    'The data',
    'Nothing of them is in the model but the centres and numbers below; they stay with the site.',
    dataset.basis.startsWith(UNSTATED) &&
      h(
        'p',
        { class: 'mc-warning' },
        h('strong', {}, 'Not to be shipped yet. '),
        'Nobody has stated on what ground the data may be used: say so in the recipe.',
      ),
    facts([
      ['Data set', h('bdi', {}, dataset.title)],
      ['From', h('bdi', {}, dataset.source)],
      ['Licence', h('bdi', {}, dataset.licence)],
      ['Used on the basis of', h('bdi', {}, dataset.basis)],
      ['People were told', dataset.notice ?? 'no notice is named'],
      [
        'Read',
        `${lines ? `${counted(lines.read, 'line')}, ${counted(lines.signals, 'signal')}, ` : ''}${counted(rows.read, unit)}`,
      ],
      ['Learned from', `${number(rows.training)}, with ${number(rows.test)} kept apart as a test set`],
      [
        'Drawn by seed',
        card.privacy
          ? `${card.seed}, but for the noise, which is drawn anew each time or by a secret`
          : `${card.seed}, from ${number(card.restarts)} starts: the same data, recipe and seed give the same bytes`,
      ],
      ['Digest', h('code', {}, digest)],
    ]),
    h('h3', {}, 'What was left out'),
    rows.left.length
      ? numbersTable(
          {
            head: ['Reason', 'Rows', 'Share'],
            rows: rows.left.map(({ reason, column, rows: n }) => [
              column ? `${reason} in ${column}` : reason,
              number(n),
              n / rows.read < 0.001 ? 'under 0.1%' : percent(n / rows.read),
            ]),
          },
          'What was left out',
        )
      : h('p', {}, 'Nothing: every row was used.'),
    h('h3', {}, 'What the data check found'),
    check.findings.length
      ? list(
          check.findings.map(({ level, what, rows: n }) => [
            h('span', { class: level === 'warning' ? 'mc-tag mc-warn' : 'mc-tag' }, level),
            n ? ` ${counted(n, 'row')}: ${what}` : ` ${what}`,
          ]),
        )
      : h('p', {}, 'Nothing that is out of the way.'),
    h(
      'details',
      { class: 'ns-behind' },
      h('summary', {}, `The ${counted(check.columns.length, 'column')} that were read`),
      numbersTable(
        {
          head: ['Column', 'Holds', 'Missing', 'Odd', 'Different', 'Half are below'],
          rows: check.columns.map(({ column, type, missing, odd, different, spread }) => [
            column,
            type,
            number(missing),
            number(odd),
            number(different),
            spread ? number(Number(spread[1].toPrecision(2))) : '–',
          ]),
        },
        'Columns that were read',
      ),
    ),
  )
}

export const personalSection = (card: Card, notPersonal: Recipe['notPersonal']): ElementNode =>
  section(
    'personal',
    'Refused as personal',
    'Columns that say who somebody is are not read: by their names and by what stands in them.',
    card.check.personal.length
      ? list(
          card.check.personal.map(({ column, what, by }) => [
            h('code', {}, column),
            `: by its ${by}, it holds ${what}`,
          ]),
        )
      : h('p', {}, 'The file has no column that looks personal.'),
    notPersonal.length > 0 && [
      h('h3', {}, 'Looked personal, and read all the same'),
      list(notPersonal.map(({ column, why }) => [h('code', {}, column), ': ', h('bdi', {}, why)])),
    ],
  )

/** By convention: from here on they have moved much. */
const MAJOR = 0.25
const VERDICTS = { stable: 'stable', chance: 'within chance', moderate: 'moved', major: 'moved much' }

const driftName = (of: Drift['of'], name: string): string =>
  of === 'segments' ? `All of “${name}”` : of === 'feature' ? spoken(name) : name

export const driftSection = ({ of: whose, evidence: { drift } }: Card): Child =>
  drift.length > 0 &&
  section(
    'drift',
    `Are new ${whose} like those learned from?`,
    false,
    plots(
      barPlot(
        {
          title: 'Training rows against the test set',
          note: 'Population stability index: below 0.1 stable, above 0.25 moved much. The upright line is what chance alone reaches.',
          numbers: {
            head: ['What', 'Index', 'Chance reaches', 'Verdict'],
            rows: drift.map(({ of, name, psi, band, verdict }) => [
              driftName(of, name),
              psi.toFixed(4),
              band.toFixed(4),
              VERDICTS[verdict],
            ]),
          },
        },
        drift.map(({ of, name, psi, band, verdict }) => ({
          name: driftName(of, name),
          value: psi,
          says: `${psi.toFixed(3)}, ${VERDICTS[verdict]}`,
          chance: band,
          alarming: verdict === 'moderate' || verdict === 'major',
        })),
        MAJOR,
      ),
    ),
  )
