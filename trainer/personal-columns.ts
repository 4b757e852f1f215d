/**
 * Recognises columns that say who somebody is, by their names and by what stands in them. It errs on the side of refusing: a
 * recipe may say of a column that it is not personal, and why.
 */

import { isCard, isIban } from '../core/personal-data.ts'
import firstNames from './first-names.json' with { type: 'json' }
import { type Cell, type Table, textIn } from './table.ts'

interface Look {
  /** What the column would hold, in the plural. */
  readonly what: string
  /** Words of a column's name, joined by _. */
  readonly name: RegExp
  /** Can a cell under such a name be one? A count of e-mails is no e-mail. */
  readonly may: RegExp
  /** Is a cell one, whatever its column is called? */
  readonly is?: (text: string) => boolean
  /** The share of cells that must be one, where the name does not say so. */
  readonly from?: number
}

export interface PersonalColumn {
  readonly column: string
  readonly what: string
  readonly by: 'name' | 'content'
}

const NAMES = new Set<string>(firstNames)
const SINGLE = 0.02
const MOST = 0.5

const digitsIn = (text: string): string => text.replace(/\D/g, '')

const isName = (text: string): boolean => {
  const words = text.split(/[\s,]+/)
  const plain = (word = ''): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const named = NAMES.has(plain(words[0])) || NAMES.has(plain(words[1]))
  return words.length > 1 && words.length < 5 && named && words.every(word => /^\p{Lu}[\p{L}.'-]*$/u.test(word))
}

const DAY = /^(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})/

const isPhone = (text: string): boolean => {
  const digits = digitsIn(text).length
  const begins = /^(\+|00[1-9]|\(?0[1-9])[\d\s()/.-]+$/.test(text)
  // Zeros before a number are an article's as well; ten digits after one are a phone's.
  return begins && digits < 16 && digits > (/^0\d+$/.test(text) ? 9 : 6) && !DAY.test(text) && !/^\d+\.\d+$/.test(text)
}

/** Days of birth spread over most of a century; other days do not. */
const isBirth = (text: string): boolean => {
  const year = Number(/^(\d{4})-\d\d-\d\d$/.exec(text)?.[1] ?? /^\d\d?[./]\d\d?[./](\d{4})$/.exec(text)?.[1])
  return year >= 1915 && year <= 1995
}

const STREET =
  /\b(street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|rue|calle|via|plaza|platz|weg|allee)\b|(stra(ß|ss)e|str\.|gasse|straat|laan)\b/i

const LOOKS: readonly Look[] = [
  {
    what: 'e-mail addresses',
    name: /(^|_)(e_?mails?|e_?mail_address|mail_address|mail)(_|$)/,
    may: /\p{L}{2}/u,
    is: text => /^\S+(@|%40)[^\s@]+\.\S+$/.test(text),
    from: SINGLE,
  },
  {
    what: 'phone numbers',
    name: /(^|_)(phone|telephone|telefon|telefono|tel|mobile|handy|cell|fax|msisdn|whatsapp)(_(number|nr|no))?$/,
    may: /(\d\D*){6}/,
    is: isPhone,
    from: MOST,
  },
  {
    what: 'names of people',
    name: /((^|_)(first|last|full|given|family|sur|middle|billing|shipping|customer|contact|client|user|buyer|recipient)_?name(_|$))|(^|_)(vorname|nachname|prenom|apellidos?|cognome|voornaam|achternaam|firstname|lastname|surname|username)(_|$)|^(name|nom|nombre)$/,
    may: /\p{L}{2}/u,
    is: isName,
    from: 0.2,
  },
  {
    what: 'addresses',
    name: /(^|_)(address(_?(line)?_?\d)?|street|strasse|anschrift|adresse|direccion|indirizzo|zip|zip_?code|postal_?code|postcode|plz|cap|house_?number)(_|$)/,
    may: /[\p{L}\d]/u,
    is: text => /\d/.test(text) && STREET.test(text),
    from: 0.2,
  },
  {
    what: 'IP addresses',
    name: /(^|_)(ip|ip_?address|ipv4|ipv6|remote_addr|client_ip)(_|$)/,
    may: /[\da-f][.:]|^[\da-f]{16,}$/i,
    is: text => /^\d{1,3}(\.\d{1,3}){3}(:\d+)?$|^([\da-f]{0,4}:){3,7}[\da-f]{0,4}$/i.test(text),
    from: SINGLE,
  },
  {
    what: 'card or account numbers',
    name: /(^|_)(card_?(number|nr|no)|credit_?card|iban|account_?number|pan|kontonummer)(_|$)/,
    may: /\d{4}/,
    is: text =>
      (/^[\d\s-]+$/.test(text) && isCard(digitsIn(text)) && digitsIn(text).length > 14) ||
      isIban(text.replace(/[\s-]/g, '').toUpperCase()),
    from: MOST,
  },
  {
    what: 'dates of birth',
    name: /(^|_)(birth_?(date|day)?|date_?of_?birth|dob|geburtsdatum|geburtstag|naissance|nacimiento|nascita)(_|$)/,
    may: /\d/,
    is: isBirth,
    from: 0.7,
  },
  {
    what: 'places to the metre',
    name: /(^|_)(lat|latitude|lon|lng|longitude|gps|coordinates)(_|$)/,
    may: /\d\.\d{2}/,
    is: text => /^-?\d{1,3}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}$/.test(text),
    from: SINGLE,
  },
]

/** `First Name (Billing)`, `firstName` and `first_name` are one name. */
export const plainName = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_|_$/g, '')

/** What `nearside tokenize` makes of somebody: 22 characters that say nothing without the key. */
export const TOKEN = /^k-[\w-]{22}$/

/** As many cells as it takes to know what a column holds. */
const LOOKED_AT = 2000

const sampleOf = (cells: readonly Cell[]): string[] => {
  const step = Math.max(1, Math.floor(cells.length / LOOKED_AT))
  const found: string[] = []
  for (let i = 0; i < cells.length; i += step) {
    const text = textIn(cells[i] ?? null)
    if (text !== null) found.push(text)
  }
  return found
}

const shareOf = (texts: readonly string[], is: (text: string) => boolean): number =>
  texts.length ? texts.filter(is).length / texts.length : 0

/**
 * What a column holds, where that says who somebody is. Without cells only the name speaks.
 * @param cells of the column, if they were read
 */
export const personalIn = (column: string, cells?: readonly Cell[]): PersonalColumn | undefined => {
  const name = plainName(column)
  const texts = cells ? sampleOf(cells) : undefined
  if (texts?.length && texts.every(text => TOKEN.test(text))) return undefined
  const named = LOOKS.find(it => it.name.test(name) && (!texts || shareOf(texts, text => it.may.test(text)) > SINGLE))
  if (named) return { column, what: named.what, by: 'name' }
  const seen = texts?.length ? LOOKS.find(({ is, from = 1 }) => is && shareOf(texts, is) >= from) : undefined
  return seen && { column, what: seen.what, by: 'content' }
}

/** All columns of a file that look personal: those that were not read, by their names. */
export const personalColumns = (table: Table): PersonalColumn[] =>
  table.names.flatMap(name => personalIn(name, table.columns.get(name)) ?? [])
