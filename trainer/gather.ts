/** From a file's lines to the signals of each key. Every line has exactly one fate, and fates are counted. */

import { ParseError } from '../core/parse.ts'
import { parseSignal, type Signal } from '../core/signal.ts'
import { columnsOf } from './columns.ts'
import { type Line, type LineReader, lineReader } from './lines.ts'
import { net } from './net.ts'
import { type OrderLine, orderReader } from './order-lines.ts'
import type { Recipe } from './recipe.ts'
import { repeatsIn } from './repeats.ts'
import { columnsIn, type SignalRows } from './signal-rows.ts'
import type { Table } from './table.ts'

/** Somebody, or some session, with all signals of theirs in the order of time. */
export interface Gathered {
  readonly key: string
  readonly signals: readonly Signal[]
}

/** What became of so many lines. */
export interface Fate {
  readonly fate: string
  /** Of which file, where there are several. */
  readonly file?: string
  readonly lines: number
}

export interface Gathering {
  /** In the order in which their keys first stand in the file; also those of whom no signal is left. */
  readonly people: readonly Gathered[]
  /** Adds up to the lines of the file. */
  readonly fates: readonly Fate[]
}

const USED = 'used'

/** Says what became of a line. */
type Tell = (line: Line, fate: string) => void

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** The signal as a device would take it, or why it would not. */
const signalOf = (signal: unknown): Signal | string => {
  try {
    return parseSignal(signal, 'signal')
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return `refused for its ${error.place.split('.').pop()}`
  }
}

/** The signals of lines that are signals each. */
const singly = (lines: readonly Line[], tell: Tell): Signal[] =>
  lines.flatMap(line => {
    const signal = signalOf({ ...line.fields, kind: line.kind, at: line.at })
    tell(line, typeof signal === 'string' ? signal : USED)
    return typeof signal === 'string' ? [] : [signal]
  })

const fateOf = ({ pieces, cancels }: OrderLine, left: number): string => {
  if (cancels) {
    if (left === pieces) return 'cancellation of nothing in the file'
    return left ? 'cancellation, in part of nothing in the file' : 'cancellation taken off an order'
  }
  if (left === pieces) return USED
  return left ? 'used, less what was cancelled' : 'cancelled'
}

/** One signal of an order: noted with its first line, its numbers summed over the pieces that are left. */
const sumOf = (
  lines: readonly OrderLine[],
  left: ReadonlyMap<OrderLine, number>,
  rows: SignalRows,
): Signal | string => {
  const [{ fields, kind }] = lines as [OrderLine]
  const whole = Object.entries(fields).map(([field, value]) => {
    const source = rows.fields[field]
    const isSum = source !== undefined && 'times' in source
    const sum = (): number =>
      lines.reduce((sum, line) => sum + (line.fields[field] as number) * (left.get(line) ?? 0), 0)
    return [field, isSum ? sum() : value]
  })
  return signalOf({ ...Object.fromEntries(whole), kind, at: Math.min(...lines.map(line => line.at)) })
}

/** The signals of somebody's orders, without what they cancelled. */
const byOrder = (lines: readonly OrderLine[], rows: SignalRows, tell: Tell): Signal[] => {
  const left = net(lines)
  for (const line of lines) tell(line, fateOf(line, left.get(line) ?? 0))
  const kept = lines.filter(line => !line.cancels && left.get(line))
  return [...grouped(kept, line => line.order).values()].flatMap(order => {
    const signal = sumOf(order, left, rows)
    if (typeof signal !== 'string') return [signal]
    for (const line of order) tell(line, signal)
    return []
  })
}

/** Whose lines are passed over, and whether lines that repeat another in all columns are. */
export type GatherTerms = Partial<Pick<Recipe, 'exclude' | 'duplicates'>>

/** The signals of each key in several files: keys in the order in which they first stand anywhere. */
export const gatherAll = (
  sources: readonly SignalRows[],
  tables: readonly Table[],
  place: string,
  terms: GatherTerms = {},
): Gathering => {
  const [first, ...more] = sources.map((rows, i) => gather(rows, tables[i] as Table, place, terms))
  if (!first || !more.length) return first ?? { people: [], fates: [] }
  const people = new Map<string, Signal[]>()
  for (const { key, signals } of [first, ...more].flatMap(each => each.people))
    people.set(key, [...(people.get(key) ?? []), ...signals])
  const fates = [first, ...more].flatMap(({ fates }, i) =>
    fates.map(it => ({ ...it, ...(it.fate === USED ? {} : { file: (tables[i] as Table).place }) })),
  )
  const used = fates.filter(({ fate }) => fate === USED).reduce((sum, { lines }) => sum + lines, 0)
  return {
    people: [...people].map(([key, signals]) => ({ key, signals: signals.sort((a, b) => a.at - b.at) })),
    fates: [{ fate: USED, lines: used }, ...fates.filter(({ fate }) => fate !== USED)],
  }
}

/** @throws ParseError where the file has not the columns */
export const gather = (rows: SignalRows, table: Table, place: string, terms: GatherTerms = {}): Gathering => {
  const columns = columnsOf(table, place)
  const fates: string[] = new Array(table.rows).fill(`missing in ${rows.key}`)
  const tell: Tell = ({ row }, fate) => {
    fates[row] = fate
  }
  const readAll = <T extends Line>(read: LineReader<T>, all: readonly number[]): T[] =>
    all.flatMap(row => {
      const line = read(row)
      if (typeof line !== 'string') return [line]
      fates[row] = line
      return []
    })
  const signalsBy = (): ((all: readonly number[]) => Signal[]) => {
    if (rows.order) {
      const read = orderReader(rows, rows.order, columns, place)
      return all => byOrder(readAll(read, all), rows, tell)
    }
    const read = lineReader(rows, columns, place)
    return all => singly(readAll(read, all), tell)
  }
  const signalsOf = signalsBy()
  const keys = columns.texts(rows.key)
  const repeats = terms.duplicates === 'leave' ? repeatsIn(table, columnsIn(rows)) : undefined
  const isTaken = (row: number): boolean => {
    const fate = terms.exclude?.has(keys[row] as string) ? 'excluded' : repeats?.[row] ? 'repeats a line' : undefined
    if (fate) fates[row] = fate
    return !fate
  }
  const keyed = Array.from(keys, (_, row) => row).filter(row => keys[row] !== null)
  const people = [...grouped(keyed, row => keys[row] as string)].map(([key, all]) => ({
    key,
    signals: signalsOf(all.filter(isTaken)).sort((a, b) => a.at - b.at),
  }))
  return { people, fates: counted(fates) }
}

/** The commonest first. */
const counted = (fates: readonly string[]): Fate[] => {
  const counts = new Map<string, number>()
  for (const fate of fates) counts.set(fate, (counts.get(fate) ?? 0) + 1)
  const list = [...counts].map(([fate, lines]) => ({ fate, lines }))
  return list.sort((a, b) => b.lines - a.lines || (a.fate < b.fate ? -1 : 1))
}
