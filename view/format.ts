/** Numbers, dates and names as a person reads them. */

import { EPOCH_MS, type Epoch } from '../core/epoch.ts'
import type { Unit } from '../core/unit.ts'
import { type ElementNode, h } from './element.ts'

/** A time is told in its largest unit and the one below it. */
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

export interface Formats {
  number(value: number): string
  /** @param part 0 to 1 */
  percent(part: number): string
  listed(items: readonly string[]): string
  /** @param at milliseconds since 1970; the day is the UTC one. */
  dated(at: number): string
  /** Weekday and day, in the reader's own time zone. */
  weekday(at: number): string
  /** An instant, in the reader's own time zone. */
  moment(at: number): ElementNode
  /** The time of day of an instant, in the reader's own time zone. */
  clock(at: number): ElementNode
  /** @param minor in the currency's minor unit */
  money(minor: number, currency: string): string
  /** How many of the minor unit make one. */
  minor(currency: string): number
  /** `42 s`, `5 min 12 s`. */
  lasting(ms: number): string
  bytes(n: number): string
  days(n: number): string
  /** A feature's raw number, as what it is. */
  measured(value: number, unit?: Unit): string
  /** Which plural form goes with a number. */
  rule(n: number): Intl.LDMLPluralRule
}

/** What Intl is asked for is made when it is first needed: each costs a page half a millisecond. */
export const formatsOf = (locale: string): Formats => {
  const plain = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
  const fine = once(() => new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }))
  const share = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }))
  const smallShare = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }))
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const day = once(
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  )
  const week = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }))
  const minute = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }))
  const time = once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }))
  const rules = once(() => new Intl.PluralRules(locale))
  const currencies = new Map<string, Intl.NumberFormat>()
  const inCurrency = (currency: string): Intl.NumberFormat => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
    currencies.set(currency, known)
    return known
  }
  const unit = (n: number, name: string, unitDisplay: 'short' | 'long'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 0 }).format(n)

  const at = (instant: number, format: Intl.DateTimeFormat): ElementNode =>
    h('time', { datetime: new Date(instant).toISOString() }, format.format(instant))
  const number = (value: number): string => (value !== 0 && value > -1 && value < 1 ? fine() : plain()).format(value)
  const percent = (part: number): string => (part < 0.1 ? smallShare() : share()).format(part)
  const minor = (currency: string): number => 10 ** (inCurrency(currency).resolvedOptions().maximumFractionDigits ?? 2)
  const lasting = (ms: number): string => {
    const seconds = Math.round(ms / 1000)
    const first = UNITS.findIndex(([, size]) => seconds >= size)
    const [name, size] = UNITS[first] ?? ['second', 1]
    const [lower, part] = UNITS[first + 1] ?? ['second', 1]
    const rest = Math.floor((seconds % size) / part)
    return [unit(Math.floor(seconds / size), name, 'short'), rest && unit(rest, lower, 'short')]
      .filter(Boolean)
      .join(' ')
  }

  return {
    number,
    percent,
    listed: items => list().format(items),
    dated: instant => day().format(instant),
    weekday: instant => week().format(instant),
    moment: instant => at(instant, minute()),
    clock: instant => at(instant, time()),
    money: (value, currency) => inCurrency(currency).format(value / minor(currency)),
    minor,
    lasting,
    bytes: n => unit(n, 'byte', 'long'),
    days: n => unit(n, 'day', 'long'),
    measured: (value, { ms, share: part } = {}) => (ms ? lasting(value * ms) : part ? percent(value) : number(value)),
    rule: n => rules().select(n),
  }
}

/** English for those who speak nothing else: the collector's pages, and the DevTools panel. */
export const { number, percent, listed, dated, moment, measured } = formatsOf('en-GB')

/** `one report`, `1,200 reports`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n === 1 ? 'one' : number(n)} ${n === 1 ? one : many}`

/** `product_dwell` becomes `Product dwell`. */
export const spoken = (name: string): string => {
  const words = name.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** First and last day of an epoch (ms since 1970). */
export const span = (epoch: Epoch): readonly [number, number] => [epoch * EPOCH_MS, (epoch + 1) * EPOCH_MS - 1]

const range = once(
  () => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
)

/** `4 to 10 Dec 2025`. */
export const week = (epoch: Epoch): string => range().formatRange(...span(epoch))
