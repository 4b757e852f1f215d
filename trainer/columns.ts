/** A table's columns as texts and numbers. A file of orders repeats few of them many times, so each is read once. */

import { type Cell, cellsOf, numberIn, type Table, textIn } from './table.ts'

export interface TextColumns {
  /** The texts of a column; null where there is no value. */
  readonly texts: (name: string) => readonly (string | null)[]
}

export interface Columns extends TextColumns {
  /** The numbers of a column; null where there is none. */
  readonly numbers: (name: string) => readonly (number | null)[]
}

const once = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>()
  return key => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as V
    const made = make(key)
    known.set(key, made)
    return made
  }
}

/** Asking for a column that the file has not is a ParseError, which names `place`. */
export const columnsOf = (table: Table, place: string): Columns => {
  const text = once(textIn)
  const number = once((cell: Cell): number | null => {
    const value = numberIn(cell)
    return typeof value === 'number' ? value : null
  })
  return {
    texts: once(name => cellsOf(table, name, place).map(text)),
    numbers: once(name => cellsOf(table, name, place).map(number)),
  }
}

/** The value of each text, computed once for each different one. */
export const mapTexts = <V>(texts: readonly (string | null)[], read: (text: string) => V): V[] => {
  const value = once((text: string | null) => read(text ?? ''))
  return texts.map(value)
}

/** The texts of several columns, joined by a blank; what is missing is passed over. */
export const joinedTexts = (columns: TextColumns, names: readonly string[]): readonly (string | null)[] => {
  const parts = names.map(columns.texts)
  const [first = []] = parts
  if (parts.length < 2) return first
  return first.map((_, row) => parts.flatMap(part => part[row] ?? []).join(' '))
}
