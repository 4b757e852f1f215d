/**
 * A query's answer as a table, by DuckDB, which reads its own files and, attached, PostgreSQL, MySQL and SQLite. It weighs 70 MB, so
 * only who has a query installs it.
 */

import { createHash } from 'node:crypto'
import { fault, list, type Parser, text } from '../core/parse.ts'
import type { Cell, Table } from '../trainer/table.ts'
import { headerOf, isWanted, type Wanted } from './header.ts'

const PACKAGE = '@duckdb/node-api'

/** The part of the package that is used: its types are not here where it is not. */
export interface DuckDb {
  readonly DuckDBInstance: {
    readonly create: (
      path: string,
    ) => Promise<{ readonly connect: () => Promise<Connection>; readonly closeSync: () => void }>
  }
}

interface Connection {
  readonly runAndReadAll: (sql: string) => Promise<{
    readonly columnNames: () => readonly string[]
    readonly getColumnsJson: () => readonly (readonly unknown[])[]
  }>
  readonly closeSync: () => void
}

const loadDuckDb = async (): Promise<DuckDb> => {
  // Named in a variable, so that no bundler and no compiler looks for what may not be there.
  const name = PACKAGE
  return (await import(name)) as DuckDb
}

const orInstall = async (path: string, load: () => Promise<DuckDb>): Promise<DuckDb> => {
  try {
    return await load()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    const problem = missing ? 'a query needs DuckDB, which is not installed' : 'DuckDB does not start on this machine'
    return fault(path, problem, `npm install ${PACKAGE}; or export the table as CSV or Parquet`)
  }
}

const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' || typeof value === 'number' ? value : String(value)
}

const names: Parser<string[]> = list(text(120), 1, 10_000)
const LONGEST = 160
/** PostgreSQL, MySQL and SQLite are read by parts of DuckDB that it fetches for itself. */
const EXTENSION =
  'Let DuckDB fetch it once where there is a network (INSTALL postgres), or ask PostgreSQL itself: begin the file with "-- postgres: dbname=…"'

/** The first line of what the database says is wrong. */
const saidBy = (error: unknown): string => (error as Error).message.split('\n')[0]?.slice(0, LONGEST) ?? 'unknown'

const answerTo = async (sql: string, path: string, duckdb: DuckDb) => {
  const instance = await duckdb.DuckDBInstance.create(':memory:')
  try {
    const connection = await instance.connect()
    try {
      const answer = await connection.runAndReadAll(sql)
      return { names: answer.columnNames(), columns: answer.getColumnsJson() }
    } finally {
      connection.closeSync()
    }
  } catch (error) {
    const said = saidBy(error)
    return fault(
      path,
      said,
      /\bextension\b/i.test(said) ? EXTENSION : 'Mend the query: its last statement must give the rows',
    )
  } finally {
    instance.closeSync()
  }
}

/**
 * Runs the statements of a query; the last gives the rows.
 * @param path of the query, for messages
 * @param wanted the columns to keep
 * @returns the table, and a digest of all that was answered
 * @throws ParseError where DuckDB is not installed, or the query is wrong
 */
export const queryTable = async (
  path: string,
  sql: string,
  wanted: Wanted,
  load: () => Promise<DuckDb> = loadDuckDb,
): Promise<{ readonly table: Table; readonly digest: string }> => {
  const answer = await answerTo(sql, path, await orInstall(path, load))
  const header = headerOf(names(answer.names, `${path}, columns`), path)
  const rows = answer.columns[0]?.length ?? 0
  if (!rows) fault(path, 'no rows', 'Give a query that answers with rows')
  const kept = header.flatMap((name, i) =>
    isWanted(wanted, name) ? [[name, (answer.columns[i] ?? []).map(cellOf)] as const] : [],
  )
  const digest = createHash('sha256')
    .update(JSON.stringify([header, answer.columns]))
    .digest('hex')
  return { table: { place: path, names: header, rows, columns: new Map(kept) }, digest: `sha256:${digest}` }
}
