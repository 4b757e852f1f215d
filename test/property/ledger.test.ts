import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, type Entry, type Event, FIRST_HASH, parseEntry, verify } from '../../core/ledger.ts'
import { runs } from './arbitrary.ts'

const cipher = { digest: async (text: string) => new Uint8Array(createHash('sha256').update(text).digest()) }

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/)
const segment = fc.stringMatching(/^[a-z0-9]{1,8}$/)
const real = fc.double({ noNaN: true, noDefaultInfinity: true })
const reason = fc.record({ feature: id, value: real, weight: real })
const grants = fc.record(
  { personalization: fc.constant(['browsing']), measurement: fc.constant(['shopping']) },
  { requiredKeys: [] },
)

const anyEvent = fc.oneof(
  fc.record({
    type: fc.constant('decision'),
    seq: fc.nat(),
    grants,
    means: fc.constantFrom('banner', 'lapse'),
    notice: id,
  }),
  fc.record(
    {
      type: fc.constant('segment'),
      segmentation: id,
      segment,
      before: segment,
      model: id.map(it => `${it}.1`),
      reasons: fc.array(reason, { maxLength: 5 }),
    },
    { requiredKeys: ['type', 'segmentation', 'segment', 'model', 'reasons'] },
  ),
  fc.record({
    type: fc.constant('report'),
    segmentation: id,
    recipient: fc.webUrl(),
    body: fc.string({ minLength: 1 }),
  }),
  fc.record({
    type: fc.constant('answer'),
    segmentation: id,
    seq: fc.integer({ min: 1, max: 9999 }),
    status: fc.constantFrom(0, 204, 404),
  }),
  fc.record({ type: fc.constant('deletion'), what: id, count: fc.nat() }),
) as fc.Arbitrary<Event>

const anyCommits = fc.array(fc.tuple(fc.nat(4_000_000_000_000), fc.array(anyEvent, { maxLength: 3 })), {
  minLength: 1,
  maxLength: 4,
})

/** A ledger as it grows, commit by commit; each knows only the last entry before it. */
const write = async (commits: readonly (readonly [number, readonly Event[]])[]): Promise<Entry[]> => {
  const entries: Entry[] = []
  for (const [at, events] of commits) entries.push(...(await append(cipher, entries.at(-1), at, events)))
  return entries
}

const read = (text: string): Entry[] =>
  JSON.parse(text).map((entry: unknown, i: number) => parseEntry(entry, `ledger[${i}]`))

const changed = (entries: readonly Entry[], i: number, out: number, ...into: Entry[]): Entry[] => [
  ...entries.slice(0, i),
  ...into,
  ...entries.slice(i + out),
]

describe('the ledger', () => {
  it('has an entry for each event, in order, and is found whole when read back from text', async () => {
    const property = fc.asyncProperty(anyCommits, async commits => {
      const entries = await write(commits)
      expect(entries.map(({ event }) => event)).toEqual(commits.flatMap(([, events]) => events))
      expect(entries.map(({ n }) => n)).toEqual(entries.map((_, i) => i + 1))
      expect(await verify(cipher, read(JSON.stringify(entries)))).toBeUndefined()
    })
    await fc.assert(property, runs(20_000, 300))
  })

  it('any single change is found, at the entry that was changed', async () => {
    const property = fc.asyncProperty(anyCommits, fc.nat(), fc.nat(), anyEvent, async (commits, where, bit, event) => {
      const entries = await write(commits)
      fc.pre(entries.length > 0)
      const i = where % entries.length
      const entry = entries[i] as Entry
      const flipped = entry.hash.replace(entry.hash[bit % 64] as string, digit => (digit === 'f' ? '0' : 'f'))
      const changes: Partial<Entry>[] = [
        { n: entry.n + 1 },
        { at: entry.at + 1 },
        { hash: flipped },
        { hash: FIRST_HASH },
      ]
      if (JSON.stringify(event) !== JSON.stringify(entry.event)) changes.push({ event })
      for (const change of changes)
        expect(await verify(cipher, changed(entries, i, 1, { ...entry, ...change }))).toBe(i + 1)
    })
    await fc.assert(property, runs(20_000, 200))
  })

  it('an entry taken out, put in or moved is found where it was; only a cut at the end is not', async () => {
    const property = fc.asyncProperty(anyCommits, fc.nat(), anyEvent, async (commits, where, event) => {
      const entries = await write(commits)
      fc.pre(entries.length > 1)
      const i = where % (entries.length - 1)
      const [first, second] = [entries[i] as Entry, entries[i + 1] as Entry]
      expect(await verify(cipher, changed(entries, i, 1))).toBe(i + 1)
      expect(await verify(cipher, changed(entries, i, 2, second, first))).toBe(i + 1)
      expect(await verify(cipher, changed(entries, i, 0, first))).toBe(i + 2)
      // Rewritten with its own digest, it no longer leads to the next one.
      const [forged] = await append(cipher, entries[i - 1], first.at, [event])
      if (forged?.hash !== first.hash) expect(await verify(cipher, changed(entries, i, 1, forged as Entry))).toBe(i + 2)
      expect(await verify(cipher, entries.slice(0, i + 1))).toBeUndefined()
    })
    await fc.assert(property, runs(20_000, 200))
  })
})
