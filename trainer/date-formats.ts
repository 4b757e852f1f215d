/** Which pattern a column of instants follows. Where days and months cannot be told apart, that is said and not guessed. */

import { instantReader } from './instant.ts'

const FORMATS = [
  'YYYY-MM-DDThh:mm:ss.SSSZ',
  'YYYY-MM-DDThh:mm:ss.SSSSSSZ',
  'YYYY-MM-DDThh:mm:ss.SSSzz',
  'YYYY-MM-DDThh:mm:sszz',
  'YYYY-MM-DDThh:mm:ss.SSS',
  'YYYY-MM-DDThh:mm:ss',
  'YYYY-MM-DDThh:mm',
  'YYYY-MM-DD hh:mm:ss.SSSSSS UTC',
  'YYYY-MM-DD hh:mm:ss.SSSSSS',
  'YYYY-MM-DD hh:mm:ss.SSS',
  'YYYY-MM-DD hh:mm:ss UTC',
  'YYYY-MM-DD hh:mm:ss zz',
  'YYYY-MM-DD hh:mm:sszz',
  'YYYY-MM-DD hh:mm:ss.SSSSSSzz',
  'YYYY-MM-DD hh:mm:ss',
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
  'D-M-YYYY h:mm',
  'D-M-YYYY',
] as const

/** Seconds, milliseconds and microseconds of the years 2001 to 2100 have so many digits. */
const COUNTS: { readonly [digits: number]: string } = { 10: 's', 13: 'ms', 16: 'us' }

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
  const [first] = texts
  if (!first) return undefined
  const count = COUNTS[first.length]
  if (count && texts.every(text => /^\d+$/.test(text) && text.length === first.length)) return { format: count }
  const fitting = FORMATS.map(format => ({ format, share: fits(texts, format) }))
    .filter(({ share }) => share >= 1 - MOST_BROKEN)
    .sort((a, b) => b.share - a.share)
  const [best, second] = fitting
  if (!best) return undefined
  const open = second && second.share === best.share && /^[DM]\//.test(second.format)
  return open ? { format: best.format, or: second.format } : { format: best.format }
}
