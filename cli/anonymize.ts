/** `nearside anonymize`: how many share what a table says of each person, and the table without those too few are like. */

import { fault } from '../core/parse.ts'
import { anonymityOf, inRanges, sharedRows } from '../trainer/anonymity.ts'
import { areTokens, personalColumns } from '../trainer/personal-columns.ts'
import type { Table } from '../trainer/table.ts'
import { readArguments, seeHelp, wholeNumber } from './arguments.ts'
import { keepApart, writeText } from './files.ts'
import { type Command, misuse, progressTo, READING } from './io.ts'
import { readTable } from './table.ts'
import { percent, textTable } from './tables.ts'
import { csvOf } from './write-csv.ts'

const help = `nearside anonymize: how many people share what a table says of each

Usage: nearside anonymize <data> --columns <a,b,c> [options]

  --columns <names>   what somebody else may know of a person: age, region, profession
  --k <number>        so many must share it (default: 10)
  --bins <number>     put numbers of these columns into so many ranges first
  --out <data.csv>    write the table without the rows that too few are like
  --json              the account as one JSON object on standard output

The account is of k-anonymity: it does not say that nobody can be found, only that by these columns nobody is among fewer
than k. Columns that name people, and tokens, are refused: first leave them out.

Example: nearside anonymize customers.csv --columns age,region --k 10 --bins 5 --out shared.csv`

const options = {
  columns: { type: 'string' },
  k: { type: 'string' },
  bins: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

const asked = (args: readonly string[]) => {
  const { values, positionals } = readArguments('anonymize', args, options)
  const [path, ...more] = positionals
  if (!path || more.length) throw misuse('one file is wanted', seeHelp('anonymize'))
  if (!values.columns) throw misuse('no --columns', seeHelp('anonymize'))
  const [k, bins] = [wholeNumber(values.k, '--k') ?? 10, wholeNumber(values.bins, '--bins', 1000)]
  if (k < 2) throw misuse(`--k ${k}`, 'Give 2 or more')
  if (bins !== undefined && bins < 2) throw misuse(`--bins ${bins}`, 'Give 2 or more')
  return { ...values, path, k, bins, columns: values.columns.split(',').map(name => name.trim()) }
}

/** What points at people whatever else a table says. */
const refuseNames = (table: Table): void => {
  const [personal] = personalColumns(table)
  if (personal)
    fault(
      `${table.place}, column ${personal.column}`,
      `it holds ${personal.what}`,
      'Leave it out: see nearside tokenize',
    )
  for (const [name, cells] of table.columns) {
    if (areTokens(cells)) fault(`${table.place}, column ${name}`, 'it holds tokens of people', 'Leave it out')
  }
}

const bandOf = (from: number, next: number | undefined): string => {
  if (next === undefined) return `${from} or more`
  return next === from + 1 ? String(from) : `${from} to ${next - 1}`
}

export const anonymizeCommand: Command = {
  summary: 'say how many people share what a table says of each',
  help,
  run: async (args, io) => {
    const { path, columns, k, bins, out, json } = asked(args)
    keepApart(out, [path])
    const progress = progressTo(io, 'anonymize')
    const { table: read } = await readTable(path, 'all')
    progress(READING, `read ${path}`)
    const unknown = columns.find(name => !read.names.includes(name))
    if (unknown !== undefined) fault(path, `no column ${unknown}`, `It has: ${read.names.slice(0, 20).join(', ')}`)
    if (out) refuseNames(read)
    const ranged = columns.map(
      name => [name, bins ? inRanges(read.columns.get(name) ?? [], bins) : (read.columns.get(name) ?? [])] as const,
    )
    const table = { ...read, columns: new Map([...read.columns, ...ranged]) }
    const account = anonymityOf(table, columns, k)
    progress(1, 'counted who shares what')
    if (out) {
      const cells = table.names.map(name => table.columns.get(name) ?? [])
      writeText(out, csvOf(table.names, cells, sharedRows(table, columns, k)))
    }
    if (json)
      return io.out(JSON.stringify({ ...account, k, ...(out ? { out, written: account.rows - account.below } : {}) }))
    io.out(
      [
        `${account.rows} rows, ${account.classes} combinations of ${columns.join(', ')}; the rarest is shared by ${account.smallest}`,
        ...textTable([
          ['shared by', 'rows'],
          ...account.spread.map(({ from, rows }, i) => [bandOf(from, account.spread[i + 1]?.from), String(rows)]),
        ]),
        `${account.below} rows (${percent(account.below / account.rows)}) are shared by fewer than ${k}`,
        ...account.without.map(({ column, below }) => `  without ${column}: ${below}`),
        ...(out ? [`Wrote ${out} without them`] : []),
      ].join('\n'),
    )
  },
}
