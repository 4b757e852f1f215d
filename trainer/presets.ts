/** Sets of features that have served many shops, each proposed where the data hold what it needs. */

import type { FeatureSpec } from '../core/feature.ts'
import { hasField, type Kind } from '../core/signal.ts'

export const PRESETS = ['rfm', 'engagement', 'commerce', 'browsing'] as const
export type Preset = (typeof PRESETS)[number]

const DAY_MS = 86_400_000
const YEAR = 365
const QUARTER = 90
const MONTH = 30

const count = (name: string, kind: Kind, window: FeatureSpec['window']): FeatureSpec => ({
  name,
  kind,
  aggregate: 'count',
  window,
  transform: 'log1p',
})
const recency = (name: string, kind: Kind, window: number): FeatureSpec => ({
  name,
  kind,
  aggregate: 'recency',
  window,
  per: DAY_MS,
  transform: 'log1p',
})
const spent = (window: number): FeatureSpec => ({
  name: 'spent',
  kind: 'purchase',
  aggregate: 'sum',
  field: 'value',
  window,
  per: 100,
  transform: 'log1p',
})

export const PRESET_TEXTS: {
  readonly [P in Preset]: { readonly label: string; readonly id: string; readonly about: string }
} = {
  rfm: { id: 'habit', label: 'How you order here', about: 'recency, frequency and value of orders in a year' },
  engagement: { id: 'visits', label: 'How often you are here', about: 'visits, days and pages in a month' },
  commerce: {
    id: 'interest',
    label: 'What you do in the shop',
    about: 'looking, adding to the cart and ordering in a quarter',
  },
  browsing: { id: 'visit', label: 'What kind of visit this is', about: 'what happens within one visit' },
}

const SPECS: { readonly [P in Preset]: readonly FeatureSpec[] } = {
  rfm: [recency('days_since_order', 'purchase', YEAR), count('orders', 'purchase', YEAR), spent(YEAR)],
  engagement: [
    { ...count('visits', 'page_view', MONTH), aggregate: 'sessions' },
    { name: 'days', kind: 'page_view', aggregate: 'distinct', window: MONTH },
    count('pages', 'page_view', MONTH),
  ],
  commerce: [
    count('products_seen', 'view_item', QUARTER),
    count('cart_adds', 'add_to_cart', QUARTER),
    count('orders', 'purchase', QUARTER),
  ],
  browsing: [
    count('pages', 'page_view', 'session'),
    count('lists', 'view_item_list', 'session'),
    count('products', 'view_item', 'session'),
    count('searches', 'search', 'session'),
    count('cart_adds', 'add_to_cart', 'session'),
  ],
}

/** Fewer features tell no segments apart. */
const FEWEST = 2

/** The features of a preset that can be computed from these kinds, with a value where one is told; none where too few can. */
export const featuresFor = (preset: Preset, kinds: readonly Kind[], hasValue: boolean): readonly FeatureSpec[] => {
  const specs = SPECS[preset].filter(
    ({ kind, field }) => kinds.includes(kind) && (!field || (hasField(kind, field) && hasValue)),
  )
  return specs.length >= FEWEST ? specs : []
}

/** A feature that a column of a plain table holds, by the column's name. */
interface Known {
  readonly name: RegExp
  readonly times?: number
  readonly feature: FeatureSpec
}

const pages = (group: string, page: string): Known[] => [
  {
    name: new RegExp(`^${group}$|^${page}_(pages|views)$`),
    feature: { ...count(`${page}_pages`, 'page_view', 'session'), where: { page: [page] } },
  },
  {
    name: new RegExp(`^${group}_duration$|^${page}_(seconds|duration)$`),
    times: 1000,
    feature: {
      name: `${page}_time`,
      kind: 'page_dwell',
      where: { page: [page] },
      aggregate: 'sum',
      field: 'ms',
      window: 'session',
      per: 1000,
      transform: 'log1p',
    },
  },
]

/** What columns of plain tables are often called, and the feature on a device that is the same. */
export const KNOWN_COLUMNS: readonly Known[] = [
  { name: /^(recency|days_since(_last)?(_order|_purchase)?)$/, feature: recency('days_since_order', 'purchase', YEAR) },
  {
    name: /^(frequency|(num_|total_|nb_|number_of_|no_of_)?(orders|purchases)|orders?_count)$/,
    feature: count('orders', 'purchase', YEAR),
  },
  { name: /^(monetary|(total_)?(spend|spent|revenue|sales)|ltv)$/, times: 100, feature: spent(YEAR) },
  {
    name: /^(aov|(avg_|average_)?order_value)$/,
    times: 100,
    feature: { ...spent(YEAR), name: 'order_value', aggregate: 'mean' },
  },
  { name: /^(sessions|visits)$/, feature: { ...count('visits', 'page_view', MONTH), aggregate: 'sessions' } },
  { name: /^(page_?views?|pages(_viewed)?)$/, feature: count('pages', 'page_view', 'session') },
  { name: /^(product_?views?|products_viewed|items_viewed)$/, feature: count('products', 'view_item', 'session') },
  { name: /^(add_to_carts?|cart_adds|added_to_cart)$/, feature: count('cart_adds', 'add_to_cart', 'session') },
  { name: /^(searches|search_count|num_searches)$/, feature: count('searches', 'search', 'session') },
  ...pages('product_related', 'product'),
  ...pages('informational', 'article'),
  ...pages('administrative', 'account'),
]
