/** Instants in a table's cells, read by a pattern: guessing which number is the month would train a wrong model. */

import { MINUTE_MS } from '../core/epoch.ts'
import { fault } from '../core/parse.ts'

/** Milliseconds since 1970, UTC; undefined where the text does not fit the pattern, or names no day of the calendar. */
export type Reader = (text: string) => number | undefined

/** What each word of a pattern stands for, by its place in `Date.UTC`. */
const PARTS: { readonly [word: string]: readonly [place: number, digits: string] } = {
  YYYY: [0, '\\d{4}'],
  YY: [0, '\\d{2}'],
  MM: [1, '\\d{2}'],
  M: [1, '\\d{1,2}'],
  DD: [2, '\\d{2}'],
  D: [2, '\\d{1,2}'],
  hh: [3, '\\d{2}'],
  h: [3, '\\d{1,2}'],
  mm: [4, '\\d{2}'],
  ss: [5, '\\d{2}'],
  '[.S]': [6, '(?:\\.\\d{1,9})?'],
  SSSSSS: [6, '\\d{6}'],
  SSS: [6, '\\d{3}'],
  zz: [7, 'Z|[+-]\\d{2}(?::?\\d{2})?'],
  AM: [8, '[AP]M|[ap]m'],
}
const WORDS = /YYYY|YY|AM|MM|M|DD|D|hh|h|mm|ss|\[\.S\]|SSSSSS|SSS|zz/g

const COUNTS: { readonly [format: string]: number } = { us: 0.001, ms: 1, s: 1000 }

const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}/-]/g, '\\$&')

/** Whole milliseconds since 1970, from a count of `unit` milliseconds. */
const counter =
  (unit: number): Reader =>
  text =>
    /^\d{1,16}$/.test(text) ? Math.floor(Number(text) * unit) : undefined

/**
 * Makes a reader of texts in UTC, or with an offset from it.
 * @param format `us`, `ms` or `s` since 1970, or a pattern of YYYY, MM, DD, hh, mm, ss, SSS or SSSSSS, and zz for an offset such
 * as +0100; M, D and h take one digit or two, YY a year from 1970 to 2069, [.S] a fraction that may be missing, AM one half of the day
 * @throws ParseError where the pattern names no year, month or day, or one part twice
 */
export const instantReader = (format: string, place: string): Reader => {
  const unit = Object.hasOwn(COUNTS, format) ? COUNTS[format] : undefined
  if (unit) return counter(unit)
  const words = format.match(WORDS) ?? []
  const places = words.map(word => PARTS[word]?.[0] as number)
  if (![0, 1, 2].every(part => places.includes(part)) || new Set(places).size < places.length) {
    fault(
      place,
      `found ${format}`,
      'Expected us, ms, s, or YYYY, MM, DD once each, with hh, mm, ss, SSS, zz where there is a time',
    )
  }
  const literals = format.split(WORDS).map(escaped)
  const pattern = literals.map((literal, i) => literal + (words[i] ? `(${PARTS[words[i]]?.[1]})` : '')).join('')
  const whole = new RegExp(`^${pattern}$`)
  return text => {
    const found = whole.exec(text)
    if (!found) return undefined
    const parts = [1970, 1, 1, 0, 0, 0, 0, 0, NO_HALF]
    places.forEach((part, i) => {
      parts[part] = numberOf(words[i] as string, found[i + 1] ?? '')
    })
    return utc(parts)
  }
}

/** The first hour of a half of the day; below zero where a day is not parted. */
const NO_HALF = -1
const NOON = 12

const offsetOf = (digits: string): number => {
  const [sign, hours, minutes] = [digits[0] === '-' ? -1 : 1, digits.slice(1, 3), digits.slice(3).slice(-2)]
  return digits === 'Z' ? 0 : sign * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}

/** What a word stands for, in the unit of its place: a year, milliseconds, an offset in milliseconds. */
const numberOf = (word: string, digits: string): number => {
  switch (word) {
    case 'YY':
      return Number(digits) + (Number(digits) < 70 ? 2000 : 1900)
    case 'SSSSSS':
      return Math.floor(Number(digits) / 1000)
    case '[.S]':
      return Number(digits.slice(1).padEnd(3, '0').slice(0, 3))
    case 'zz':
      return offsetOf(digits)
    case 'AM':
      return /^p/i.test(digits) ? NOON : 0
    default:
      return Number(digits)
  }
}

/** Of 24, where the half is told: 12 is the first of either. */
const hourOf = (hour: number, half: number): number => {
  if (half === NO_HALF) return hour
  return hour > 0 && hour <= NOON ? (hour % NOON) + half : Number.POSITIVE_INFINITY
}

/** The 31st of February would otherwise be the third of March. */
const utc = ([
  year = 0,
  month = 0,
  day = 0,
  told = 0,
  minute = 0,
  second = 0,
  ms = 0,
  offset = 0,
  half = NO_HALF,
]: readonly number[]) => {
  const hour = hourOf(told, half)
  const at = Date.UTC(year, month - 1, day, hour, minute, second, ms)
  const date = new Date(at)
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same && hour < 24 && minute < 60 && second < 60 ? at - offset : undefined
}
