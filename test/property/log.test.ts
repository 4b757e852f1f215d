// The transparency log: its roots are those of RFC 6962, and whoever has seen a head notices every change behind it.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, checkLog, headOf, type Log, type LogEntry } from '../../core/log.ts'
import { leafHash, rootOf } from '../../core/merkle.ts'
import { runs } from './arbitrary.ts'

const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(createHash('sha256').update(bytes).digest())
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

// The leaves and roots by which implementations of Certificate Transparency are commonly compared.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('a root', () => {
  it('is the one that Certificate Transparency makes of the same leaves', async () => {
    const leaves = await Promise.all(LEAVES.map(leaf => leafHash(sha256, new Uint8Array(Buffer.from(leaf, 'hex')))))
    for (const [size, root] of ROOTS.entries()) expect(hex(await rootOf(sha256, leaves.slice(0, size)))).toBe(root)
  })
})

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes).toString('base64url'))
const anyEntry: fc.Arbitrary<LogEntry> = fc.record(
  {
    what: fc.constantFrom('model', 'config', 'notice'),
    name: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,9}$/),
    on: fc.constant('2026-11-22'),
    digest,
  },
  { noNullPrototype: true },
)

const logOf = async (entries: readonly LogEntry[]): Promise<Log> => {
  let log: Log = { v: 1, site: 'shop', ...(await headOf(sha256, [])), entries: [] }
  for (const entry of entries) log = await append(sha256, log, entry)
  return log
}

describe('a log', () => {
  it('is found true by whoever saw any of its earlier heads, and the file it ends with is in it', async () => {
    const property = fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 20 }), fc.nat(), async (all, n) => {
      const log = await logOf(all)
      const seen = await headOf(sha256, log.entries, n % (log.size + 1))
      expect(await checkLog(sha256, log, log.entries.at(-1) as LogEntry, seen)).toBeUndefined()
      const stranger = { what: 'model', digest: 'A'.repeat(43) } as const
      expect(await checkLog(sha256, log, stranger, seen)).toBe('not-logged')
    })
    await fc.assert(property, runs(5000, 100))
  })

  it('that was rewritten, shortened or forked is found out', async () => {
    const many = fc.array(anyEntry, { minLength: 2, maxLength: 20 })
    const property = fc.asyncProperty(many, anyEntry, fc.nat(), async (all, other, n) => {
      const log = await logOf(all)
      fc.pre(log.size >= 2)
      const at = n % log.size
      const seen = { size: log.size, root: log.root }
      const file = log.entries.at(-1) as LogEntry
      // One entry put in another's place, with a root that fits; and with the old root.
      const forged = log.entries.map((entry, i) => (i === at ? other : entry))
      const fitting = { ...log, ...(await headOf(sha256, forged)), entries: forged }
      expect(await checkLog(sha256, fitting, file, seen)).toBe('rewritten')
      expect(await checkLog(sha256, { ...log, entries: forged }, file, seen)).toBe('wrong-root')
      const shorter = await logOf(log.entries.slice(0, -1))
      expect(await checkLog(sha256, shorter, file, seen)).toBe('rewritten')
      // Grown, it is the same log still.
      const grown = await append(sha256, log, other)
      expect(await checkLog(sha256, grown, grown.entries.at(-1) as LogEntry, seen)).toBeUndefined()
    })
    await fc.assert(property, runs(5000, 100))
  })
})
