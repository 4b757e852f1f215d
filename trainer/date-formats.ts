/** Which pattern a column of instants follows. Where days and months cannot be told apart, that is said and not guessed. */

import { instantReader } from './instant.ts'

const FORMATS = [
  'YYYY-MM-DDThh:mm:ss.SSSZ',
  'YYYY-MM-DDThh:mm:ss.SSSSSSZ',
  'YYYY-MM-DDThh:mm:ss.SSSzz',
  'YYYY-MM-DDThh:mm:sszz',
  'YYYY-MM-DDThh:mm:ss[.S]zz',
  'YYYY-MM-DDThh:mm:ss.SSS',
  'YYYY-MM-DDThh:mm:ss',
  'YYYY-MM-DDThh:mm:ss[.S]',
  'YYYY-MM-DDThh:mm',
  'YYYY-MM-DD hh:mm:ss.SSSSSS UTC',
  'YYYY-MM-DD hh:mm:ss.SSSSSS',
  'YYYY-MM-DD hh:mm:ss.SSS',
  'YYYY-MM-DD hh:mm:ss UTC',
  'YYYY-MM-DD hh:mm:ss zz',
  'YYYY-MM-DD hh:mm:sszz',
  'YYYY-MM-DD hh:mm:ss.SSSSSSzz',
  'YYYY-MM-DD hh:mm:ss',
  'YYYY-MM-DD hh:mm:ss[.S] UTC',
  'YYYY-MM-DD hh:mm:ss[.S]zz',
  'YYYY-MM-DD hh:mm:ss[.S] zz',
  'YYYY-MM-DD hh:mm:ss[.S]',
  'YYYY-MM-DD hh:mm',
  'YYYY-MM-DD',
  'YYYY/MM/DD hh:mm:ss',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'D.M.YYYY h:mm:ss',
  'D.M.YYYY h:mm',
  'D.M.YYYY',
  'D/M/YYYY h:mm:ss',
  'M/D/YYYY h:mm:ss',
  'D/M/YYYY h:mm',
  'M/D/YYYY h:mm',
  'D/M/YYYY',
  'M/D/YYYY',
  'D/M/YYYY h:mm:ss AM',
  'M/D/YYYY h:mm:ss AM',
  'D/M/YYYY h:mm AM',
  'M/D/YYYY h:mm AM',
  'D.M.YY h:mm',
  'D.M.YY',
  'D/M/YY h:mm',
  'M/D/YY h:mm',
  'D/M/YY',
  'M/D/YY',
  'D-M-YYYY h:mm',
  'M-D-YYYY h:mm',
  'D-M-YYYY',
  'M-D-YYYY',
] as const

/** Seconds, milliseconds and microseconds since 1970 have so many digits, from 2001 to 2100. */
const COUNTS: { readonly [digits: number]: string } = { 10: 's', 13: 'ms', 16: 'us' }
/** What the first ten digits stay below until then: the number of a phone, an article or a card mostly does not. */
const BELOW = '4102444800'

const countOf = (texts: readonly string[]): string | undefined => {
  const digits = texts[0]?.length ?? 0
  const fits = (text: string): boolean => text.length === digits && /^[1-4]\d+$/.test(text) && text.slice(0, 10) < BELOW
  return texts.every(fits) ? COUNTS[digits] : undefined
}

/** Cells that must follow the pattern; a few may be broken. */
const MOST_BROKEN = 0.1

const fits = (texts: readonly string[], format: string): number => {
  const read = instantReader(format, 'format')
  return texts.filter(text => read(text) !== undefined).length / texts.length
}

export interface DateFormat {
  readonly format: string
  /** Another pattern that fits as well, with days for months. */
  readonly or?: string
}

/** The pattern of some cells of a column; undefined where they are no instants. */
export const dateFormatOf = (texts: readonly string[]): DateFormat | undefined => {
  if (!texts.length) return undefined
  const count = countOf(texts)
  if (count) return { format: count }
  const fitting = FORMATS.map(format => ({ format, share: fits(texts, format) }))
    .filter(({ share }) => share >= 1 - MOST_BROKEN)
    .sort((a, b) => b.share - a.share)
  const [best, second] = fitting
  if (!best) return undefined
  const open = second && second.share === best.share && /^[DM][/-]/.test(second.format)
  return open ? { format: best.format, or: second.format } : { format: best.format }
}
