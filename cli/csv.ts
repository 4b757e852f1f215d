/** CSV text to a table. A broken file is refused, with line and column: a guess would train a wrong model. */

import Papa from 'papaparse'
import { fault } from '../core/parse.ts'
import type { Table } from '../trainer/table.ts'
import { headerOf, isWanted, type Wanted } from './header.ts'

const linesIn = (text: string, from: number, to: number): number => {
  let lines = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

const NUMBER = /^-?\d+([.,]\d+)?$/

/** Excel says in a line of its own what parts its cells. */
const SEPARATOR_LINE = /^\uFEFF?sep=([,;|\t])\r?\n/i

/**
 * Comma, semicolon, tab or bar separated, quoted as in RFC 4180, with a header line. Empty lines are passed over.
 * @param wanted the columns to keep
 * @throws ParseError with line and column where rows are ragged or quotes do not close
 */
export const parseCsv = (text: string, wanted: Wanted, path: string): Table => {
  const [separatorLine = '', delimiter] = SEPARATOR_LINE.exec(text) ?? []
  let names: string[] | undefined
  let line = separatorLine ? 2 : 1
  let from = 0
  const kept = new Map<string, { readonly at: number; readonly cells: string[] }>()
  let rows = 0
  const rest = text.slice(separatorLine.length)
  Papa.parse<string[]>(rest, {
    ...(delimiter ? { delimiter } : {}),
    delimitersToGuess: [',', ';', '\t', '|'],
    step: ({ data, errors, meta }) => {
      const quotes = errors.find(error => error.type === 'Quotes')
      if (quotes) {
        const column = data.length
        fault(
          `${path} line ${line}, column ${column}`,
          'a quoted value that does not end',
          'Close the quote, and double quotes inside',
        )
      }
      const blank = data.length === 1 && data[0]?.trim() === ''
      if (!blank && !names) {
        names = headerOf(data, `${path} line ${line}`)
        if (names.every(name => NUMBER.test(name)))
          fault(`${path} line ${line}`, 'numbers where the header should be', 'Name the columns in the first line')
        names.forEach((name, at) => {
          if (isWanted(wanted, name)) kept.set(name, { at, cells: [] })
        })
      } else if (!blank && names) {
        if (data.length !== names.length) {
          const column = Math.min(data.length, names.length) + 1
          fault(
            `${path} line ${line}, column ${column}`,
            `${data.length} values where the header names ${names.length}`,
            names.length > 1
              ? 'Mend the line: a comma may be missing or unquoted'
              : 'Take away what stands above the header, or mend the line',
          )
        }
        rows++
        for (const { at, cells } of kept.values()) cells.push(data[at] ?? '')
      }
      line += linesIn(rest, from, meta.cursor)
      from = meta.cursor
    },
  })
  if (!names) return fault(path, 'empty', 'Give a header line and rows')
  if (!rows) return fault(path, 'a header without rows', 'Give at least one row')
  return { place: path, names, rows, columns: new Map([...kept].map(([name, { cells }]) => [name, cells])) }
}
