/** The seam to IndexedDB: read, atomic commit, destroy. What is written here is sealed already; what is deleted is gone here. */

import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Disk, Head, Sealed } from '../core/ports.ts'

export const DATABASE = 'nearside'
const VERSION = 1
const HEAD = 'head'

export interface Keys {
  /** AES-GCM, 256 bits, not extractable. */
  readonly seal: CryptoKey
  /** HMAC-SHA-256, not extractable: the root that pseudonyms are made from. */
  readonly mac: CryptoKey
}

interface Schema extends DBSchema {
  records: { key: string; value: Sealed }
  head: { key: string; value: Head }
  keys: { key: string; value: Keys }
}

export const EMPTY_HEAD: Head = { commit: 0, seq: 0, pairs: 0 }

const range = ([from, to]: readonly [string, string]): IDBKeyRange => IDBKeyRange.bound(from, to, false, true)

/** Every key that starts with `prefix`. */
export const startingWith = (prefix: string): [string, string] => [prefix, `${prefix}\uffff`]

const diskOn = (db: IDBPDatabase<Schema>, keys: Keys): Disk & { readonly keys: Keys } => ({
  keys,

  read: async prefixes => {
    const tx = db.transaction(['head', 'records'])
    const [head, ...found] = await Promise.all([
      tx.objectStore('head').get(HEAD),
      ...prefixes.map(prefix => tx.objectStore('records').getAll(range(startingWith(prefix)))),
    ])
    return { head: head ?? EMPTY_HEAD, records: found.flat() }
  },

  commit: async ({ after, head, put, remove }) => {
    const tx = db.transaction(['head', 'records'], 'readwrite', { durability: 'relaxed' })
    const heads = tx.objectStore('head')
    const records = tx.objectStore('records')
    const current = (await heads.get(HEAD)) ?? EMPTY_HEAD
    if (current.commit !== after) {
      await tx.done
      return false
    }
    for (const each of remove) records.delete(range(each)).catch(() => {})
    for (const record of put) records.put(record).catch(() => {})
    heads.put(head, HEAD).catch(() => {})
    // The transaction reports any failure of the above, and undoes the rest.
    await tx.done
    return true
  },

  destroy: async () => {
    db.close()
    await deleteDB(DATABASE)
  },

  close: () => db.close(),
})

/** Makes the database where there is none. `makeKeys` is awaited outside any transaction. */
export const openDisk = async (
  makeKeys: () => Promise<Keys>,
  onClosed: () => void,
): Promise<Disk & { readonly keys: Keys }> => {
  const db = await openDB<Schema>(DATABASE, VERSION, {
    upgrade: fresh => {
      fresh.createObjectStore('records', { keyPath: 'key' })
      fresh.createObjectStore('head')
      fresh.createObjectStore('keys')
    },
    // Somebody deletes or upgrades: step aside at once, and let the page read the decision again.
    blocking: (_old, _new, event) => {
      ;(event.target as IDBDatabase).close()
      onClosed()
    },
    terminated: onClosed,
  })
  const fresh = (await db.get('keys', HEAD)) ?? (await makeKeys())
  const tx = db.transaction('keys', 'readwrite')
  const kept = await tx.store.get(HEAD)
  if (!kept) await tx.store.put(fresh, HEAD)
  await tx.done
  return diskOn(db, kept ?? fresh)
}

/**
 * Opens the database of a site from outside the SDK, as the extension does: without a version, so that nothing is upgraded,
 * and without leaving an empty database where there was none.
 */
export const openExistingDisk = async (onClosed: () => void): Promise<(Disk & { readonly keys: Keys }) | undefined> => {
  if (!(await databaseExists())) return undefined
  const db = await openDB<Schema>(DATABASE, undefined, {
    upgrade: (_db, oldVersion, _newVersion, tx) => {
      if (oldVersion === 0) tx.abort()
    },
    blocking: (_old, _new, event) => {
      ;(event.target as IDBDatabase).close()
      onClosed()
    },
  })
  const keys = await db.get('keys', HEAD).catch(() => undefined)
  if (keys) return diskOn(db, keys)
  db.close()
  return undefined
}

export const databaseExists = async (): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === DATABASE)

/** Deletes the database whether or not anything in it can be read. */
export const deleteDisk = (): Promise<void> => deleteDB(DATABASE)
