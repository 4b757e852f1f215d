/** JSON lines to a table: one object a line. */

import { fault } from '../core/parse.ts'
import type { Table } from '../trainer/table.ts'
import { headerOf, type Wanted } from './header.ts'
import { collectRows, type Fields, isFields } from './nested.ts'

/** Where `JSON.parse` stumbled, counted from 1: engines say it in words, if at all. */
const columnOf = (error: unknown, text: string): number =>
  Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length) + 1

/** From so many digits on, `JSON.parse` rounds a whole number, and two customers' numbers may become one. */
const LONG = /[[:,\s]-?\d{16}/
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

const isRounded = (found: string): boolean => /^-?\d{16,}$/.test(found) && !Number.isSafeInteger(Number(found))

/** The line with the whole numbers that would be rounded as texts. */
const exactly = (line: string): string =>
  LONG.test(line) ? line.replace(TEXT_OR_NUMBER, found => (isRounded(found) ? `"${found}"` : found)) : line

const parseLine = (text: string, line: number, path: string): Fields => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    fault(`${path} line ${line}, column ${columnOf(error, text)}`, 'not valid JSON', 'Give one whole object a line')
  }
  const exact = exactly(text)
  if (exact !== text) value = JSON.parse(exact)
  return isFields(value) ? value : fault(`${path} line ${line}, column 1`, 'no object', 'Give one object a line')
}

/**
 * @param wanted the columns to keep
 * @throws ParseError with line and column where a line is no object
 */
export const parseJsonLines = (text: string, wanted: Wanted, path: string): Table => {
  const rows = collectRows(wanted)
  text.split('\n').forEach((line, i) => {
    if (line.trim()) rows.add(parseLine(line, i + 1, path), `${path} line ${i + 1}`)
  })
  if (!rows.count()) return fault(path, 'empty', 'Give one object a line')
  return { place: path, names: headerOf(rows.names(), path), rows: rows.count(), columns: rows.columns() }
}
