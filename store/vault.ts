/** Records that are sealed on the way in and opened on the way out, above whatever disk there is. */

import type { Cipher, Disk, Head } from '../core/ports.ts'

export interface Item {
  readonly key: string
  readonly value: unknown
}

export interface Change {
  readonly after: number
  readonly head: Head
  readonly put: readonly Item[]
  readonly remove?: readonly (readonly [string, string])[]
}

export interface Vault {
  readonly cipher: Cipher
  /** Opens the records under these prefixes; `damaged` names those that cannot be opened. */
  read(prefixes: readonly string[]): Promise<{ head: Head; items: Item[]; damaged: string[] }>
  head(): Promise<Head>
  /** False where another writer came first: read again. */
  commit(change: Change): Promise<boolean>
  destroy(): Promise<void>
  close(): void
}

export const createVault = (disk: Disk, cipher: Cipher): Vault => ({
  cipher,

  read: async prefixes => {
    const { head, records } = await disk.read(prefixes)
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

  head: async () => (await disk.read([])).head,

  commit: async ({ after, head, put, remove = [] }) => {
    const sealed = await Promise.all(
      put.map(async ({ key, value }) => ({ key, data: await cipher.seal(key, JSON.stringify(value)) })),
    )
    return disk.commit({ after, head, put: sealed, remove })
  },

  destroy: () => disk.destroy(),
  close: () => disk.close(),
})
