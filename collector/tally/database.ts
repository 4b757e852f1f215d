/** Opens the database file so that a commit is on the disk when it returns, and what is deleted is gone from the file. */

import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Libsql, { type Database } from 'libsql'
import { migrate } from './schema.ts'

/** The disk is full, failing or held by somebody else: nothing was written, and a later try may succeed. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  constructor(
    /** SQLite's word for it. */
    readonly code: string,
  ) {
    super(`The database cannot be used now (${code})`)
  }
}

const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM)/

/** Turns passing troubles of the database into {@link Unavailable}. */
export const passing = (error: unknown): unknown => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && PASSING.test(code) ? new Unavailable(code) : error
}

/** The server waits inside SQLite, so not for long: a device tries again, a queue of devices does not. */
const BUSY_MS = 200

/** SQLite's own word for a database that is gone with its process. */
const IN_MEMORY = ':memory:'

const makeFile = (path: string): void => {
  mkdirSync(dirname(resolve(path)), { recursive: true })
  // Pseudonyms are personal data: a new file is the collector's own to read. SQLite gives its log the same mode.
  closeSync(openSync(path, 'a', 0o600))
}

/** @param path of the file, made where there is none; `:memory:` for none */
export const openDatabase = (path: string): Database => {
  if (path !== IN_MEMORY) makeFile(path)
  const db = new Libsql(path)
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`)
  db.exec('PRAGMA journal_mode = WAL')
  // NORMAL would lose the last commits with the power, and 204 promises that they are kept.
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA secure_delete = ON')
  migrate(db)
  return db
}

const pragma = (db: Database, name: string): number =>
  (db.pragma(name) as [{ [name: string]: number }])[0][name] as number

/** Bytes in use, without what deleted rows left free. */
export const bytesUsed = (db: Database): number =>
  (pragma(db, 'page_count') - pragma(db, 'freelist_count')) * pragma(db, 'page_size')
