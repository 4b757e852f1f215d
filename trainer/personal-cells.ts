/** What a cell says of somebody, whatever its column is called. */

import { isCard, isIban } from '../core/personal-data.ts'
import firstNames from './first-names.json' with { type: 'json' }

export const digitsIn = (text: string): string => text.replace(/\D/g, '')

/** Alone, in brackets after a name, in an address of a page, among others. */
export const isMail = (text: string): boolean => /[^\s<>@,;](@|%40)[^\s<>@/,;]+\.[^\s<>@/,;]{2,}/.test(text)

const NAMES = new Set<string>(firstNames.flatMap(line => line.split(' ')))
const plain = (word = ''): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const LETTERS = /^\p{L}[\p{L}.'’-]*$/u

/** A first name among two to four words that all look like names. */
export const isName = (text: string): boolean => {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const named = NAMES.has(plain(words[0])) || NAMES.has(plain(words[1]))
  return (
    words.length > 1 && words.length < 5 && named && words.every(word => LETTERS.test(word) && /^\p{Lu}/u.test(word))
  )
}

/** A first name alone, or with others in small letters: `Anna vase` is a vase. */
export const isPerhapsName = (text: string): boolean => {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const alike = words.length === 1 || text === text.toLowerCase()
  return alike && words.length < 4 && words.every(word => LETTERS.test(word)) && NAMES.has(plain(words[0]))
}

const DAY = /^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?![./\d-])/
const CALLED = /^(tel|phone|fax|mobile?|handy|whatsapp)[.:]*\s*/i
const EXTENSION = /\s*(ext\.?|x|#|dw\.?)\s*\d{1,6}$/i

/** Numbers as they are written within a country, without a zero before them. */
const GROUPED: readonly RegExp[] = [
  // North America.
  /^(1[-. ])?(\([2-9]\d\d\) ?|[2-9]\d\d[-. ])\d{3}[-. ]\d{4}$/,
  // Spain, Poland, Portugal: nine digits by threes.
  /^[2-9]\d\d[ .-]\d{3}[ .-]\d{3}$/,
  // India; China; Russia; Brazil; Denmark and Norway.
  /^[6-9]\d{4}[ -]\d{5}$/,
  /^1[3-9]\d[ -]\d{4}[ -]\d{4}$/,
  /^8 ?\(?\d{3}\)?[ -]\d{3}[ -]\d\d[ -]\d\d$/,
  /^\(\d\d\) ?9?\d{4}-\d{4}$/,
  /^[2-9]\d \d\d \d\d \d\d$/,
]

export const isPhone = (text: string): boolean => {
  const number = text.replace(CALLED, '').replace(EXTENSION, '')
  if (DAY.test(number) || /^\d+\.\d+$/.test(number)) return false
  if (GROUPED.some(it => it.test(number))) return true
  const digits = digitsIn(number).length
  const begins = /^(\+|00[1-9]|\(?0[1-9])[\d\s()/.-]+$/.test(number)
  // Zeros before a number are an article's as well; ten digits after one are a phone's.
  return begins && digits < 16 && digits > (/^0\d+$/.test(number) ? 9 : 6)
}

// Nobody tells the minute of their birth; a day may be written as its midnight, in whatever zone.
const DAYS: readonly RegExp[] = [
  /^(\d{4})[-/.](?:0?[1-9]|1[0-2])[-/.](?:[0-2]?\d|3[01])(?=$|[T ]\d\d:00)/,
  /^(\d{4})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/,
  /^[0-3]?\d[./-][0-3]?\d[./-](\d{4})(?=$|[T ,]+\d\d?:00)/,
  /^[0-3]?\d[. -]+\p{L}{3,10}[., -]+(\d{4})$/u,
  /^\p{L}{3,10}\.? [0-3]?\d,? (\d{4})$/u,
]

const yearOf = (text: string): number => Number(DAYS.map(it => it.exec(text)?.[1]).find(Boolean) ?? Number.NaN)

const MOSTLY = 0.7
const [OLDEST, GROWN, LATE] = [1900, 1995, 2005]
/** Half of a shop's customers were born so many years apart, or more; half of its orders came in fewer. */
const APART = 10

/** Days of birth lie long ago, or are spread over decades; other days are not. */
export const areBirths = (texts: readonly string[]): boolean => {
  const years = texts.map(yearOf).filter(year => year >= OLDEST)
  if (years.length < MOSTLY * texts.length) return false
  years.sort((a, b) => a - b)
  const [low, middle, high, most] = [0.25, 0.5, 0.75, MOSTLY].map(
    share => years[Math.min(years.length - 1, Math.floor(share * years.length))] as number,
  ) as [number, number, number, number]
  return most <= GROWN || (high - low >= APART && middle <= LATE)
}

const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
const MAC = /^([\da-f]{2}[:-]){5}[\da-f]{2}$/i

const isIpv6 = (text: string): boolean => {
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined || !/[\da-f]/i.test(text)) return false
  const groups = [head, tail ?? ''].flatMap(part => (part ? part.split(':') : []))
  const last = groups.at(-1) ?? ''
  const length = groups.length + (IPV4.test(last) ? 1 : 0)
  const right = groups.every(
    (group, i) => /^[\da-f]{1,4}$/i.test(group) || (i === groups.length - 1 && IPV4.test(group)),
  )
  return right && (tail === undefined ? length === 8 : length < 8)
}

/** With a port, a mask or a zone; the first of several; and what a network card is called. */
export const isIp = (text: string): boolean => {
  const [first = ''] = text.split(',')
  const bare = first
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%\w+$|\/\d{1,3}$/, '')
  return IPV4.test(bare.replace(/:\d{1,5}$/, '')) || MAC.test(bare) || (bare.includes(':') && isIpv6(bare))
}

/** Fourteen digits at least: of thirteen, the number of an article may be right by chance. */
const SHORTEST_CARD = 14

export const isAccount = (text: string): boolean => {
  const digits = digitsIn(text)
  const isNumber = /^[\d\s-]+$/.test(text) && digits.length >= SHORTEST_CARD
  return (isNumber && isCard(digits)) || isIban(text.replace(/[\s-]/g, '').toUpperCase())
}

const STREET =
  /\b(street|st\.?|road|rd\.?|avenue|ave\.?|avenida|avda\.?|lane|drive|boulevard|blvd\.?|highway|rue|chemin|impasse|calle|rua|via|viale|piazza|corso|plaza|platz|weg|allee|ul\.|ulica)(?![\p{L}])|(stra(ß|ss)e|str\.? ?(?=\d)|gasse|gade|straat|laan|weg|platz|allee)(?![\p{L}])|\bp\.? ?o\.? box\b|\bpostfach\b/iu

export const isAddress = (text: string): boolean => /\d/.test(text) && STREET.test(text)

export const isPlace = (text: string): boolean => /^-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}$/.test(text)
