/** A data file as a table; a query is known by its name. */

import type { Table } from '../trainer/table.ts'
import { queryTable } from './duckdb.ts'
import { digestOf, readBytes } from './files.ts'
import type { Wanted } from './header.ts'
import { parseTable } from './parse-table.ts'

export interface DataFile {
  readonly table: Table
  /** `sha256:` and hex, of the file as it is on disk. */
  readonly digest: string
}

/**
 * @param wanted the columns to keep
 * @throws ParseError where the file cannot be read or is broken
 */
export const readTable = async (path: string, wanted: Wanted): Promise<DataFile> => {
  if (path.endsWith('.sql')) return queryTable(path, wanted)
  const bytes = readBytes(path)
  return { table: await parseTable(bytes, wanted, path), digest: digestOf(bytes) }
}
