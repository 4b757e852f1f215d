/** Exports that shops and analytics make, known by their columns: which of these is whose, when, and what happened. */

import type { Kind } from '../core/signal.ts'

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
  /** Amounts in the currency's main unit. */
  readonly value: Names
  readonly currency: Names
  readonly leave: readonly {
    readonly column: Names
    readonly words?: readonly string[]
    readonly filled?: true
    readonly empty?: true
    readonly reason: string
  }[]
}

/** What analytics call what a visitor did, and the kind of signal it is here. */
export const EVENTS: { readonly [event: string]: Kind } = {
  page_view: 'page_view',
  pageview: 'page_view',
  page: 'page_view',
  'Page Viewed': 'page_view',
  $pageview: 'page_view',
  search: 'search',
  view_search_results: 'search',
  'Products Searched': 'search',
  view_item_list: 'view_item_list',
  'Product List Viewed': 'view_item_list',
  select_item: 'select_item',
  'Product Clicked': 'select_item',
  view_item: 'view_item',
  'Product Viewed': 'view_item',
  product_viewed: 'view_item',
  view: 'view_item',
  add_to_wishlist: 'add_to_wishlist',
  'Product Added to Wishlist': 'add_to_wishlist',
  add_to_cart: 'add_to_cart',
  addtocart: 'add_to_cart',
  'Product Added': 'add_to_cart',
  product_added: 'add_to_cart',
  cart: 'add_to_cart',
  remove_from_cart: 'remove_from_cart',
  removefromcart: 'remove_from_cart',
  'Product Removed': 'remove_from_cart',
  product_removed: 'remove_from_cart',
  view_cart: 'view_cart',
  'Cart Viewed': 'view_cart',
  begin_checkout: 'begin_checkout',
  'Checkout Started': 'begin_checkout',
  checkout_started: 'begin_checkout',
  add_shipping_info: 'add_shipping_info',
  add_payment_info: 'add_payment_info',
  'Payment Info Entered': 'add_payment_info',
  purchase: 'purchase',
  transaction: 'purchase',
  order: 'purchase',
  'Order Completed': 'purchase',
  order_completed: 'purchase',
  refund: 'refund',
  'Order Refunded': 'refund',
  order_refunded: 'refund',
}

const CUSTOMER: Names = [
  'customer',
  'customer_id',
  'customer_token',
  'client_id',
  'user_id',
  'member_id',
  'account_id',
  'who',
]
const VISITOR: Names = [
  'user_pseudo_id',
  'anonymous_id',
  'distinct_id',
  'visitor_id',
  'visitorid',
  'userid',
  'session_id',
]
const WHEN: Names = [
  'created_at',
  'order_date',
  'invoice_date',
  'date_created',
  'event_time',
  'event_timestamp',
  'timestamp',
  'time',
  'date',
  'when',
]
const AMOUNT: Names = [
  'total',
  'order_total',
  'amount',
  'revenue',
  'total_sales',
  'value',
  'sales',
  'net_total',
  'price',
]

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
    ],
  },
  {
    what: 'WooCommerce orders',
    has: [
      ['status', 'order_status'],
      ['date_created_gmt', 'date_created', 'order_date'],
      ['total', 'order_total', 'order_total_amount', 'total_sales', 'net_total'],
      ['customer_id', 'customer_user_id', 'customer_user', 'user_id', 'email_billing', 'billing_email'],
    ],
    key: ['customer_id', 'customer_user_id', 'customer_user', 'user_id', 'email_billing', 'billing_email'],
    time: ['date_created_gmt', 'date_created', 'order_date'],
    kind: 'purchase',
    value: ['total', 'order_total', 'order_total_amount', 'total_sales', 'net_total'],
    currency: ['currency', 'order_currency'],
    leave: [
      {
        column: ['status', 'order_status'],
        words: ['cancelled', 'refunded', 'failed', 'pending', 'trash', 'checkout-draft'].flatMap(word => [
          word,
          `wc-${word}`,
        ]),
        reason: 'not paid, cancelled or refunded',
      },
      { column: ['customer_id', 'customer_user_id', 'customer_user', 'user_id'], words: ['0'], reason: 'guests' },
    ],
  },
  {
    what: 'a GA4 export',
    has: [['event_name'], ['event_timestamp'], ['user_pseudo_id', 'user_id']],
    key: ['user_pseudo_id', 'user_id'],
    time: ['event_timestamp'],
    kind: ['event_name'],
    value: ['ecommerce_purchase_revenue', 'purchase_revenue', 'event_params_value', 'event_value_in_usd'],
    currency: ['event_params_currency', 'currency'],
    leave: [],
  },
  {
    what: 'events of Segment',
    has: [['event'], ['anonymous_id', 'user_id'], ['timestamp', 'received_at', 'sent_at', 'original_timestamp']],
    key: ['anonymous_id', 'user_id'],
    time: ['timestamp', 'original_timestamp', 'received_at', 'sent_at'],
    kind: ['event'],
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
  order: ['invoice_no', 'invoice', 'order_id', 'order_no', 'order_number', 'transaction_id'],
  pieces: ['quantity', 'qty', 'pieces', 'units'],
  price: ['unit_price', 'price', 'item_price'],
  article: ['stock_code', 'sku', 'product_id', 'item_id', 'article'],
  key: [...CUSTOMER, 'email'],
  time: WHEN,
} as const
/** Columns in which the name of a bot would stand. */
export const AGENTS: Names = [
  'user_agent',
  'useragent',
  'context_user_agent',
  'browser_user_agent',
  'device_web_info_browser',
]
export const BOTS = ['bot', 'crawl', 'spider', 'headless', 'slurp', 'monitor']
