// One good document of each sort, with as much in it as there can be; and each parser beside its schema.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '../../../core/config.ts'
import { parseEntry } from '../../../core/ledger-entry.ts'
import { parseModel } from '../../../core/parse-model.ts'
import { parsePrivateReport } from '../../../core/private-report.ts'
import { parseReport, parseTicket } from '../../../core/report.ts'
import { config, settle } from './config-document.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

export const schemaOf = (name: string): { description: string; [key: string]: Json } =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../../core/schema/${name}.json`), 'utf8'))

const features: Json[] = [
  { name: 'views', kind: 'page_view', aggregate: 'count', window: 'session' },
  { name: 'dwell', kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 7, per: 1000, transform: 'log1p' },
  { name: 'found', kind: 'search', aggregate: 'mean', field: 'results', window: 30 },
  {
    name: 'dearest',
    kind: 'view_item',
    where: { category: ['shoes', 'hats'] },
    aggregate: 'max',
    field: 'value',
    window: 30,
  },
  { name: 'currencies', kind: 'purchase', aggregate: 'distinct', field: 'currency', window: 400 },
  { name: 'since', kind: 'purchase', aggregate: 'recency', window: 90, per: 86_400_000 },
  { name: 'age', kind: 'page_view', aggregate: 'span', window: 30, transform: 'sqrt' },
  {
    name: 'filled',
    kind: 'add_to_cart',
    aggregate: 'ratio',
    over: { kind: 'page_view', where: { page: ['product'] } },
    window: 7,
  },
  { name: 'helped', kind: 'page_view', where: { page: ['help'] }, aggregate: 'share', window: 7 },
  {
    name: 'spread',
    kind: 'answer',
    where: { question: ['why'], answer: ['now', 'soon'] },
    aggregate: 'entropy',
    field: 'answer',
    window: 7,
  },
  { name: 'on', kind: 'page_view', aggregate: 'sequence', field: 'page', from: 'cart', to: 'checkout', window: 7 },
  { name: 'sessions', kind: 'page_view', aggregate: 'sessions', window: 30 },
  { name: 'back', kind: 'page_view', aggregate: 'returns', field: 'page', window: 'session' },
  { name: 'days', kind: 'click', where: { name: ['map'] }, aggregate: 'distinct', window: 7 },
]

const segment = (id: string): Json => ({ id, label: `Segment ${id}`, description: `What ${id} means.` })

const model: { [name: string]: Json } = {
  v: 1,
  name: 'shop',
  revision: 3,
  issued: '2026-01-31',
  expires: '2026-12-31',
  features,
  segmentations: [
    {
      kind: 'centroids',
      id: 'visit',
      label: 'How do you visit?',
      uses: ['content', 'ranking'],
      segments: [segment('v0'), segment('v1'), segment('v2'), segment('v3')],
      features: ['views', 'dwell'],
      scaler: { center: [1.5, 0], scale: [2, 0.25] },
      centroids: [
        [0, -1],
        [1e-3, 4],
      ],
      reach: 7.5,
      map: [
        [1, 0],
        [0, 1],
      ],
    },
    {
      kind: 'rules',
      id: 'cart',
      label: 'Is your cart waiting?',
      uses: ['offer', 'price'],
      disclosure: 'Whose cart waits is shown a lower price for a day.',
      segments: [segment('c0'), segment('c1')],
      rules: [
        {
          segment: 'c1',
          all: [
            { feature: 'filled', least: 0.01 },
            { feature: 'since', least: 1, most: 30 },
          ],
        },
      ],
      otherwise: 'c0',
    },
  ],
  guarantee: {
    minimumSize: 50,
    dataset: 'Sessions of a shop',
    digest: 'sha256:00',
    basis: 'Consent of those who took part.',
  },
  signature: 'Zm'.repeat(43),
}

// By itself, for every change is tried at every place of a document.
const propensities: Json = {
  ...model,
  features: features.slice(0, 2),
  segmentations: [
    {
      kind: 'propensity',
      id: 'buy',
      label: 'Will you buy?',
      uses: ['offer'],
      segments: [segment('b0'), segment('b1'), segment('b2'), segment('b3')],
      features: ['views', 'dwell'],
      typical: [3, 12_000],
      predictor: {
        method: 'trees',
        thresholds: [[0.5, 2.5], []],
        trees: [
          [1, 1, 1, 0, 0, -12, 0, 7, 0, 40],
          [0, 3],
        ],
        base: -1.5,
        unit: 0.01,
      },
      bands: [0.25, 0.5],
    },
    {
      kind: 'propensity',
      id: 'leave',
      label: 'Will you leave?',
      uses: ['content'],
      segments: [segment('l0'), segment('l1'), segment('l2')],
      features: ['views', 'dwell'],
      typical: [3, 20],
      predictor: { method: 'logistic', center: [1.5, 0], scale: [2, 0.25], weights: [0.5, -1], intercept: -2 },
      bands: [0.1],
    },
  ],
}

const pseudonym = 'AbCdEfGhIjKlMnOpQrStUQ'

const report = {
  v: 1,
  site: 'shop',
  model: 'shop.3',
  epoch: 2930,
  segmentation: 'visit',
  segment: 'v1',
  pseudonym,
  seq: 2,
  notice: '2026-03.a',
}

const { pseudonym: _pseudonym, seq: _seq, ...told } = report
const privateReport: Json = { ...told, epsilon: 2.5, token: pseudonym, arm: 'control' }

const events: Json[] = [
  { type: 'decision', seq: 1, grants: { personalization: ['browsing', 'shopping'] }, means: 'banner', notice: '1' },
  {
    type: 'decision',
    seq: 2,
    grants: { advertising: ['browsing'] },
    means: 'centre',
    notice: '1',
    expires: '2026-07-01',
    locale: 'pt-BR',
    recipients: ['An ad house'],
  },
  {
    type: 'segment',
    segmentation: 'visit',
    segment: 'v2',
    before: 'v1',
    model: 'shop.3',
    reasons: [{ feature: 'views', value: 4, weight: -0.5 }],
  },
  {
    type: 'report',
    segmentation: 'visit',
    recipient: 'https://collector.example/v1/reports',
    purpose: 'measurement',
    epsilon: null,
    body: JSON.stringify(report),
  },
  {
    type: 'report',
    segmentation: 'visit',
    recipient: 'https://collector.example/v1/reports',
    purpose: 'measurement',
    epsilon: 0,
    stale: true,
    body: JSON.stringify(privateReport),
  },
  { type: 'answer', segmentation: 'visit', epoch: 2930, seq: 2, status: 204 },
  { type: 'deletion', why: 'age', what: 'shopping', count: 12 },
  {
    type: 'model',
    what: 'taken',
    model: 'shop.3',
    signed: true,
    log: { size: 4, root: 'Zm9v'.repeat(11).slice(0, 43) },
    differing: ['vary', 'no-store'],
  },
  { type: 'model', what: 'refused', why: 'older' },
  { type: 'correction', what: 'pinned', of: 'visit', segment: 'v2' },
  { type: 'correction', what: 'removed', of: 'view_item' },
  { type: 'fold', to: 12, hash: 'ab'.repeat(32), digest: '0f'.repeat(32) },
]

export interface Case {
  /** The schema's name. */
  readonly schema: string
  readonly valid: Json
  readonly parse: (text: string) => unknown
  /** How faults name the document. */
  readonly place: string
  /** What the rest of a changed document asks for, so that one change does not hide what the parser says of another. */
  readonly settle?: (document: Json) => Json
}

const entries: Case[] = events.map((event, i) => ({
  schema: 'entry',
  valid: { n: i + 1, at: 1_767_225_600_000, event, hash: 'ab'.repeat(32) },
  parse: text => parseEntry(JSON.parse(text), 'entry'),
  place: 'entry',
}))

export const cases: Case[] = [
  { schema: 'config', valid: config, parse: text => parseConfig(text), place: 'nearside.json', settle },
  { schema: 'model', valid: model, parse: text => parseModel(text), place: 'model' },
  { schema: 'model', valid: propensities, parse: text => parseModel(text), place: 'model' },
  { schema: 'report', valid: report, parse: text => parseReport(text), place: 'report' },
  { schema: 'private-report', valid: privateReport, parse: text => parsePrivateReport(text), place: 'report' },
  { schema: 'ticket', valid: { v: 1, site: 'shop', pseudonym }, parse: text => parseTicket(text), place: 'ticket' },
  ...entries,
]
