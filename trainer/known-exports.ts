/** Exports that shops and analytics make, known by their columns: which of these is whose, when, and what happened. */

import type { Kind } from '../core/signal.ts'
import columns from './column-names.json' with { type: 'json' }
import names from './event-names.json' with { type: 'json' }

/** Names of columns as `plainName` writes them, the likeliest first. */
type Names = readonly string[]

export interface KnownExport {
  readonly what: string
  /** Of each of these lists the file has one column. */
  readonly has: readonly Names[]
  readonly key: Names
  readonly time: Names
  /** One kind; or the column that names it. */
  readonly kind: Kind | Names
  /** A column that names it where that one is empty: `page`, of which Segment says no more. */
  readonly sort?: Names
  /** Amounts in the currency's main unit. */
  readonly value: Names
  readonly currency: Names
  /** What was given back of an order that stays: an order counts in full, and whoever trains is told. */
  readonly partly?: Names
  readonly leave: readonly {
    readonly column: Names
    readonly words?: readonly string[]
    readonly filled?: true
    readonly empty?: true
    readonly reason: string
  }[]
}

/** What analytics call what a visitor did, and the kind of signal it is here. */
export const EVENTS: { readonly [event: string]: Kind } = Object.fromEntries(
  Object.entries(names).flatMap(([kind, events]) => events.map(event => [event, kind as Kind])),
)

const listed = (of: keyof typeof columns): Names => columns[of].split(' ')
const [CUSTOMER, VISITOR, WHEN, AMOUNT] = [listed('customer'), listed('visitor'), listed('when'), listed('amount')]

const WOO_TOTAL: Names = ['total', 'total_amount', 'order_total', 'order_total_amount', 'total_sales', 'net_total']
const WOO_CUSTOMER: Names = [
  'customer_id',
  'customer_user_id',
  'customer_user',
  'customer_token',
  'user_id',
  'email_billing',
  'billing_email',
  'customer_email',
  'customer',
]

const WOO_LEAVE: KnownExport['leave'] = [
  {
    column: ['status', 'order_status'],
    words: [
      'cancelled',
      'refunded',
      'failed',
      'pending',
      'on-hold',
      'trash',
      'checkout-draft',
      'draft',
      'auto-draft',
    ].flatMap(word => [word, `wc-${word}`]),
    reason: 'not paid, cancelled or refunded',
  },
  { column: ['customer_id', 'customer_user_id', 'customer_user', 'user_id'], words: ['0'], reason: 'guests' },
]
// What `nearside tokenize` calls its column stands for whichever it replaced.
const GA4_USER: Names = ['user_pseudo_id', 'user_id', 'customer']
const SEGMENT_USER: Names = ['anonymous_id', 'user_id', 'customer']

export const KNOWN: readonly KnownExport[] = [
  {
    what: 'an export of Shopify orders',
    has: [['financial_status'], ['lineitem_name', 'lineitem_quantity'], ['total'], ['created_at']],
    key: [...CUSTOMER, 'email'],
    time: ['created_at'],
    kind: 'purchase',
    value: ['total'],
    currency: ['currency'],
    leave: [
      { column: ['total'], empty: true, reason: 'further lines of an order' },
      { column: ['cancelled_at'], filled: true, reason: 'cancelled' },
      { column: ['financial_status'], words: ['refunded', 'voided'], reason: 'refunded or voided' },
      { column: ['financial_status'], words: ['pending', 'expired'], reason: 'not paid' },
    ],
    partly: ['refunded_amount'],
  },
  {
    what: 'WooCommerce orders',
    has: [['status', 'order_status'], ['date_created_gmt', 'date_created', 'order_date'], WOO_TOTAL, WOO_CUSTOMER],
    key: WOO_CUSTOMER,
    time: ['date_created_gmt', 'date_created', 'order_date'],
    kind: 'purchase',
    value: WOO_TOTAL,
    currency: ['currency', 'order_currency'],
    leave: WOO_LEAVE,
  },
  {
    what: "WooCommerce's report of orders",
    has: [['n_revenue'], ['status'], ['date'], ['customer']],
    key: ['customer'],
    time: ['date'],
    kind: 'purchase',
    value: ['n_revenue'],
    currency: [],
    leave: WOO_LEAVE,
  },
  {
    what: 'a GA4 export',
    has: [['event_name'], ['event_timestamp'], GA4_USER],
    key: GA4_USER,
    time: ['event_timestamp'],
    kind: ['event_name'],
    value: ['ecommerce_purchase_revenue', 'purchase_revenue', 'event_params_value', 'event_value_in_usd'],
    currency: ['event_params_currency', 'currency'],
    leave: [],
  },
  {
    what: 'events of Segment',
    has: [['event'], SEGMENT_USER, ['timestamp', 'received_at', 'sent_at', 'original_timestamp']],
    key: SEGMENT_USER,
    time: ['timestamp', 'original_timestamp', 'received_at', 'sent_at'],
    kind: ['event'],
    sort: ['type'],
    value: [
      'properties_revenue',
      'properties_total',
      'properties_value',
      'properties_price',
      'revenue',
      'total',
      'value',
    ],
    currency: ['properties_currency', 'currency'],
    leave: [],
  },
  {
    what: 'a log of events',
    has: [['event', 'event_type', 'event_name', 'action', 'type'], [...VISITOR, ...CUSTOMER], WHEN],
    key: [...VISITOR, ...CUSTOMER],
    time: WHEN,
    kind: ['event', 'event_type', 'event_name', 'action', 'type'],
    value: AMOUNT,
    currency: ['currency'],
    leave: [],
  },
  {
    what: 'a table of orders',
    has: [[...CUSTOMER, 'email'], WHEN, AMOUNT],
    key: [...CUSTOMER, 'email'],
    time: WHEN,
    kind: 'purchase',
    value: AMOUNT,
    currency: ['currency'],
    leave: [],
  },
]

/** Columns of a table of order lines: a price for each piece. */
export const ORDER_LINES = {
  order: listed('order'),
  pieces: listed('pieces'),
  price: listed('price'),
  article: listed('article'),
  key: [...CUSTOMER, 'email'],
  time: WHEN,
} as const
/** Columns in which the name of a bot would stand. */
export const AGENTS = listed('agents')
export const BOTS = ['bot', 'crawl', 'spider', 'headless', 'slurp', 'monitor']
