/** Numbers, dates and names as a person reads them. */

import { EPOCH_MS, type Epoch } from '../core/epoch.ts'
import { type ElementNode, h } from './element.ts'

/** English for now; everything that depends on a language is made here or stands in a component's own words. */
const LOCALE = 'en-GB'

const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 })
const fine = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 })
const share = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 })
const smallShare = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 1 })
const list = new Intl.ListFormat(LOCALE, { type: 'conjunction' })
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const minute = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })

export const number = (value: number): string => (value !== 0 && value > -1 && value < 1 ? fine : plain).format(value)

/** @param part 0 to 1 */
export const percent = (part: number): string => (part < 0.1 ? smallShare : share).format(part)

/** `one report`, `1,200 reports`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n === 1 ? 'one' : number(n)} ${n === 1 ? one : many}`

export const listed = (items: readonly string[]): string => list.format(items)

/** `product_dwell` becomes `Product dwell`. */
export const spoken = (name: string): string => {
  const words = name.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** @param at milliseconds since 1970; the day is the UTC one. */
export const dated = (at: number): string => day.format(at)

/** An instant, in the reader's own time zone. */
export const moment = (at: number): ElementNode =>
  h('time', { datetime: new Date(at).toISOString() }, minute.format(at))

/** First and last day of an epoch (ms since 1970). */
export const span = (epoch: Epoch): readonly [number, number] => [epoch * EPOCH_MS, (epoch + 1) * EPOCH_MS - 1]

/** `4 to 10 Dec 2025`. */
export const week = (epoch: Epoch): string => day.formatRange(...span(epoch))
