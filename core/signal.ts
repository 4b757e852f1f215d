/** One observed fact, before features. A signal holds integers in named units and enumerated words; never free text. */

import type { Category } from './consent.ts'
import { fault, integer, object, oneOf, optional, type Parser, text } from './parse.ts'

/** What a page is for. Sites map their own addresses to these words; the address itself is never kept. */
export const PAGE_KINDS = [
  'home',
  'category',
  'product',
  'search',
  'cart',
  'checkout',
  'order',
  'account',
  'help',
  'article',
  'other',
] as const
export type PageKind = (typeof PAGE_KINDS)[number]

/** A word from somebody's own dictionary: a product category, an answer. */
export const WORD = /^[a-z0-9][a-z0-9_-]{0,31}$/
export const word = text(32, WORD, 'a word in lower case, digits, - and _')

const page = oneOf(PAGE_KINDS)
const currency = text(3, /^[A-Z]{3}$/, 'an ISO 4217 currency in capitals')
/** Milliseconds; a day at most. */
const ms = integer(0, 86_400_000)
/** An amount in the currency's minor unit, e.g. cents. */
const value = integer(0, 1e12)
const quantity = integer(0, 1e6)

const percent = integer(0, 100)

interface KindSpec {
  readonly category: Category
  readonly fields: { readonly [field: string]: Parser<string | number> }
}

const browsing = <const F extends KindSpec['fields']>(fields: F) => ({ category: 'browsing', fields }) as const
const shopping = <const F extends KindSpec['fields']>(fields: F) => ({ category: 'shopping', fields }) as const
const money = { value, currency }
const item = { category: word, ...money }

/** Every kind of signal there is, its category of consent and the only fields it may carry. */
export const KINDS = {
  page_view: browsing({ page }),
  /** Time the page was visible. */
  page_dwell: browsing({ page, ms }),
  /** The deepest part of the page that was seen, of its height. */
  scroll_depth: browsing({ page, percent }),
  /** A click on what the site has marked. */
  click: browsing({ name: word }),
  /** Clicks in one place within a moment: something does not answer. */
  rage_click: browsing({ page, clicks: quantity }),
  search: browsing({ results: quantity }),
  view_item_list: shopping({ category: word }),
  select_item: shopping(item),
  view_item: shopping(item),
  add_to_wishlist: shopping(item),
  add_to_cart: shopping({ ...item, quantity }),
  remove_from_cart: shopping({ ...item, quantity }),
  view_cart: shopping(money),
  begin_checkout: shopping(money),
  add_shipping_info: shopping(money),
  add_payment_info: shopping(money),
  purchase: shopping({ ...money, quantity }),
  refund: shopping(money),
  answer: { category: 'answers', fields: { question: word, answer: word } },
} as const satisfies { [kind: string]: KindSpec }

export type Kind = keyof typeof KINDS
export const KIND_NAMES = Object.keys(KINDS) as Kind[]

export interface Signal {
  readonly kind: Kind
  /** When it was noted: milliseconds since 1970 by the page's clock. */
  readonly at: number
  readonly [field: string]: string | number
}

/** The latest instant a signal may carry: the year 2200. */
const LATEST = 7_258_118_400_000

const fieldsOf = (kind: Kind): KindSpec['fields'] => KINDS[kind].fields
export const categoryOf = (kind: Kind): Category => KINDS[kind].category
export const hasField = (kind: Kind, field: string): boolean => Object.hasOwn(fieldsOf(kind), field)

/** Is the field a number in a named unit (rather than a word)? */
export const isNumeric = (field: string): boolean =>
  ['ms', 'value', 'quantity', 'results', 'percent', 'clicks'].includes(field)

/** Does the field hold words of the site's own? They are kept only where a feature names them, so that no free text is. */
export const isOpen = (kind: Kind, field: string): boolean => fieldsOf(kind)[field] === word

/** Reads a word by which `field` is filtered: only one that the field can carry. */
export const wordOf =
  (kind: Kind, field: string): Parser<string> =>
  (value, place) =>
    hasField(kind, field) && !isNumeric(field)
      ? String(fieldsOf(kind)[field]?.(value, place))
      : fault(place, `${field} is not a word field of ${kind}`, 'Name one of its word fields')

/**
 * Reads a signal; every field but `kind` and `at` is optional, and none that its kind does not name is allowed. What the site gave
 * of an account carries the site's own id, so that it is never counted twice.
 * @throws ParseError
 */
export const parseSignal: Parser<Signal> = (input, place) => {
  const kind = oneOf(KIND_NAMES)((input as Partial<Signal> | null)?.kind, `${place}.kind`)
  const fields = Object.entries(fieldsOf(kind)).map(([field, parse]) => [field, optional(parse)] as const)
  const known = { kind: oneOf([kind]), at: integer(0, LATEST), id: optional(word) }
  return object({ ...known, ...Object.fromEntries(fields) })(input, place) as Signal
}
