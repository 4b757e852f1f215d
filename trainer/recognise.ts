/** Looks at a file and says what it is: of whom each line speaks, when, and what happened. */

import type { Kind } from '../core/signal.ts'
import { type ColumnCheck, checkColumn } from './column-check.ts'
import { columnsOf, joinedTexts } from './columns.ts'
import { AGENTS, BOTS, EVENTS, KNOWN, type KnownExport, ORDER_LINES } from './known-exports.ts'
import { areTokens, type PersonalColumn, personalColumns, plainName } from './personal-columns.ts'
import { type Cell, type Table, textIn } from './table.ts'

/** What a recipe would take from the file. */
export interface Recognised {
  readonly what: string
  /** An entry of `signals`, without `asOf`; absent for a table of figures. */
  readonly signals?: { readonly key: string; readonly [field: string]: unknown }
  /** Columns that may tell whose a line is, the likeliest first; that of `signals` is one of them. */
  readonly keys: readonly string[]
  readonly kinds: readonly Kind[]
  readonly hasValue: boolean
  /** The latest instant in the file, milliseconds since 1970. */
  readonly last: number
  readonly columns: readonly ColumnCheck[]
  readonly personal: readonly PersonalColumn[]
  /** What whoever trains should know or decide. */
  readonly notes: readonly string[]
}

/** Finds a column by the likeliest of its names. */
type Find = (names: readonly string[]) => string | undefined

const finderOf = (table: Table): Find => {
  const byName = new Map(table.names.map(name => [plainName(name), name]))
  return names => names.flatMap(name => byName.get(name) ?? [])[0]
}

/** What the words of columns mean, of those that are known. */
const wordsOf = (table: Table, names: readonly string[]): { [event: string]: Kind } => {
  const events = new Set(joinedTexts(columnsOf(table, table.place), names))
  return Object.fromEntries(
    [...events].sort().flatMap(event => {
      const word = event?.replace(names.length > 1 ? /^\S+ (?=\S)/ : '', '') ?? ''
      return event && Object.hasOwn(EVENTS, word) ? [[event, EVENTS[word] as Kind]] : []
    }),
  )
}

/** The column that names the kind of a line; and before it the one that does where it is empty. */
const kindOf = ({ find, table }: Base, { kind, sort }: KnownExport) => {
  if (typeof kind === 'string') return { kind, kinds: [kind] }
  const [column, before] = [find(kind), sort && find(sort)]
  const isSort = (cell: Cell): boolean => Object.hasOwn(EVENTS, textIn(cell) ?? '')
  const several = before !== undefined && (table.columns.get(before) ?? []).some(isSort)
  const columns = [...(several ? [before] : []), ...(column ? [column] : [])]
  const words = wordsOf(table, columns)
  return {
    kind: several ? { columns, words } : { column, words },
    kinds: [...new Set(Object.values(words))],
  }
}

const timeOf = (column: string, { format, orFormat }: ColumnCheck) => ({
  time: { columns: [column], format: format as string, zone: 'UTC' },
  notes: orFormat ? [`${column} may be ${format} or ${orFormat}: check it`] : [],
})

const leavesOf = (known: KnownExport, find: Find) =>
  known.leave.flatMap(({ column, ...rest }) => {
    const found = find(column)
    return found ? [{ column: found, ...rest }] : []
  })

const botsOf = (find: Find) => {
  const column = find(AGENTS)
  return column ? [{ column, parts: BOTS, reason: 'bots' }] : []
}

interface Base {
  readonly table: Table
  readonly find: Find
  readonly columns: readonly ColumnCheck[]
}

type Found = Pick<Recognised, 'what' | 'keys' | 'kinds' | 'hasValue' | 'notes'> & {
  readonly signals: NonNullable<Recognised['signals']>
  readonly when: ColumnCheck
}

const instantIn = ({ columns, find }: Base, names: readonly string[]): ColumnCheck | undefined => {
  const column = find(names.filter(name => columns.some(it => plainName(it.column) === name && it.type === 'instants')))
  return columns.find(it => it.column === column)
}

/** Tokens stand for people in a file that was made ready; else the likeliest name tells. */
const keysIn = ({ find, table }: Base, names: readonly string[]): string[] => {
  const found = names.flatMap(name => find([name]) ?? [])
  const tokens = found.filter(name => areTokens(table.columns.get(name)))
  return [...new Set([...tokens, ...found])]
}

const isNumber = ({ columns }: Base, column: string | undefined): column is string =>
  Boolean(columns.find(it => it.column === column)?.type.endsWith('numbers'))

