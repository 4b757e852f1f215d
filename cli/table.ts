/** A data file, or a query's answer, as a table: only a query is known by its name. */

import type { Table } from '../trainer/table.ts'
import { compressors } from './compressors.ts'
import { parseCsv } from './csv.ts'
import { decode } from './decode.ts'
import { queryTable } from './duckdb.ts'
import { digestOf, readBytes, readText } from './files.ts'
import type { Wanted } from './header.ts'
import { parseTable } from './parse-table.ts'
import { askPostgres, isForPostgres } from './postgres.ts'

export interface DataFile {
  readonly table: Table
  /** `sha256:` and hex, of the file as it is on disk; of a query, of its answer. */
  readonly digest: string
}

/** Of DuckDB, but where the first line names a database of PostgreSQL. */
const answerTo = async (path: string, wanted: Wanted): Promise<DataFile> => {
  const sql = readText(path)
  if (!isForPostgres(sql)) return queryTable(path, sql, wanted)
  const bytes = await askPostgres(path, sql)
  return { table: parseCsv(decode(bytes, path), wanted, path), digest: digestOf(bytes) }
}

/**
 * @param wanted the columns to keep
 * @throws ParseError where the file cannot be read or is broken
 */
export const readTable = async (path: string, wanted: Wanted): Promise<DataFile> => {
  if (path.endsWith('.sql')) return answerTo(path, wanted)
  const bytes = readBytes(path)
  return { table: await parseTable(bytes, wanted, path, compressors), digest: digestOf(bytes) }
}
