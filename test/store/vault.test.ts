// Tabs share one disk, and each holds a key of its own making or reading: whoever renews it, nobody reads or writes with another.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Commit, Disk, Head, Sealed } from '../../core/ports.ts'
import { keyring, type Secret } from '../../store/cipher.ts'
import { createVault, type Vault } from '../../store/vault.ts'
import { count, seed } from '../harness/size.ts'

const EMPTY: Head = { commit: 0, seq: 0, pairs: 0 }

/** As IndexedDB does it: each call is one transaction, and answers after whatever was asked before it. */
const createDisk = () => {
  let head = EMPTY
  let secret: Secret | undefined
  const records = new Map<string, Sealed>()
  const open = (): Disk<Secret> => ({
    read: async (prefixes, known) => ({
      head,
      records: [...records.values()].filter(({ key }) => prefixes.some(prefix => key.startsWith(prefix))),
      ...((head.key ?? 0) === known ? {} : { secret }),
    }),
    commit: async (change: Commit<Secret>) => {
      if (head.commit !== change.after) return false
      for (const record of change.put) records.set(record.key, record)
      head = change.head
      secret = change.secret ?? secret
      return true
    },
    destroy: async () => {},
    close: () => {},
  })
  const lose = (): void => {
    secret = undefined
  }
  return { open, head: () => head, secret: () => secret, lose }
}

/** One more record, or a fresh key for all of them; as often as it takes. */
const write = async (vault: Vault, value: string): Promise<void> => {
  for (;;) {
    const head = await vault.head()
    const after = head.commit
    if (await vault.commit({ after, head: { ...head, commit: after + 1 }, put: [{ key: `r/${value}`, value }] })) return
  }
}
const renew = async (vault: Vault): Promise<void> => {
  for (;;) {
    const { head, items } = await vault.read([''])
    const after = head.commit
    if (await vault.commit({ after, head: { ...head, commit: after + 1 }, put: items, afresh: true })) return
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('tabs that write and renew the key in any order', () => {
  const step = fc.record({ tab: fc.nat(2), renews: fc.boolean() })

  it('lose nothing, damage nothing, and keep one pseudonym', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
        const disk = createDisk()
        const tabs = [0, 1, 2].map(() => createVault(disk.open(), keyring))
        await write(tabs[0] as Vault, 'first')
        const mac = hexOf(await (tabs[0] as Vault).cipher.mac('epoch'))
        await Promise.all(
          steps.map(({ tab, renews }, i) => (renews ? renew(tabs[tab] as Vault) : write(tabs[tab] as Vault, `${i}`))),
        )
        const wanted = ['first', ...steps.flatMap(({ renews }, i) => (renews ? [] : [`${i}`]))].sort()
        for (const tab of [...tabs, createVault(disk.open(), keyring)]) {
          const { items, damaged } = await tab.read([''])
          expect(damaged).toEqual([])
          expect(items.map(({ value }) => value).sort()).toEqual(wanted)
          expect(hexOf(await tab.cipher.mac('epoch'))).toBe(mac)
        }
        expect(disk.head().key).toBe(1 + steps.filter(({ renews }) => renews).length)
      }),
      { seed, numRuns: count(2000, 60) },
    )
  })

  it('that begin at once agree on the first key', async () => {
    const disk = createDisk()
    const tabs = [0, 1, 2, 3].map(() => createVault(disk.open(), keyring))
    await Promise.all(tabs.map((tab, i) => write(tab, `${i}`)))
    for (const tab of tabs) expect((await tab.read([''])).damaged).toEqual([])
    expect(disk.head().key).toBe(1)
  })
})

describe('a vault', () => {
  it('whose key is gone names every record as damaged, and seals what follows under a fresh one', async () => {
    const disk = createDisk()
    await write(createVault(disk.open(), keyring), 'old')
    disk.lose()
    const vault = createVault(disk.open(), keyring)
    expect(await vault.read([''])).toMatchObject({ items: [], damaged: ['r/old'] })
    await write(vault, 'new')
    const { items, damaged } = await createVault(disk.open(), keyring).read([''])
    expect([items, damaged]).toEqual([[{ key: 'r/new', value: 'new' }], ['r/old']])
    expect(disk.head().key).toBe(2)
  })

  it('writes its secret once, and hands the disk nothing that a script can export', async () => {
    const disk = createDisk()
    const commits: Commit<Secret>[] = []
    const real = disk.open()
    const commit = (it: Commit<Secret>): Promise<boolean> => {
      commits.push(it)
      return real.commit(it)
    }
    const vault = createVault({ ...real, commit }, keyring)
    await write(vault, 'a')
    await write(vault, 'b')
    expect(commits.map(({ secret }) => secret !== undefined)).toEqual([true, false])
    const { seal, mac } = disk.secret() as Secret
    for (const kept of [seal, mac]) expect(kept).toMatchObject({ size: 32 })
    expect(seal).toBeInstanceOf(Blob)
  })
})