/** Lines of orders, a price for each piece, of which some may cancel others. */
const orderLines = (base: Base): Found | undefined => {
  const { find, table } = base
  const [order, pieces, price] = [ORDER_LINES.order, ORDER_LINES.pieces, ORDER_LINES.price].map(find)
  const keys = keysIn(base, ORDER_LINES.key)
  const [key] = keys
  const when = instantIn(base, ORDER_LINES.time)
  if (!key || !order || !when || !isNumber(base, pieces) || !isNumber(base, price)) return undefined
  const { time, notes } = timeOf(when.column, when)
  const cancels = (table.columns.get(order) ?? []).some(cell => /^C\d/.test(textIn(cell) ?? ''))
  const article = find(ORDER_LINES.article)
  const match = cancels ? { cancelled: 'C', match: [...(article ? [article] : []), price] } : {}
  const fields = { value: { column: price, times: 100, by: pieces }, quantity: { column: pieces } }
  return {
    what: cancels ? 'lines of orders, and of their cancellations' : 'lines of orders',
    keys,
    signals: { key, time, kind: 'purchase', fields, order: { column: order, pieces, ...match } },
    kinds: ['purchase'],
    hasValue: true,
    notes,
    when,
  }
}

const fromExport = (base: Base, known: KnownExport): Found | undefined => {
  const { find } = base
  const keys = keysIn(base, known.key)
  const [key] = keys
  const when = instantIn(base, known.time)
  if (!key || !when || !known.has.every(find)) return undefined
  const { kind, kinds } = kindOf(base, known)
  const value = find(known.value.filter(name => isNumber(base, find([name]))))
  if (!kinds.length || (typeof kind === 'string' && !value)) return undefined
  const currency = find(known.currency)
  const mayMiss = typeof kind === 'string' ? {} : { optional: true }
  const { time, notes } = timeOf(when.column, when)
  const leave = [...leavesOf(known, find), ...botsOf(find)]
  const partly = known.partly && find(known.partly)
  return {
    what: known.what,
    keys,
    signals: {
      key,
      time,
      kind,
      fields: {
        ...(value ? { value: { column: value, times: 100, ...mayMiss } } : {}),
        ...(currency ? { currency: { column: currency, ...mayMiss } } : {}),
      },
      ...(leave.length ? { leave } : {}),
    },
    kinds,
    hasValue: Boolean(value),
    notes: [
      ...notes,
      ...(partly ? [`what was given back of an order that stays (${partly}) is not taken off it`] : []),
    ],
    when,
  }
}

const FIGURES = { what: 'a table of figures', keys: [], kinds: [], hasValue: false, last: 0 } as const

const LONGEST_SAMPLE = 24

/** A cell that is none of what its column is taken for. */
const sampleOf = ({ table }: Base, column: string): string =>
  `such as ${(table.columns.get(column) ?? []).map(textIn).find(Boolean)?.slice(0, LONGEST_SAMPLE) ?? 'nothing'}`

/** What keeps a file from being what the names of its columns say it is. */
const missedBy = (base: Base): string[] => {
  const meant = KNOWN.find(({ has, key }) => base.find(key) && has.every(base.find))
  if (!meant) return []
  const [time, value] = [base.find(meant.time), base.find(meant.value)]
  const timeless =
    time && !instantIn(base, meant.time) ? [`${time} holds no instants that are known, ${sampleOf(base, time)}`] : []
  const priceless = value && !isNumber(base, value) ? [`${value} holds no plain numbers, ${sampleOf(base, value)}`] : []
  return [...timeless, ...priceless].map(problem => `by its names ${meant.what}, but ${problem}`)
}

type Read = (format: string, text: string) => number

/** The latest instant until `until`, and how many lines come after it. */
const latest = (table: Table, { column, format }: ColumnCheck, read: Read, until: number) => {
  const found = { last: 0, later: 0 }
  for (const cell of table.columns.get(column) ?? []) {
    const at = read(format as string, textIn(cell) ?? '')
    if (at > until) found.later++
    else if (at > found.last) found.last = at
  }
  return found
}

/**
 * @param table with all its columns
 * @param read an instant by its pattern; 0 where the text is none
 * @param until what lies later is a fault in the file: 9999-12-31 is no day of an order
 */
export const recognise = (table: Table, read: Read, until = Number.POSITIVE_INFINITY): Recognised => {
  const columns = table.names.map(name => checkColumn(name, table.columns.get(name) ?? []))
  const base = { table, find: finderOf(table), columns }
  const personal = personalColumns(table)
  const [special, general] = [KNOWN.slice(0, -1), KNOWN.slice(-1)]
  const found =
    special.map(known => fromExport(base, known)).find(Boolean) ??
    orderLines(base) ??
    general.map(known => fromExport(base, known)).find(Boolean)
  if (!found) return { ...FIGURES, columns, personal, notes: missedBy(base) }
  const { when, ...rest } = found
  const { last, later } = latest(table, when, read, until)
  // Of files from another time than the machine's, none is later than others.
  if (!last) return { ...rest, last: latest(table, when, read, Number.POSITIVE_INFINITY).last, columns, personal }
  const notes = later
    ? [...rest.notes, `${later} lines lie in the future (${when.column}), and will be left out`]
    : rest.notes
  return { ...rest, notes, last, columns, personal }
}
