/**
 * A query's answer by PostgreSQL itself, through `psql`, which comes with it: nothing is fetched from anywhere, and whoever may log
 * in is settled where PostgreSQL keeps it (`~/.pgpass`, a service file, the environment).
 */

import { execFile } from 'node:child_process'
import { fault } from '../core/parse.ts'

/** The first line of a query names the database, as `psql` would be told it. */
const FIRST_LINE = /^--[ \t]*postgres:[ \t]*(.*?)[ \t]*(?:\r?\n|$)/i

/** Is the query for PostgreSQL itself? */
export const isForPostgres = (sql: string): boolean => FIRST_LINE.test(sql)

/** `password=…`, or `//user:…@`: a file that is mailed about is no place for it. */
const SECRET = /password\s*=|\/\/[^/@\s]*:[^/@\s]*@/i
/** A gigabyte: more than a text may hold. */
const MOST_BYTES = 2 ** 30
const LONGEST = 160

/** Whatever the query does, it writes nothing. It begins with its first line, so `psql` takes no word of it for a command of its own. */
const READ_ONLY = 'SET default_transaction_read_only = on'

const argumentsFor = (connection: string, sql: string): string[] => [
  '--no-psqlrc',
  '--no-password',
  '--quiet',
  '--csv',
  '--set=ON_ERROR_STOP=1',
  '--set=SHOW_ALL_RESULTS=off',
  ...(connection ? [`--dbname=${connection}`] : []),
  `--command=${READ_ONLY}`,
  `--command=${sql}`,
]

/** Instants in one zone and one manner, texts in one encoding, whatever the machine is set to. */
const SETTINGS = { PGCLIENTENCODING: 'UTF8', PGTZ: 'UTC', PGDATESTYLE: 'ISO', PGAPPNAME: 'nearside' }

/** What `psql` says is wrong, in a line. */
const saidBy = (stderr: string): string => {
  const line = stderr.split('\n').find(each => each.trim()) ?? 'psql ended without a word'
  return line
    .replace(/^psql: /, '')
    .replace(/^(error|ERROR|FATAL): +/, '')
    .slice(0, LONGEST)
}

const mendFor = (stderr: string): string =>
  /read-only transaction/.test(stderr)
    ? 'Give a query that only reads'
    : /^ERROR:/m.test(stderr)
      ? 'Mend the query: its last statement must give the rows'
      : 'Check the first line of the file, and that psql --dbname logs in without asking (~/.pgpass, pg_service.conf)'

interface Ended {
  readonly stdout: Uint8Array
  readonly stderr: string
  /** Absent where all went well. */
  readonly code?: string
}

const runPsql = (program: string, args: readonly string[]): Promise<Ended> =>
  new Promise(resolve => {
    const settings = { env: { ...process.env, ...SETTINGS }, encoding: 'buffer', maxBuffer: MOST_BYTES } as const
    execFile(program, args, settings, (error, stdout, stderr) =>
      resolve({ stdout, stderr: stderr.toString('utf8'), ...(error ? { code: String(error.code) } : {}) }),
    )
  })

/**
 * Runs the statements of a query, which can only read; the last gives the rows.
 * @param path of the query, for messages
 * @param sql with the first line that says which database
 * @param program another than the `psql` on the path
 * @returns the answer as CSV
 * @throws ParseError where `psql` is not there, cannot log in, or the query is wrong
 */
export const askPostgres = async (path: string, sql: string, program = 'psql'): Promise<Uint8Array> => {
  const connection = FIRST_LINE.exec(sql)?.[1] ?? ''
  if (SECRET.test(connection))
    fault(path, 'a password in the first line', 'Put it into ~/.pgpass, where only you can read it')
  const { stdout, stderr, code } = await runPsql(program, argumentsFor(connection, sql))
  if (code === undefined) return stdout
  if (code === 'ENOENT')
    return fault(path, 'a query of PostgreSQL needs psql, which is not on the path', "Install PostgreSQL's client")
  if (code.includes('MAXBUFFER'))
    return fault(path, 'more than a gigabyte is answered', 'Ask for fewer rows or columns')
  return fault(path, saidBy(stderr), mendFor(stderr))
}
