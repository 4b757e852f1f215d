/** The transparency log: every model, config and notice that a site has served, in one file that only ever grows. */

import { base64url } from './encoding.ts'
import { DATE } from './epoch.ts'
import { type Hash, leafHash, rootOf } from './merkle.ts'
import { fault, integer, list, object, oneOf, parseJson, text } from './parse.ts'

export const LOGGED = ['model', 'config', 'notice'] as const

export interface LogEntry {
  readonly what: (typeof LOGGED)[number]
  /** Of a model its name and revision, of a notice its revision, of a config the site's id. */
  readonly name: string
  /** The day it was entered, UTC. */
  readonly on: string
  /** SHA-256 of the file's bytes as they are served, base64url. */
  readonly digest: string
}

/** A size and a root: whoever has both can tell whether a later log still begins with the same entries. */
export interface LogHead {
  readonly size: number
  /** Base64url. */
  readonly root: string
}

export interface Log extends LogHead {
  readonly v: 1
  readonly site: string
  readonly entries: readonly LogEntry[]
}

const digest = text(43, /^[\w-]{43}$/, 'a SHA-256 in base64url')
const MOST_ENTRIES = 10_000

const parseEntry = object({
  what: oneOf(LOGGED),
  name: text(40, /^[a-z0-9][a-z0-9.-]*$/, 'a name in lower case, digits, . and -'),
  on: text(10, DATE, 'a date YYYY-MM-DD'),
  digest,
})

/** Reads a head. @throws ParseError */
export const parseHead = object({ size: integer(0, MOST_ENTRIES), root: digest })

const parseShape = object({
  v: oneOf([1]),
  site: text(24, /^[a-z0-9][a-z0-9-]*$/, 'a site id in lower case, digits and -'),
  size: integer(0, MOST_ENTRIES),
  root: digest,
  entries: list(parseEntry, 0, MOST_ENTRIES),
})

/** Reads a log from its JSON text. Whether it is true is another question: see {@link checkLog}. @throws ParseError */
export const parseLog = (json: string, place = 'nearside-log.json'): Log => {
  const log = parseShape(parseJson(json, place), place)
  if (log.entries.length !== log.size)
    fault(`${place}.size`, `it says ${log.size} and holds ${log.entries.length}`, 'Write it with nearside publish')
  return log
}

/** The bytes of a leaf: ASCII, since nothing else can stand in an entry. */
const leafOf = ({ what, name, on, digest: of }: LogEntry): Uint8Array =>
  Uint8Array.from([what, name, on, of].join('\n'), character => character.charCodeAt(0))

/** The head of the first `size` entries. */
export const headOf = async (
  hash: Hash,
  entries: readonly LogEntry[],
  size: number = entries.length,
): Promise<LogHead> => {
  const leaves = await Promise.all(entries.slice(0, size).map(entry => leafHash(hash, leafOf(entry))))
  return { size, root: base64url(await rootOf(hash, leaves)) }
}

/** `rewritten`: the log no longer begins with what was seen; `not-logged`: the file is not in it, or an older one stands last. */
export type LogFault = 'wrong-root' | 'rewritten' | 'not-logged'

/**
 * Is this the file that everyone gets, as far as one who looks alone can tell?
 * @param file what was served: its digest must stand last among the entries of its kind
 * @param seen the head that was seen last, if any
 * @param last how many of its kind are served at a time: it must be among as many that stand last
 */
export const checkLog = async (
  hash: Hash,
  log: Log,
  file: Pick<LogEntry, 'what' | 'digest'>,
  seen?: LogHead,
  last = 1,
): Promise<LogFault | undefined> => {
  const { root } = await headOf(hash, log.entries)
  if (root !== log.root) return 'wrong-root'
  if (seen && (seen.size > log.size || (await headOf(hash, log.entries, seen.size)).root !== seen.root))
    return 'rewritten'
  const latest = log.entries.filter(({ what }) => what === file.what).slice(-last)
  return latest.some(({ digest }) => digest === file.digest) ? undefined : 'not-logged'
}

/** One more entry; the same log where the very file stands last already. */
export const append = async (hash: Hash, log: Omit<Log, keyof LogHead>, entry: LogEntry): Promise<Log> => {
  const last = log.entries.filter(({ what }) => what === entry.what).at(-1)
  const entries = last?.digest === entry.digest && last.name === entry.name ? log.entries : [...log.entries, entry]
  return { v: 1, site: log.site, ...(await headOf(hash, entries)), entries }
}
