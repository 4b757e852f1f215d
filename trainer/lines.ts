/** A file's lines, each read alone: what it says of whom and when, or why it says nothing. */

import { hasField, isNumeric, type Kind } from '../core/signal.ts'
import { type Columns, joinedTexts, mapTexts } from './columns.ts'
import { instantReader } from './instant.ts'
import type { FieldSource, SignalRows } from './signal-rows.ts'
import { leavingOf } from './terms.ts'

export interface Line {
  /** Which data row, counted from 0. */
  readonly row: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: Kind
  /** Words, and numbers in the units of signals: in a line of an order, those that each piece has. */
  readonly fields: { readonly [field: string]: string | number }
}

/** Reads a row: the line, or in words why there is none. */
export type LineReader<T extends Line> = (row: number) => T | string

/** The value of each row, or of all; undefined where a cell holds nothing that the field can carry. */
type Values = (row: number) => string | number | undefined

const valuesOf = (source: FieldSource, rows: SignalRows, field: string, columns: Columns): Values => {
  if ('is' in source) return () => source.is
  if (!isNumeric(field)) {
    const words = 'words' in source ? source.words : undefined
    const wordOf = (text: string): string | undefined => (Object.hasOwn(words ?? {}, text) ? words?.[text] : undefined)
    const read = mapTexts(columns.texts(source.column), text => (words ? wordOf(text) : text || undefined))
    return row => read[row]
  }
  const { times, by } = source as { times: number; by?: string }
  // Pieces are counted apart, so that a cancellation may take some away.
  const pieces = rows.order?.pieces
  if (source.column === pieces) return () => 1
  const numbers = columns.numbers(source.column)
  const factors = by && by !== pieces ? columns.numbers(by) : undefined
  return row => {
    const number = numbers[row] ?? null
    const factor = factors ? (factors[row] ?? null) : 1
    return number === null || factor === null ? undefined : Math.floor(number * times + 0.5) * factor
  }
}

const kindsOf = ({ kind }: SignalRows, columns: Columns): ((row: number) => Kind | undefined) => {
  if (typeof kind === 'string') return () => kind
  const kinds = mapTexts(joinedTexts(columns, kind.columns), text =>
    Object.hasOwn(kind.words, text) ? kind.words[text] : undefined,
  )
  return row => kinds[row]
}

const timesOf = ({ time }: SignalRows, columns: Columns, place: string): ((row: number) => number | undefined) => {
  if ('is' in time) return () => time.is
  const read = mapTexts(joinedTexts(columns, time.columns), instantReader(time.format, place))
  return row => read[row]
}

/** Makes a reader of lines. @throws ParseError where the file has not the columns */
export const lineReader = (rows: SignalRows, columns: Columns, place: string): LineReader<Line> => {
  const leaving = leavingOf(rows.leave, columns)
  const times = timesOf(rows, columns, place)
  const kinds = kindsOf(rows, columns)
  const readers = Object.entries(rows.fields).map(([field, source]) => {
    const unusable = `nothing usable in ${'is' in source ? field : source.column}`
    const optional = 'optional' in source && source.optional
    return { field, optional, unusable, read: valuesOf(source, rows, field, columns) }
  })
  const until = rows.asOf === 'last' ? Infinity : rows.asOf
  return row => {
    const left = leaving(row)
    if (left) return left
    const kind = kinds(row)
    if (!kind) return 'of another kind'
    const at = times(row)
    if (at === undefined) return 'without an instant'
    if (at > until) return 'later than asOf'
    const fields: { [field: string]: string | number } = {}
    for (const { field, optional, unusable, read } of readers) {
      if (!hasField(kind, field)) continue
      const value = read(row)
      if (value !== undefined) fields[field] = value
      else if (!optional) return unusable
    }
    return { row, at, kind, fields }
  }
}
