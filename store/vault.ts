/** Records that are sealed on the way in and opened on the way out, above whatever disk there is. */

import type { Cipher, Disk, Head, Keyring } from '../core/ports.ts'

export interface Item {
  readonly key: string
  readonly value: unknown
}

export interface Change {
  readonly after: number
  readonly head: Head
  readonly put: readonly Item[]
  readonly remove?: readonly (readonly [string, string])[]
  /** Seals under a fresh key, which takes the place of the old one: `put` must hold all that is to be read later. */
  readonly afresh?: boolean | undefined
  /** Must outlast a loss of power. */
  readonly firm?: boolean
}

export interface Vault {
  /** That of the latest read. */
  readonly cipher: Cipher
  /** Opens the records under these prefixes; `damaged` names those that cannot be opened. */
  read(prefixes: readonly string[]): Promise<{ head: Head; items: Item[]; damaged: string[] }>
  head(): Promise<Head>
  /** False where another writer came first: read again. */
  commit(change: Change): Promise<boolean>
  destroy(): Promise<void>
  close(): void
}

interface Ring<S> {
  readonly n: number
  readonly cipher: Cipher
  /** Not on disk yet: the next commit takes it along, if it comes right after this one. */
  readonly made?: { readonly after: number; readonly secret: S }
}

export const createVault = <S>(disk: Disk<S>, keys: Keyring<S>): Vault => {
  let ring: Ring<S> | undefined

  const make = async (n: number, after: number, before?: S): Promise<Ring<S>> => {
    const secret = keys.renew(before)
    return { n, cipher: await keys.open(secret), made: { after, secret } }
  }

  /** Whichever tab renewed the key, what is read is opened with the one that it was sealed under. */
  const load = async (prefixes: readonly string[]) => {
    const { head, records, secret } = await disk.read(prefixes, ring?.made ? undefined : ring?.n)
    const { commit, key: n = 0 } = head
    const stands = ring?.made ? ring.made.after === commit : ring?.n === n
    if (!ring || !stands)
      ring = await keys.open(secret).then(
        cipher => ({ n, cipher }),
        // There is none yet, or it is gone, and with it all that was sealed under it.
        () => make(n + 1, commit),
      )
    return { head, records, cipher: ring.cipher }
  }

  return {
    get cipher() {
      return (ring as Ring<S>).cipher
    },

    read: async prefixes => {
      const { head, records, cipher } = await load(prefixes)
      const damaged: string[] = []
      const opened = await Promise.all(
        records.map(async ({ key, data }) => {
          try {
            return { key, value: JSON.parse(await cipher.open(key, data)) as unknown }
          } catch {
            damaged.push(key)
            return undefined
          }
        }),
      )
      return { head, items: opened.filter(item => item !== undefined), damaged }
    },

    head: async () => (await load([])).head,

    commit: async ({ after, head, put, remove = [], afresh, firm = false }) => {
      let using = ring as Ring<S>
      if (afresh && !using.made) using = await make(using.n + 1, after, (await disk.read([])).secret)
      const { n, cipher, made } = using
      const sealed = await Promise.all(
        put.map(async ({ key, value }) => ({ key, data: await cipher.seal(key, JSON.stringify(value)) })),
      )
      const done = await disk.commit({
        ...{ after, put: sealed, remove, firm },
        ...(made ? { head: { ...head, key: n }, secret: made.secret } : { head }),
      })
      if (done) ring = { n, cipher }
      return done
    },

    destroy: () => disk.destroy(),
    close: () => disk.close(),
  }
}
