// A PostgreSQL of one's own, in a folder that goes with the test: on a socket there, and on no port.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

const folders = (): string[] => [
  ...(process.env.PATH ?? '').split(delimiter),
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).map(version => join(DEBIAN, version, 'bin')) : []),
]

/** Where its programs are; undefined where it is not installed. */
export const findPostgres = (): string | undefined =>
  folders().find(folder => ['initdb', 'pg_ctl', 'psql'].every(name => existsSync(join(folder, name))))

/** It refuses to run as root, so there it runs as nobody. */
const NOBODY = 65_534
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

export interface Postgres {
  /** As `psql --dbname` takes it. */
  readonly connection: string
  /** Runs statements as its owner. */
  readonly run: (sql: string) => void
  readonly stop: () => void
}

/** @param bin where its programs are */
export const startPostgres = (bin: string): Postgres => {
  const folder = mkdtempSync(join(tmpdir(), 'nearside-pg-'))
  if (asNobody.uid) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const call = (name: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(join(bin, name), args, { ...asNobody, cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${name}: ${stderr}`)
  }
  const stop = (): void => {
    spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...asNobody, stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
  const connection = `host=${folder} user=analyst dbname=postgres`
  try {
    call('initdb', '-D', data, '-U', 'analyst', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
    const settings = `-k ${folder} -c listen_addresses='' -c fsync=off -c timezone=America/New_York`
    call('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', settings, '-w', 'start')
  } catch (error) {
    stop()
    throw error
  }
  return { connection, run: sql => call('psql', '-q', '-v', 'ON_ERROR_STOP=1', '-d', connection, '-c', sql), stop }
}
