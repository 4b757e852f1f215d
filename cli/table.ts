/** A data file as a table, by its content rather than its name; but for a query, which is known by it. */

import type { Table } from '../trainer/table.ts'
import { parseCsv } from './csv.ts'
import { queryTable } from './duckdb.ts'
import { decode, digestOf, readBytes } from './files.ts'
import type { Wanted } from './header.ts'
import { parseJsonLines } from './json-lines.ts'
import { parseParquet } from './parquet.ts'

export interface DataFile {
  readonly table: Table
  /** `sha256:` and hex, of the file as it is on disk. */
  readonly digest: string
}

/** The first four bytes of every Parquet file. */
const PARQUET = 'PAR1'

/** Nothing but an object starts so; a header line never does. */
const JSON_LINES = /^\s*\{/

const parseText = (text: string, wanted: Wanted, path: string): Table =>
  (JSON_LINES.test(text) ? parseJsonLines : parseCsv)(text, wanted, path)

/**
 * @param wanted the columns to keep
 * @throws ParseError where the file cannot be read or is broken
 */
export const readTable = async (path: string, wanted: Wanted): Promise<DataFile> => {
  if (path.endsWith('.sql')) return queryTable(path, wanted)
  const bytes = readBytes(path)
  const parquet = String.fromCharCode(...bytes.subarray(0, 4)) === PARQUET
  const table = parquet ? await parseParquet(bytes, wanted, path) : parseText(decode(bytes, path), wanted, path)
  return { table, digest: digestOf(bytes) }
}
