/**
 * JSON lines to a table: one object a line. What is nested gets a name with dots, and a list of keys and values, as GA4 exports
 * its parameters, a column for each key.
 */

import { fault } from '../core/parse.ts'
import type { Cell, Table } from '../trainer/table.ts'
import { headerOf, isWanted, MOST_COLUMNS, type Wanted } from './header.ts'

/** Deeper than any export goes. */
const DEEPEST = 6

type Fields = { readonly [name: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Of `{ key, value: { string_value } }` the one value that there is. */
const soleValue = (value: unknown): unknown =>
  isFields(value) ? Object.values(value).find(each => each !== null && each !== undefined) : value

/** Passes on each plain value with its name. */
const flatten = (value: unknown, name: string, take: (name: string, cell: Cell) => void, depth = 0): void => {
  const inner = (key: string, each: unknown): void => flatten(each, name ? `${name}.${key}` : key, take, depth + 1)
  if (value === null || value === undefined) return
  if (typeof value === 'boolean') take(name, String(value))
  else if (typeof value === 'string' || typeof value === 'number') take(name, value)
  else if (depth >= DEEPEST) return
  else if (isFields(value)) for (const [key, each] of Object.entries(value)) inner(key, each)
  else if (Array.isArray(value)) {
    for (const each of value) if (isFields(each) && typeof each.key === 'string') inner(each.key, soleValue(each.value))
  }
}

/** Where `JSON.parse` stumbled, counted from 1: engines say it in words, if at all. */
const columnOf = (error: unknown, text: string): number =>
  Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length) + 1

const parseLine = (text: string, line: number, path: string): Fields => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    fault(`${path} line ${line}, column ${columnOf(error, text)}`, 'not valid JSON', 'Give one whole object a line')
  }
  return isFields(value) ? value : fault(`${path} line ${line}, column 1`, 'no object', 'Give one object a line')
}

/**
 * @param wanted the columns to keep
 * @throws ParseError with line and column where a line is no object
 */
export const parseJsonLines = (text: string, wanted: Wanted, path: string): Table => {
  const names = new Set<string>()
  const kept = new Map<string, Cell[]>()
  let rows = 0
  text.split('\n').forEach((line, i) => {
    if (!line.trim()) return
    flatten(parseLine(line, i + 1, path), '', (key, cell) => {
      const name = key.trim()
      names.add(name)
      if (names.size > MOST_COLUMNS) headerOf([...names], `${path} line ${i + 1}`)
      if (!isWanted(wanted, name)) return
      const cells = kept.get(name) ?? []
      kept.set(name, cells)
      while (cells.length < rows) cells.push(null)
      cells[rows] = cell
    })
    rows++
  })
  if (!rows) return fault(path, 'empty', 'Give one object a line')
  for (const cells of kept.values()) while (cells.length < rows) cells.push(null)
  return { place: path, names: headerOf([...names], path), rows, columns: kept }
}
