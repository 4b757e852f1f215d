/** `nearside tokenize`: a file in which tokens stand for people, and what else is personal is left out. */

import { fault } from '../core/parse.ts'
import { checkColumn } from '../trainer/column-check.ts'
import { personalIn, TOKEN } from '../trainer/personal-columns.ts'
import { type Table, textIn } from '../trainer/table.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { keysIn } from './exclude.ts'
import { keepApart, readText, writeText } from './files.ts'
import { type Command, misuse, progressTo, READING } from './io.ts'
import { readTable } from './table.ts'
import { makeKey, readKey, tokenizer } from './tokens.ts'
import { csvOf } from './write-csv.ts'

const help = `nearside tokenize: put tokens in the place of people

Usage: nearside tokenize <data> --column <name> --key <file> --out <data.csv> [options]
       nearside tokenize <list.txt> --list --key <file> --out <tokens.txt>

  --column <name>   whose a row is: an e-mail address, a customer's number
  --key <file>      16 bytes or more; whoever has it can tell who a token is, so keep it apart, and out of every repository
  --make-key        write a new key to that file first
  --as <name>       what the column of tokens is called (default: customer)
  --keep <name>     a column to keep though it looks personal or holds free text; may be given several times
  --list            the file holds keys, one a line, such as those of people to exclude
  --json            what was done, as one JSON object on standard output

A token is an HMAC-SHA256 of the text under the key, cut to 128 bits: the same person has the same token in every file that is
tokenized with one key, which is what joins them. All other columns that look personal, or hold free text, are left out.

Example: nearside tokenize orders.csv --column Email --key key.bin --make-key --out tokens.csv`

const options = {
  column: { type: 'string' },
  key: { type: 'string' },
  'make-key': { type: 'boolean' },
  as: { type: 'string' },
  keep: { type: 'string', multiple: true },
  list: { type: 'boolean' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** Why a column does not come along; undefined where nothing speaks against it. */
const reasonAgainst = (table: Table, name: string): string | undefined => {
  const cells = table.columns.get(name) ?? []
  const personal = personalIn(name, cells)
  if (personal) return `by its ${personal.by} it holds ${personal.what}`
  return checkColumn(name, cells).type === 'texts' ? 'it holds free text' : undefined
}

/** What exports write where they know nobody: under one token, all of them would be one very busy customer. */
const NOBODY = /^(0+|guest|anonymous|unknown|undefined|\(not set\))$/i

interface Left {
  readonly column: string
  readonly why: string
}

const tokenized = (
  table: Table,
  column: string,
  as: string,
  keep: readonly string[],
  token: (text: string) => string,
) => {
  const keys = table.columns.get(column)
  if (!keys) return fault(table.place, `no column ${column}`, `It has: ${table.names.slice(0, 20).join(', ')}`)
  const others = table.names.filter(name => name !== column)
  if (others.includes(as)) fault(table.place, `a column ${as} is there already`, 'Choose another with --as')
  const left: Left[] = others.flatMap(name => {
    const why = keep.includes(name) ? undefined : reasonAgainst(table, name)
    return why ? [{ column: name, why }] : []
  })
  const kept = others.filter(name => !left.some(it => it.column === name))
  const tokens = keys.map(cell => {
    const text = textIn(cell)
    if (text === null || NOBODY.test(text)) return null
    return TOKEN.test(text) ? text : token(text)
  })
  const columns = [tokens, ...kept.map(name => table.columns.get(name) ?? [])]
  const rows = tokens.map((_, row) => row)
  const named = tokens.filter(each => each !== null)
  const counts = { people: new Set(named).size, nobody: tokens.length - named.length }
  return { text: csvOf([as, ...kept], columns, rows), ...counts, left }
}

export const tokenizeCommand: Command = {
  summary: 'put tokens in the place of people',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('tokenize', args, options)
    const [path, ...more] = positionals
    if (!path || more.length) throw misuse('one file is wanted', seeHelp('tokenize'))
    const [keyFile, out] = [required(values.key, '--key', 'tokenize'), required(values.out, '--out', 'tokenize')]
    keepApart(out, [path])
    const column = values.list ? undefined : required(values.column, '--column', 'tokenize')
    const table = column === undefined ? undefined : (await readTable(path, 'all')).table
    const progress = progressTo(io, 'tokenize')
    progress(READING, `read ${path}`)
    if (values['make-key']) makeKey(keyFile)
    const token = tokenizer(readKey(keyFile))
    if (!table || column === undefined) {
      const keys = [...keysIn(readText(path))]
      writeText(out, `${keys.map(token).join('\n')}\n`)
      return io.out(values.json ? JSON.stringify({ out, people: keys.length }) : `${keys.length} keys, wrote ${out}`)
    }
    const { text, people, nobody, left } = tokenized(table, column, values.as ?? 'customer', values.keep ?? [], token)
    progress(1, 'all tokens made')
    writeText(out, text)
    if (values.json) return io.out(JSON.stringify({ out, rows: table.rows, people, nobody, left }))
    const lines = left.map(({ column: name, why }) => `  left out: ${name}, for ${why}`)
    const without = nobody ? [`  ${nobody} rows name nobody, and have no token`] : []
    io.out([`${people} people in ${table.rows} rows`, ...without, ...lines, `Wrote ${out}`].join('\n'))
  },
}
