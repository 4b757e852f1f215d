/**
 * Recognises columns that say who somebody is, by their names and by what stands in them. It errs on the side of refusing: a
 * recipe may say of a column that it is not personal, and why.
 */

import {
  areBirths,
  isAccount,
  isAddress,
  isIp,
  isMail,
  isName,
  isPerhapsName,
  isPhone,
  isPlace,
} from './personal-cells.ts'
import { type Cell, type Table, textIn } from './table.ts'

interface Look {
  /** What the column would hold, in the plural. */
  readonly what: string
  /** Words of a column's name, joined by _. */
  readonly name: RegExp
  /** Can a cell under such a name be one? A count of e-mails is no e-mail. */
  readonly may: RegExp
  /** Do the cells say so, whatever their column is called? */
  readonly are?: (texts: readonly string[]) => boolean
}

export interface PersonalColumn {
  readonly column: string
  readonly what: string
  readonly by: 'name' | 'content'
}

const SINGLE = 0.02
const FIFTH = 0.2
const THIRD = 0.3
const MOST = 0.5

const shareOf = (texts: readonly string[], is: (text: string) => boolean): number =>
  texts.length ? texts.filter(is).length / texts.length : 0

/** Is such a share of the cells one? */
const atLeast =
  (share: number, is: (text: string) => boolean) =>
  (texts: readonly string[]): boolean =>
    shareOf(texts, is) >= share

const LOOKS: readonly Look[] = [
  {
    what: 'e-mail addresses',
    name: /(^|_)(e_?mails?\d?|mail|courriel|correo|posta_elettronica)(_|$)/,
    may: /\p{L}{2}/u,
    are: atLeast(SINGLE, isMail),
  },
  {
    what: 'phone numbers',
    name: /(^|_)((tele)?phone|(mobil|cell)e?(phone)?|telefon[eo]?|tel|handy|fax|msisdn|whatsapp|rufnummer)(_?(number|nummer|nr|no|\d))?$/,
    may: /(\d\D*){6}/,
    are: atLeast(MOST, isPhone),
  },
  {
    what: 'names of people',
    name: /((^|_)(first|last|full|given|family|sur|middle|maiden|legal|display|nick|screen|billing|shipping|customer|contact|client|user|buyer|recipient|holder|kunden|nutzer|benutzer)_?name(_|$))|(^|_)(vorname|nachname|prenom|apellidos?|cognome|voornaam|achternaam|imie|nazwisko|empfanger|ansprechpartner|recipient|card_?holder)(_|$)|^(name|nom|nombre)$/,
    may: /\p{L}{2}/u,
    are: texts => atLeast(FIFTH, isName)(texts) || atLeast(THIRD, isPerhapsName)(texts),
  },
  {
    what: 'addresses',
    name: /(^|_)(address(_?(line)?_?\d)?|street|strasse|anschrift|adresse|direccion|indirizzo|zip|zip_?code|postal_?code|postcode|plz|cap|house_?number|hausnummer)(_|$)/,
    may: /[\p{L}\d]/u,
    are: atLeast(FIFTH, isAddress),
  },
  {
    what: 'IP addresses',
    name: /(^|_)(ip|ip_?addr(ess)?|ipv4|ipv6|remote_addr|client_ip|mac_address)(_|$)/,
    may: /[\da-f][.:]|^[\da-f]{16,}$/i,
    are: atLeast(SINGLE, isIp),
  },
  {
    what: 'card or account numbers',
    name: /(^|_)(card_?(number|nr|no)|credit_?card|cc_?(number|no)|kreditkarte|iban|account_?number|pan|kontonummer)(_|$)/,
    may: /\d{4}/,
    are: atLeast(MOST, isAccount),
  },
  {
    what: 'numbers of papers',
    name: /(^|_)(ssn|social_security(_number)?|passport(_?(number|no))?|tax_?id|steuer_?id|national_?id|ausweis(nummer)?|dni|nif|pesel|codice_fiscale)(_|$)/,
    may: /\d{3}/,
  },
  {
    what: 'dates of birth',
    name: /(^|_)(birth_?(date|day|year)?|date_?of_?birth|year_?of_?birth|dob|yob|geburts(datum|tag|jahr)|naissance|nacimiento|nascita)(_|$)/,
    may: /\d/,
    are: areBirths,
  },
  {
    what: 'places to the metre',
    name: /(^|_)(lat|latitude|lon|lng|longitude|gps|coordinates)(_|$)/,
    may: /\d\.\d{2}/,
    are: atLeast(SINGLE, isPlace),
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
/** And as much of a cell: whoever somebody is takes less room. */
const LOOKED_INTO = 200

const sampleOf = (cells: readonly Cell[]): string[] => {
  const step = Math.max(1, Math.floor(cells.length / LOOKED_AT))
  const found: string[] = []
  for (let i = 0; i < cells.length; i += step) {
    const text = textIn(cells[i] ?? null)
    if (text !== null) found.push(text.slice(0, LOOKED_INTO))
  }
  return found
}

/** Does every cell that holds anything hold a token? */
export const areTokens = (cells: readonly Cell[] = []): boolean => {
  const texts = sampleOf(cells)
  return texts.length > 0 && texts.every(text => TOKEN.test(text))
}

/**
 * What a column holds, where that says who somebody is. Without cells only the name speaks.
 * @param cells of the column, if they were read
 */
export const personalIn = (column: string, cells?: readonly Cell[]): PersonalColumn | undefined => {
  const name = plainName(column)
  const texts = cells ? sampleOf(cells) : undefined
  if (areTokens(cells)) return undefined
  const named = LOOKS.find(it => it.name.test(name) && (!texts || shareOf(texts, text => it.may.test(text)) > SINGLE))
  if (named) return { column, what: named.what, by: 'name' }
  const seen = texts?.length ? LOOKS.find(({ are }) => are?.(texts)) : undefined
  return seen && { column, what: seen.what, by: 'content' }
}

/** All columns of a file that look personal: those that were not read, by their names. */
export const personalColumns = (table: Table): PersonalColumn[] =>
  table.names.flatMap(name => personalIn(name, table.columns.get(name)) ?? [])
