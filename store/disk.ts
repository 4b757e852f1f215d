/** The seam to IndexedDB: read, atomic commit, destroy. What is written here is sealed already; what is deleted is gone here. */

import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Disk, Head, Sealed } from '../core/ports.ts'
import type { Secret } from './cipher.ts'
import { DATABASE } from './database.ts'

/**
 * The second version writes secrets that the first does not know. The stores are the same: what the first wrote is read as it
 * is, and renewed later. A tab that still runs the first steps aside when this one opens.
 */
const VERSION = 2
const HEAD = 'head'
const STORES = ['head', 'records', 'keys'] as const

interface Schema extends DBSchema {
  records: { key: string; value: Sealed }
  head: { key: string; value: Head }
  keys: { key: string; value: Secret }
}

export const EMPTY_HEAD: Head = { commit: 0, seq: 0, pairs: 0 }

const range = ([from, to]: readonly [string, string]): IDBKeyRange => IDBKeyRange.bound(from, to, false, true)

/** Every key that starts with `prefix`. */
export const startingWith = (prefix: string): [string, string] => [prefix, `${prefix}\uffff`]

const diskOn = (db: IDBPDatabase<Schema>): Disk<Secret> => ({
  read: async (prefixes, known) => {
    const tx = db.transaction(STORES)
    const [head = EMPTY_HEAD, ...found] = await Promise.all([
      tx.objectStore('head').get(HEAD),
      ...prefixes.map(prefix => tx.objectStore('records').getAll(range(startingWith(prefix)))),
    ])
    const records = found.flat()
    if ((head.key ?? 0) === known) return { head, records }
    return { head, records, secret: await tx.objectStore('keys').get(HEAD) }
  },

  commit: async ({ after, head, put, remove, secret, firm }) => {
    // What is lost with the power may be a batch, but never the key to all the rest, nor what was sent.
    const tx = db.transaction(STORES, 'readwrite', { durability: secret || firm ? 'strict' : 'relaxed' })
    const heads = tx.objectStore('head')
    const records = tx.objectStore('records')
    const first = ((await heads.get(HEAD)) ?? EMPTY_HEAD).commit === after
    let fault: Error | undefined
    if (first) {
      const writes = [
        ...remove.map(each => records.delete(range(each))),
        ...put.map(record => records.put(record)),
        heads.put(head, HEAD),
        ...(secret ? [tx.objectStore('keys').put(secret, HEAD)] : []),
      ]
      for (const write of writes) write.catch((error: Error) => (fault ??= error))
    }
    // The failure of any of them undoes the rest. Browsers name it, and often say nothing more.
    await tx.done.catch((error: Error) => {
      const { message, name } = fault ?? error
      throw new Error(message || name)
    })
    return first
  },

  // Whoever holds it is not waited for: nothing more is written, and it goes when they let go.
  destroy: () =>
    new Promise((done, failed) => {
      db.close()
      deleteDisk(done).then(done, failed)
    }),

  close: () => db.close(),
})

/** A `version` makes the database where there is none; without one, nothing is made and nothing is changed. */
const connect = (version: number | undefined, onClosed: () => void): Promise<IDBPDatabase<Schema>> =>
  new Promise((resolve, reject) => {
    let late = false
    openDB<Schema>(DATABASE, version, {
      upgrade: (fresh, before, _, tx) => {
        if (!version) tx.abort()
        else if (!before) {
          fresh.createObjectStore('records', { keyPath: 'key' })
          fresh.createObjectStore('head')
          fresh.createObjectStore('keys')
        }
      },
      blocked: () => {
        late = true
        reject(new Error('another tab holds what an older version kept. Close it.'))
      },
      // Somebody deletes or upgrades, or the browser clears: step aside at once, and let the page read the decision again.
      blocking: (_, _wanted, event) => {
        ;(event.target as IDBDatabase).close()
        onClosed()
      },
      terminated: onClosed,
    }).then(
      db => {
        if (late) db.close()
        else resolve(db)
      },
      (error: Error) =>
        reject(
          error.name === 'VersionError'
            ? new Error('what is kept is of a newer version, and left alone. Serve that version.')
            : error,
        ),
    )
  })

/** Makes the database where there is none. @throws where a newer version wrote it, or an older one does not let go of it */
export const openDisk = async (onClosed: () => void): Promise<Disk<Secret>> => diskOn(await connect(VERSION, onClosed))

/**
 * Opens the database of a site from outside the SDK, as the extension does: without a version, so that nothing is upgraded,
 * and without leaving an empty database where there was none.
 */
export const openExistingDisk = async (onClosed: () => void): Promise<Disk<Secret> | undefined> =>
  (await databaseExists()) ? diskOn(await connect(undefined, onClosed)) : undefined

export const databaseExists = async (): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === DATABASE)

/** Deletes the database whether or not anything in it can be read. @param held called where it must wait for another tab */
export const deleteDisk = (held: () => void = () => {}): Promise<void> => deleteDB(DATABASE, { blocked: held })
