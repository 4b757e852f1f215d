// The site that is visited: a config, and a model in several revisions, small enough to be read ten thousand times and wide enough
// to use every category, both kinds of segmentation, a session and days.

import { revised } from '../../core/config.ts'
import { type Model, modelId } from '../../core/model.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'

export const ORIGIN = 'https://shop.example'
export const COLLECTOR = 'https://count.example'
export const SITE_ID = 'shop'
export const CONFIG_URL = `${ORIGIN}/nearside.json`

export const PATHS = ['/', '/p/pot', '/cart'] as const

const features = [
  { name: 'pages', kind: 'page_view', aggregate: 'count', window: 'session' },
  { name: 'time', kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 'session', per: 1000 },
  { name: 'days', kind: 'page_view', aggregate: 'distinct', window: 3 },
  { name: 'adds', kind: 'add_to_cart', aggregate: 'count', window: 'session' },
  { name: 'since_add', kind: 'add_to_cart', aggregate: 'recency', window: 'session', per: 60_000 },
  { name: 'orders', kind: 'purchase', aggregate: 'count', window: 7 },
  { name: 'replies', kind: 'answer', aggregate: 'count', window: 'session' },
]

const segments = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${letter}${i}`, label: `${letter} ${i}`, description: 'A segment.' }))

const rules = (id: string, letter: string, feature: string, steps: readonly number[]) => ({
  kind: 'rules',
  id,
  label: id,
  uses: ['content'],
  segments: segments(letter, steps.length + 2),
  rules: [...steps].map((least, i) => ({ segment: `${letter}${i + 2}`, all: [{ feature, least }] })).reverse(),
  otherwise: `${letter}1`,
})

const mixed = {
  kind: 'centroids',
  id: 'mixed',
  label: 'mixed',
  uses: ['ranking'],
  segments: segments('m', 4),
  features: ['pages', 'adds'],
  scaler: { center: [2, 1], scale: [2, 1] },
  centroids: [
    [-1, -1],
    [0, 0],
    [1, 2],
  ],
}

const revision = (n: number): string =>
  JSON.stringify({
    v: 1,
    name: 'sim',
    revision: n,
    issued: '2026-01-01',
    expires: '2032-01-01',
    features: n === 2 ? features.filter(({ name }) => name !== 'days') : features,
    segmentations: [
      rules('visit', 'v', 'pages', n === 2 ? [3, 4] : [2, 4]),
      rules('intent', 'i', 'since_add', [0, 10]),
      rules('loyal', 'l', 'orders', [1, 3]),
      rules('asked', 'a', 'replies', [1]),
      ...(n === 2 ? [] : [rules('regular', 'r', 'days', [2])]),
      ...(n === 3 ? [mixed] : []),
    ],
    guarantee: { minimumSize: 50, dataset: 'none', digest: 'none', basis: 'made by hand' },
  })

/** Three revisions: the second asks less and cuts differently, the third asks a question more. */
export const MODELS = [1, 2, 3].map(revision)

/** What a device may give away by noised answers: less than all that it could say of `asked`. */
export const BUDGET = 4
const NOISED = { noised: { asked: 2 }, budget: BUDGET }

/** Reports are quick to be made, so that a short sequence sees some; consent is short, so that it runs out in one. */
const configWith = (browsing: number, noise: object): string => {
  const config = {
    v: 1,
    site: SITE_ID,
    controller: { name: 'Shop', contact: 'privacy@shop.example' },
    model: '/nearside/model.json',
    categories: ['browsing', 'shopping', 'answers', 'account'],
    purposes: ['personalization', 'measurement'],
    retention: { browsing, shopping: 10, answers: 7, account: 10 },
    askAgainAfter: 20,
    pages: [
      { path: '/', kind: 'home' },
      { path: '/p/*', kind: 'product' },
      { path: '/cart', kind: 'cart' },
    ],
    needs: needsOf(parseModel(MODELS[2] as string).features),
    reports: { url: COLLECTOR, maxDelay: 2000, stable: 500, ...noise },
  }
  return JSON.stringify(revised(config))
}

/** The config, and one that keeps longer, so that its notice is another. */
export const CONFIGS = [7, 8].map(days => configWith(days, NOISED))
/** The same, with nothing left to chance. */
export const PLAIN_CONFIGS = [7, 8].map(days => configWith(days, {}))

/** By what reports call them. */
export const models = new Map<string, Model>(
  MODELS.map(json => {
    const model = parseModel(json)
    return [modelId(model), model]
  }),
)
