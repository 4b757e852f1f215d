// IndexedDB as far as `store/disk.ts` uses it, in memory: connections, atomic commits, deletion that waits for the others to close.
import type { Commit, Disk, Head, Sealed } from '../../core/ports.ts'
import type { ToySecret } from './toy-cipher.ts'
import type { Realm, World } from './world.ts'

export const EMPTY_HEAD: Head = { commit: 0, seq: 0, pairs: 0 }

export interface Stored {
  readonly head: Head
  /** In key order. */
  readonly records: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly secret: ToySecret | undefined
  /** Has a record of it ever been damaged? */
  readonly damaged: boolean
}

/** Told of everything before it happens; throws where it must not. */
export interface Witness {
  /** @param asked what the asker's world was when it asked */
  committed(database: Stored, before: Stored, commit: Commit, asked: unknown): void
  asking(realm: Realm): unknown
  /** A page in the back-forward cache that holds a connection in the way: it is thrown out. */
  inTheWay(realm: Realm): void
}

interface Connection {
  readonly realm: Realm
  readonly onClosed: () => void
  closed: boolean
  /** Transactions begun and not ended: they end before the database goes. */
  busy: number
}

/** Commits that a machine without power may forget: they were not forced onto the disk. */
const FORGETTABLE = 3

const within = (key: string, [from, to]: readonly [string, string]): boolean => key >= from && key < to

export const createDisks = (world: World, witness: Witness) => {
  let database: { -readonly [part in keyof Stored]: Stored[part] } | undefined
  let history: Stored[] = []
  let connections: Connection[] = []
  let deleting: (() => void)[] = []
  const faults = { full: false, blocked: false, none: false }
  /** Who wants to open it while it is being deleted. */
  const waiting: (() => void)[] = []

  const release = (): void => {
    const open = connections.filter(it => (it.realm.alive && !it.closed) || it.busy > 0)
    connections = open
    if (!deleting.length || open.length) return
    database = undefined
    history = []
    const done = deleting
    deleting = []
    for (const each of done) each()
    for (const each of waiting.splice(0)) each()
  }

  const close = (it: Connection): void => {
    it.closed = true
    release()
  }

  /** Somebody wants to delete: every other connection is told, and the database goes when all are closed. */
  const remove = (): Promise<void> => {
    for (const it of [...connections]) {
      if (it.closed) continue
      if (world.isFrozen(it.realm)) witness.inTheWay(it.realm)
      else
        world.tell(it.realm, { lane: `${it.realm.name} versionchange` }, () => {
          if (it.closed) return
          close(it)
          it.onClosed()
        })
    }
    const gone = new Promise<void>(done => deleting.push(done))
    release()
    return gone
  }

  const commit = (change: Commit<ToySecret>, asked: unknown): boolean => {
    if (!database) throw new Error('the database is gone')
    if (database.head.commit !== change.after) return false
    if (faults.full && change.put.length) throw new Error('QuotaExceededError')
    const before: Stored = { ...database }
    const records = new Map(database.records)
    for (const range of change.remove) for (const key of records.keys()) if (within(key, range)) records.delete(key)
    for (const { key, data } of change.put) records.set(key, data)
    Object.assign(database, { head: change.head, records, ...(change.secret ? { secret: change.secret } : {}) })
    // A commit that is forced onto the disk takes those before it along.
    history = change.secret || change.firm ? [] : [...history, before].slice(-FORGETTABLE)
    witness.committed(database, before, change, asked)
    return true
  }

  const diskOn = (it: Connection, here: Stored): Disk<ToySecret> => {
    const lane = `${it.realm.name} disk`
    const busy = <T>(outlives: 'perhaps' | 'never', act: () => T): Promise<T> => {
      if (it.closed) return Promise.reject(new Error('InvalidStateError: the connection is closing'))
      it.busy++
      const end = (): void => {
        it.busy--
        release()
      }
      return world.ask(it.realm, { lane, outlives, dropped: end }, () => {
        try {
          if (database !== here) throw new Error('AbortError: the database is gone')
          return act()
        } finally {
          end()
        }
      })
    }
    return {
      read: (prefixes, known) =>
        busy('never', () => {
          const records: Sealed[] = []
          const keys = [...here.records.keys()].sort()
          for (const prefix of prefixes)
            for (const key of keys)
              if (key.startsWith(prefix)) records.push({ key, data: here.records.get(key) as Sealed['data'] })
          return { head: here.head, records, ...((here.head.key ?? 0) === known ? {} : { secret: here.secret }) }
        }),
      commit: change => {
        const asked = witness.asking(it.realm)
        return busy('perhaps', () => commit(change, asked))
      },
      destroy: () => {
        close(it)
        const gone = { lane: `${it.realm.name} gone` }
        return new Promise(resolve =>
          world.tell(it.realm, { lane, outlives: 'always' }, () => {
            void remove().then(() => world.tell(it.realm, gone, resolve))
            // Whoever holds it is not waited for.
            if (connections.length) world.tell(it.realm, gone, resolve)
          }),
        )
      },
      close: () => close(it),
    }
  }

  const open = (realm: Realm, onClosed: () => void): Promise<Disk<ToySecret>> => {
    const it: Connection = { realm, onClosed, closed: false, busy: 0 }
    return new Promise((resolve, reject) => {
      const attempt = (): void => {
        if (!realm.alive) return
        if (deleting.length) waiting.push(() => world.tell(realm, { lane: `${realm.name} open` }, attempt))
        else if (faults.blocked) reject(new Error('another tab holds what an older version kept'))
        else if (faults.none) reject(new Error('nothing can be kept here'))
        else if (!database && faults.full) reject(new Error('QuotaExceededError'))
        else {
          database ??= { head: EMPTY_HEAD, records: new Map(), secret: undefined, damaged: false }
          connections.push(it)
          resolve(diskOn(it, database))
        }
      }
      world.tell(realm, { lane: `${realm.name} open` }, attempt)
    })
  }

  /** Without asking anybody: by the browser, or with the power. */
  const lose = (): void => {
    for (const it of connections)
      if (!it.closed)
        world.tell(it.realm, { lane: `${it.realm.name} close` }, () => {
          if (it.closed) return
          it.closed = true
          it.onClosed()
        })
    database = undefined
    history = []
  }

  return {
    faults,
    open,
    /** `indexedDB.deleteDatabase` of a page. */
    deleteBy: (realm: Realm): void =>
      world.tell(realm, { lane: `${realm.name} delete`, outlives: 'always' }, () => void remove()),
    release,
    evict: lose,
    /** The power goes: the last commits with it. */
    forget: (): void => {
      const before = history[world.below(history.length)]
      if (database && before) Object.assign(database, before)
      history = []
    },
    /** One bit of one record turns over. */
    flip: (): void => {
      const keys = [...(database?.records.keys() ?? [])]
      const key = keys[world.below(keys.length)]
      const data = key === undefined ? undefined : database?.records.get(key)
      if (key === undefined || !data?.length || !database) return
      const flipped = data.slice()
      const at = world.below(flipped.length)
      flipped[at] = (flipped[at] as number) ^ (1 << world.below(8))
      database.records = new Map(database.records).set(key, flipped)
      database.damaged = true
      history = []
    },
    /** Must this realm come to an end of something, or let go, for others to go on? */
    isAwaited: (realm: Realm): boolean =>
      connections.some(it => it.realm === realm && (it.busy > 0 || (deleting.length > 0 && !it.closed))),
    database: (): Stored | undefined => database,
  }
}

export type Disks = ReturnType<typeof createDisks>
