/** The part of a recipe that turns a file's lines into signals: of whom, when, of what kind, with which fields. */

import { fault, list, mapOf, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { hasField, isNumeric, KIND_NAMES, type Kind, WORD } from '../core/signal.ts'
import { above } from './binding.ts'
import { instantReader } from './instant.ts'
import { cell, column, type Leave, parseLeaves } from './terms.ts'

/** Where a field's value stands: in the recipe, in a column of numbers, or in a column of words. One that is optional may be missing. */
export type FieldSource =
  | { readonly is: string | number }
  /** Rounded to whole units after `times`, then multiplied by the whole number in column `by`. */
  | { readonly column: string; readonly times: number; readonly by?: string; readonly optional?: true }
  /** Without `words` the cell itself is the word. */
  | { readonly column: string; readonly words?: { readonly [cell: string]: string }; readonly optional?: true }

/** Lines of one order are one signal. */
export interface Order {
  readonly column: string
  /** How many pieces a line is about: below zero in a cancellation. */
  readonly pieces: string
  /** What the column starts with where the line cancels another. */
  readonly cancelled?: string
  /** The columns in which a cancellation equals what it cancels. */
  readonly match: readonly string[]
}

export interface SignalRows {
  /** Whose signals they are: a customer, a session. */
  readonly key: string
  /** The instant at which features are computed: milliseconds since 1970, or that of the key's own last signal. */
  readonly asOf: number | 'last'
  /** Columns, joined by a blank, and the pattern they follow; or one instant for all lines. */
  readonly time: { readonly columns: readonly string[]; readonly format: string } | { readonly is: number }
  /** One for all lines; or what the words of columns mean, joined by a blank where there are several. */
  readonly kind: Kind | { readonly columns: readonly string[]; readonly words: { readonly [cell: string]: Kind } }
  readonly fields: { readonly [field: string]: FieldSource }
  readonly order?: Order
  /** Lines that are about something else, and why. */
  readonly leave: readonly Leave[]
}

const mayMiss = { optional: optional(oneOf([true])) }
const parseNumber = object({ column, times: optional(above), by: optional(column), ...mayMiss })
const parseWord = object({ column, words: optional(mapOf(cell, text(32), 1000)), ...mayMiss })

const parseSource = (field: string, value: unknown, place: string): FieldSource => {
  const given = (value ?? {}) as { is?: unknown }
  if (given.is !== undefined) {
    const isRight = typeof given.is === (isNumeric(field) ? 'number' : 'string')
    return isRight
      ? { is: given.is as string | number }
      : fault(`${place}.is`, `of the wrong type for ${field}`, `Give a ${isNumeric(field) ? 'number' : 'text'}`)
  }
  return isNumeric(field) ? { times: 1, ...parseNumber(value, place) } : parseWord(value, place)
}

const parseFields: Parser<SignalRows['fields']> = (value, place) => {
  const given = mapOf(text(16, WORD), (source: unknown) => source, 16)(value, place)
  return Object.fromEntries(
    Object.entries(given).map(([field, source]) => [field, parseSource(field, source, `${place}.${field}`)]),
  )
}

const parseWords = object({
  column: optional(column),
  columns: optional(list(column, 1, 4)),
  words: mapOf(cell, oneOf(KIND_NAMES), 1000),
})
const parseKind: Parser<SignalRows['kind']> = (value, place) => {
  if (typeof value === 'string') return oneOf(KIND_NAMES)(value, place)
  const { words, ...told } = parseWords(value, place)
  const columns = told.columns ?? (told.column === undefined ? [] : [told.column])
  return columns.length && !(told.columns && told.column)
    ? { columns, words }
    : fault(place, columns.length ? 'both column and columns' : 'no column', 'Name one, or several as columns')
}

const AS_OF = 'YYYY-MM-DDThh:mm:ssZ'
const parseInstant: Parser<number> = (value, place) => {
  const at = typeof value === 'string' ? instantReader(AS_OF, place)(value) : undefined
  return at ?? fault(place, 'no instant', 'Give one such as 2026-01-31T00:00:00Z')
}
const parseAsOf: Parser<number | 'last'> = (value, place) => (value === 'last' ? value : parseInstant(value, place))

const parsePattern = object({ columns: list(column, 1, 4), format: text(60), zone: oneOf(['UTC']) })
const parseTime: Parser<SignalRows['time']> = (value, place) => {
  if ((value as { is?: unknown } | null)?.is !== undefined) return object({ is: parseInstant })(value, place)
  const { columns, format } = parsePattern(value, place)
  instantReader(format, `${place}.format`)
  return { columns, format }
}

const parseShape = object({
  key: column,
  asOf: parseAsOf,
  time: parseTime,
  kind: parseKind,
  fields: optional(parseFields),
  order: optional(
    object({ column, pieces: column, cancelled: optional(text(16)), match: optional(list(column, 1, 8)) }),
  ),
  leave: optional(parseLeaves),
})

/** A number of an order counts pieces, or is a price for each: only then is it known what a cancellation leaves of it. */
const checkOrder = ({ kind, fields }: Pick<SignalRows, 'kind' | 'fields'>, order: Order, place: string): void => {
  if (typeof kind !== 'string') fault(`${place}.kind`, 'orders of several kinds', 'Name one kind, or leave order out')
  if (Boolean(order.cancelled) !== order.match.length > 0)
    fault(`${place}.order`, 'cancelled and match belong together', 'Give both, or neither')
  for (const [field, source] of Object.entries(fields)) {
    if (!('times' in source)) continue
    const counts = source.column === order.pieces && source.times === 1 && !source.by
    if (!counts && (source.column === order.pieces || source.by !== order.pieces))
      fault(`${place}.fields.${field}`, 'neither the pieces nor a price for each', `Add "by": "${order.pieces}"`)
  }
}

/** Reads the signals of one file. @throws ParseError */
const parseFile: Parser<SignalRows> = (value, place) => {
  const { order, ...given } = parseShape(value, place)
  const rows = { fields: {}, leave: [], ...given }
  const kinds = typeof rows.kind === 'string' ? [rows.kind] : Object.values(rows.kind.words as { [cell: string]: Kind })
  for (const field of Object.keys(rows.fields)) {
    if (!kinds.some(kind => hasField(kind, field)))
      fault(`${place}.fields.${field}`, `${kinds.join(' and ')} has no such field`, 'Remove it')
  }
  if (!order) return rows
  const whole = { match: [], ...order }
  checkOrder(rows, whole, place)
  return { ...rows, order: whole }
}

/**
 * Reads `signals`: of one file, or of several that are joined by their keys.
 * @throws ParseError
 */
export const parseSignalRows: Parser<SignalRows[]> = (value, place) => {
  if (!Array.isArray(value)) return [parseFile(value, place)]
  const sources = list(parseFile, 1, 8)(value, place)
  const other = sources.findIndex(({ asOf }) => asOf !== sources[0]?.asOf)
  if (other > 0) fault(`${place}[${other}].asOf`, 'another instant than the first', 'All files are looked at as of one')
  return sources
}

/** The columns that it reads. */
export const columnsIn = ({ key, time, kind, fields, order, leave }: SignalRows): string[] => {
  const named = Object.values(fields).flatMap(source =>
    'is' in source ? [] : [source.column, ...('by' in source && source.by ? [source.by] : [])],
  )
  const ofOrder = order ? [order.column, order.pieces, ...order.match] : []
  const ofKind = typeof kind === 'string' ? [] : kind.columns
  return [
    ...new Set([
      key,
      ...('is' in time ? [] : time.columns),
      ...ofKind,
      ...named,
      ...ofOrder,
      ...leave.map(each => each.column),
    ]),
  ]
}
