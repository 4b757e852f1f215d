import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NONE, type Pairs, pairsOf } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import { dateOf } from '../../core/epoch.ts'
import type { Pseudonym } from '../../core/pseudonym.ts'
import { parseStanding, printStanding, type Standing } from '../../core/standing.ts'
import { anySignals, runs } from './arbitrary.ts'

const DAY_MS = 86_400_000
const anyDay = fc.nat(40_000).map(day => dateOf(day * DAY_MS))
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/)
const pseudonym = fc.stringMatching(/^[A-Za-z0-9_-]{21}[AQgw]$/).map(text => text as Pseudonym)

const anyDecision: fc.Arbitrary<Decision> = fc.record({
  seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  pairs: fc.oneof(
    fc.constant(NONE),
    fc.nat(0xffff).map(bits => bits as Pairs),
  ),
  expires: anyDay,
  notice: fc.stringMatching(/^[A-Za-z0-9.-]{1,16}$/),
})

const anyStanding: fc.Arbitrary<Standing> = fc.record(
  {
    decision: anyDecision,
    needs: fc.constant({
      needs: [],
      pages: [{ test: '^/.*$', kind: 'home' as const }],
      expose: 'attribute' as const,
      days: 180,
    }),
    segments: fc.dictionary(name, fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxKeys: 4, noNullPrototype: true }),
    tail: fc.array(fc.record({ page: fc.nat(), n: fc.integer({ min: 1, max: 99 }), signals: anySignals }), {
      minLength: 1,
      maxLength: 3,
    }),
    tickets: fc.array(
      fc.record({
        url: fc.webUrl(),
        ticket: fc.record({ v: fc.constant(1 as const), site: name, pseudonym }),
        until: anyDay,
        within: fc.nat(86_400_000),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
)

const granted = ({ decision }: Standing): boolean => decision !== undefined && decision.pairs !== NONE

describe('what stands in the one key', () => {
  it('is read as it was written', () => {
    const property = fc.property(anyStanding, it => {
      const read = parseStanding(printStanding(it))
      expect(printStanding(read)).toBe(printStanding(it))
      expect(read.decision).toEqual(it.decision)
      expect(read.tickets).toEqual(it.tickets)
      // The rest stands only beside a grant.
      expect(read.needs).toEqual(granted(it) ? it.needs : undefined)
      expect(read.segments).toEqual(granted(it) ? it.segments : undefined)
      expect(read.tail ?? []).toEqual(granted(it) ? (it.tail ?? []) : [])
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('a refusal keeps nothing but the refusal', () => {
    const property = fc.property(anyStanding, anyDecision, ({ tickets: _, ...it }, decision) => {
      const text = printStanding({ ...it, decision: { ...decision, pairs: NONE } })
      const { seq, expires, notice } = decision
      expect(text).toBe(JSON.stringify({ v: 1, seq, decision: {}, expires, revision: notice }))
    })
    fc.assert(property, runs(10_000, 300))
  })

  it('is not there at all without a decision or a ticket that waits', () => {
    const property = fc.property(anyStanding, ({ decision: _, tickets: __, ...it }) => {
      expect(printStanding(it)).toBeNull()
      expect(printStanding({ ...it, tickets: [] })).toBeNull()
    })
    fc.assert(property, runs(2000, 100))
    expect(parseStanding(null)).toEqual({})
  })

  it('any garbage reads as nothing, and never throws', () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.anything().map(thing => JSON.stringify(thing) ?? ''),
    )
    fc.assert(
      fc.property(garbage, text => {
        expect(parseStanding(text)).toEqual({})
      }),
      runs(50_000, 1500),
    )
    for (const text of ['', 'null', '[]', '0', '{', '"nearside"', '['.repeat(200_000)])
      expect(parseStanding(text)).toEqual({})
  })

  it('whatever was done to it reads as a whole standing or as less, never as more than was granted', () => {
    const place = fc.constantFrom('v', 'seq', 'decision', 'expires', 'revision', 'segments', 'tail', 'tickets')
    const damage = fc.oneof(
      fc.anything(),
      fc.constantFrom(null, '1', '2030-01-01', ['2030-01-01'], 2 ** 53, -1, 0.5, {}, [], '', 'x'),
    )
    const property = fc.property(anyStanding, place, damage, (it, field, value) => {
      const text = printStanding(it)
      fc.pre(text !== null)
      const read = parseStanding(JSON.stringify({ ...JSON.parse(text ?? ''), [field]: value }))
      // What is read can be written and read again: nothing in it grows, and nothing is taken for what it is not.
      const again = parseStanding(printStanding(read))
      expect(printStanding(again)).toBe(printStanding(read))
      if (!read.decision) return
      expect(Number.isSafeInteger(read.decision.seq)).toBe(true)
      expect(typeof read.decision.notice).toBe('string')
      if (field !== 'decision') expect(read.decision.pairs).toBe(it.decision?.pairs ?? NONE)
      else expect(read.decision.pairs).toBe(pairsOf(value))
    })
    fc.assert(property, runs(50_000, 1500))
  })
})
