import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grantsOf, NONE, type Pairs, pairsOf } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import { dateOf } from '../../core/epoch.ts'
import type { Pseudonym } from '../../core/pseudonym.ts'
import {
  isGrant,
  type PageState,
  parsePageState,
  parseStanding,
  parseTail,
  printPageState,
  printStanding,
} from '../../core/standing.ts'
import { anySignals, runs } from './arbitrary.ts'

const DAY_MS = 86_400_000
const anyDay = fc.nat(40_000).map(day => dateOf(day * DAY_MS))
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/)
const pseudonym = fc.stringMatching(/^[A-Za-z0-9_-]{21}[AQgw]$/).map(text => text as Pseudonym)
const anyGrants = fc.oneof(
  fc.constant({}),
  fc.nat(0xffff).map(bits => grantsOf(bits as Pairs)),
)

const anyDecision: fc.Arbitrary<Decision> = fc.record(
  {
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    grants: anyGrants,
    expires: anyDay,
    notice: fc.stringMatching(/^[A-Za-z0-9.-]{1,16}$/),
    recipients: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
  },
  { noNullPrototype: true, requiredKeys: ['seq', 'grants', 'expires', 'notice'] },
)

const batch = fc.record({ page: fc.nat(), n: fc.integer({ min: 1, max: 99 }), signals: anySignals })
const ticket = fc.record({ v: fc.constant(1 as const), site: name, pseudonym })
const waiting = fc.record({ url: fc.webUrl(), ticket, until: anyDay, within: fc.nat(DAY_MS) })

const anyPageState: fc.Arbitrary<PageState> = fc.record(
  {
    needs: fc.constant({
      needs: [],
      pages: [{ test: '^/.*$', kind: 'home' as const }],
      sources: ['scroll'],
      expose: 'attribute' as const,
      days: 180,
    }),
    segments: fc.dictionary(name, fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxKeys: 4, noNullPrototype: true }),
    tickets: fc.array(waiting, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
)

const garbage = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.anything().map(thing => JSON.stringify(thing) ?? ''),
)
const NOTHING = ['', 'null', '[]', '0', '{', '"nearside"', '['.repeat(200_000)]

describe('the decision that stands', () => {
  it('is read as it was written', () => {
    const property = fc.property(anyDecision, it => {
      expect(parseStanding(printStanding(it))).toEqual(it)
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('a refusal keeps nothing but the refusal', () => {
    const property = fc.property(anyDecision, ({ seq, expires, notice }) => {
      const text = printStanding({ seq, grants: {}, expires, notice })
      expect(JSON.parse(text)).toEqual({ v: 1, seq, decision: {}, expires, revision: notice })
    })
    fc.assert(property, runs(10_000, 300))
  })

  it('is none where there is nothing, or any garbage, and nothing is thrown', () => {
    const property = fc.property(garbage, text => {
      expect(parseStanding(text)).toBeUndefined()
    })
    fc.assert(property, runs(50_000, 1000))
    for (const text of [null, ...NOTHING]) expect(parseStanding(text)).toBeUndefined()
  })

  it('whatever was done to it reads as it was or as none, never as more than was granted', () => {
    const place = fc.constantFrom('v', 'seq', 'decision', 'expires', 'revision')
    const damage = fc.oneof(
      fc.anything(),
      fc.constantFrom(null, '1', '2030-01-01', ['2030-01-01'], 2 ** 53, -1, 0.5, {}, [], '', 'x', {
        activation: 'browsing',
      }),
    )
    const property = fc.property(anyDecision, place, damage, (it, field, value) => {
      const spoilt = { ...JSON.parse(printStanding(it)), [field]: value }
      const read = parseStanding(JSON.stringify(spoilt))
      if (!read) return
      expect(parseStanding(printStanding(read))).toEqual(read)
      expect(Number.isSafeInteger(read.seq)).toBe(true)
      expect(typeof read.notice).toBe('string')
      expect(pairsOf(read.grants)).toBe(pairsOf(field === 'decision' ? value : it.grants))
    })
    fc.assert(property, runs(50_000, 1000))
  })
})

describe('what pages keep', () => {
  it('is read as it was written, segments with needs alone; without a grant only tickets are', () => {
    const property = fc.property(anyPageState, fc.boolean(), (it, granted) => {
      const read = parsePageState(printPageState(it, granted))
      expect(read.tickets ?? []).toEqual(it.tickets ?? [])
      expect(read.needs).toEqual(granted ? it.needs : undefined)
      expect(read.segments).toEqual(granted && it.needs ? it.segments : undefined)
      expect(parsePageState(printPageState(read, granted))).toEqual(read)
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('is not there at all where nothing is granted and no ticket waits', () => {
    const property = fc.property(anyPageState, anyDecision, ({ tickets: _, ...it }, decision) => {
      expect(isGrant({ ...decision, grants: {} })).toBe(false)
      expect(isGrant(undefined)).toBe(false)
      expect(isGrant(decision)).toBe(pairsOf(decision.grants) !== NONE)
      expect(printPageState(it, false)).toBeNull()
      expect(printPageState({ ...it, tickets: [] }, false)).toBeNull()
    })
    fc.assert(property, runs(2000, 100))
  })

  it('is empty where there is any garbage, and nothing is thrown', () => {
    const property = fc.property(garbage, text => {
      const { needs, segments, tickets } = parsePageState(text)
      expect([needs, segments, tickets ?? []]).toEqual([undefined, undefined, []])
    })
    fc.assert(property, runs(50_000, 1000))
    for (const text of [null, ...NOTHING]) expect(printPageState(parsePageState(text), false)).toBeNull()
  })
})

describe('the last words of a page', () => {
  it('are read as they were written; there are none where there is no list', () => {
    const property = fc.property(fc.array(batch, { maxLength: 3 }), tail => {
      // A batch without signals says nothing.
      expect(parseTail(JSON.stringify(tail))).toEqual(tail.filter(({ signals }) => signals.length))
    })
    fc.assert(property, runs(10_000, 200))
    for (const text of NOTHING.filter(text => text !== '"nearside"')) expect(parseTail(text)).toEqual([])
    const anything = fc.property(garbage, text => {
      expect(Array.isArray(parseTail(text))).toBe(true)
    })
    fc.assert(anything, runs(50_000, 500))
  })
})
