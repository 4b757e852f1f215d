/** Looks at a file and says what it is: of whom each line speaks, when, and what happened. */

import type { Kind } from '../core/signal.ts'
import { type ColumnCheck, checkColumn } from './column-check.ts'
import { AGENTS, BOTS, EVENTS, KNOWN, type KnownExport, ORDER_LINES } from './known-exports.ts'
import { type PersonalColumn, personalColumns, plainName } from './personal-columns.ts'
import { type Table, textIn } from './table.ts'

/** What a recipe would take from the file. */
export interface Recognised {
  readonly what: string
  /** An entry of `signals`, without `asOf`; absent for a table of figures. */
  readonly signals?: { readonly key: string; readonly [field: string]: unknown }
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

const wordsOf = (table: Table, column: string): { [event: string]: Kind } => {
  const events = new Set((table.columns.get(column) ?? []).flatMap(cell => textIn(cell) ?? []))
  return Object.fromEntries(Object.entries(EVENTS).filter(([event]) => events.has(event)))
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

type Found = Pick<Recognised, 'what' | 'kinds' | 'hasValue' | 'notes'> & {
  readonly signals: NonNullable<Recognised['signals']>
  readonly when: ColumnCheck
}

const instantIn = ({ columns, find }: Base, names: readonly string[]): ColumnCheck | undefined => {
  const column = find(names.filter(name => columns.some(it => plainName(it.column) === name && it.type === 'instants')))
  return columns.find(it => it.column === column)
}

const isNumber = ({ columns }: Base, column: string | undefined): column is string =>
  Boolean(columns.find(it => it.column === column)?.type.endsWith('numbers'))

/** Lines of orders, a price for each piece, of which some may cancel others. */
const orderLines = (base: Base): Found | undefined => {
  const { find, table } = base
  const [key, order, pieces, price] = [ORDER_LINES.key, ORDER_LINES.order, ORDER_LINES.pieces, ORDER_LINES.price].map(
    find,
  )
  const when = instantIn(base, ORDER_LINES.time)
  if (!key || !order || !when || !isNumber(base, pieces) || !isNumber(base, price)) return undefined
  const { time, notes } = timeOf(when.column, when)
  const cancels = (table.columns.get(order) ?? []).some(cell => /^C\d/.test(textIn(cell) ?? ''))
  const article = find(ORDER_LINES.article)
  const match = cancels ? { cancelled: 'C', match: [...(article ? [article] : []), price] } : {}
  const fields = { value: { column: price, times: 100, by: pieces }, quantity: { column: pieces } }
  return {
    what: cancels ? 'lines of orders, and of their cancellations' : 'lines of orders',
    signals: { key, time, kind: 'purchase', fields, order: { column: order, pieces, ...match } },
    kinds: ['purchase'],
    hasValue: true,
    notes,
    when,
  }
}

const fromExport = (base: Base, known: KnownExport): Found | undefined => {
  const { find, table } = base
  const key = find(known.key)
  const when = instantIn(base, known.time)
  if (!key || !when || !known.has.every(find)) return undefined
  const kindColumn = typeof known.kind === 'string' ? undefined : find(known.kind)
  const words = kindColumn ? wordsOf(table, kindColumn) : {}
  if (kindColumn && !Object.keys(words).length) return undefined
  const value = find(known.value.filter(name => isNumber(base, find([name]))))
  if (typeof known.kind === 'string' && !value) return undefined
  const currency = find(known.currency)
  const mayMiss = kindColumn ? { optional: true } : {}
  const { time, notes } = timeOf(when.column, when)
  const leave = [...leavesOf(known, find), ...botsOf(find)]
  return {
    what: known.what,
    signals: {
      key,
      time,
      kind: kindColumn ? { column: kindColumn, words } : known.kind,
      fields: {
        ...(value ? { value: { column: value, times: 100, ...mayMiss } } : {}),
        ...(currency ? { currency: { column: currency, ...mayMiss } } : {}),
      },
      ...(leave.length ? { leave } : {}),
    },
    kinds: kindColumn ? [...new Set(Object.values(words))] : [known.kind as Kind],
    hasValue: Boolean(value),
    notes,
    when,
  }
}

const latest = (
  table: Table,
  { column, format }: ColumnCheck,
  read: (format: string, text: string) => number,
): number =>
  (table.columns.get(column) ?? []).reduce<number>(
    (last, cell) => Math.max(last, read(format as string, textIn(cell) ?? '')),
    0,
  )

/**
 * @param table with all its columns
 * @param read an instant by its pattern; 0 where the text is none
 */
export const recognise = (table: Table, read: (format: string, text: string) => number): Recognised => {
  const columns = table.names.map(name => checkColumn(name, table.columns.get(name) ?? []))
  const base = { table, find: finderOf(table), columns }
  const personal = personalColumns(table)
  const [special, general] = [KNOWN.slice(0, -1), KNOWN.slice(-1)]
  const found =
    special.map(known => fromExport(base, known)).find(Boolean) ??
    orderLines(base) ??
    general.map(known => fromExport(base, known)).find(Boolean)
  if (!found) return { what: 'a table of figures', kinds: [], hasValue: false, last: 0, columns, personal, notes: [] }
  const { when, ...rest } = found
  return { ...rest, last: latest(table, when, read), columns, personal }
}
