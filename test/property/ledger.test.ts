import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, DELETIONS, type Entry, type Event, FIRST_HASH, foldEntries, verify } from '../../core/ledger.ts'
import { parseEntry, parseFolded } from '../../core/ledger-entry.ts'
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
  fc.record({ type: fc.constant('deletion'), why: fc.constantFrom(...DELETIONS), what: id, count: fc.nat() }),
  fc.record({ type: fc.constant('correction'), what: fc.constantFrom('changed', 'not-me'), of: id }),
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

  it('a cut at the end is found by whoever remembers the last entry', async () => {
    const property = fc.asyncProperty(anyCommits, fc.nat(), async (commits, where) => {
      const entries = await write(commits)
      fc.pre(entries.length > 0)
      const left = entries.slice(0, where % entries.length)
      expect(await verify(cipher, entries, undefined, entries.at(-1))).toBeUndefined()
      expect(await verify(cipher, left, undefined, entries.at(-1))).toBe(left.length + 1)
    })
    await fc.assert(property, runs(5000, 100))
  })
})

describe('a ledger that is folded', () => {
  const manyCommits = fc.array(
    fc.tuple(fc.nat(4_000_000_000_000), fc.array(anyEvent, { minLength: 1, maxLength: 3 })),
    {
      minLength: 3,
      maxLength: 8,
    },
  )

  /** Folds at each of these places, as a device does over its life. */
  const foldOften = async (commits: readonly (readonly [number, readonly Event[]])[], places: readonly number[]) => {
    let entries: Entry[] = []
    let last: Entry | undefined
    let folded: Awaited<ReturnType<typeof foldEntries>>['folded'] | undefined
    for (const [i, [at, events]] of commits.entries()) {
      const more = await append(cipher, last, at, events)
      entries.push(...more)
      last = more.at(-1)
      if (!places.includes(i)) continue
      const made = await foldEntries(cipher, folded, entries)
      const [vouching] = await append(cipher, last, at, [made.event])
      folded = made.folded
      last = vouching as Entry
      entries = [last]
    }
    return { entries, folded, last }
  }

  it('still has every decision, correction, report and deletion that was asked for, word for word, and counts the rest', async () => {
    const places = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 })
    const property = fc.asyncProperty(manyCommits, places, async (commits, at) => {
      const { entries, folded, last } = await foldOften(commits, at)
      fc.pre(folded !== undefined)
      const stays = (event: Event): boolean =>
        ['decision', 'report', 'correction'].includes(event.type) ||
        (event.type === 'deletion' && event.why === 'visitor')
      const all = commits.flatMap(([, events]) => events)
      const left = [...(folded?.kept ?? []), ...entries].map(({ event }) => event)
      expect(left.filter(stays)).toEqual(all.filter(stays))
      const lost = all.length - left.filter(({ type }) => type !== 'fold').length
      const { fold = 0, ...counts } = folded?.dropped ?? {}
      expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(lost)
      const back = parseFolded(JSON.parse(JSON.stringify(folded)), 'folded')
      expect(await verify(cipher, entries, back, last)).toBeUndefined()
      expect(fold + left.filter(({ type }) => type === 'fold').length).toBe(at.filter(i => i < commits.length).length)
    })
    await fc.assert(property, runs(5000, 100))
  })

  it('any change of what is left is found', async () => {
    const property = fc.asyncProperty(manyCommits, fc.nat(), anyEvent, async (commits, where, event) => {
      const { entries, folded } = await foldOften(commits, [commits.length - 2])
      if (!folded) return
      const i = where % Math.max(1, folded.kept.length)
      const forged: Partial<typeof folded>[] = [
        { to: folded.to + 1 },
        { hash: FIRST_HASH },
        { dropped: { ...folded.dropped, segment: (folded.dropped.segment ?? 0) + 1 } },
        { kept: [...folded.kept, { ...(entries[0] as Entry), event }] },
        ...(folded.kept.length ? [{ kept: changed(folded.kept, i, 1) }] : []),
      ]
      for (const change of forged) expect(await verify(cipher, entries, { ...folded, ...change })).toBeDefined()
      expect(await verify(cipher, entries.slice(1), folded)).toBeDefined()
      expect(await verify(cipher, entries, undefined)).toBe(1)
    })
    await fc.assert(property, runs(5000, 100))
  })
})
