import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_PAIRS, both, grantsOf, NONE, type Pairs, pairsOf } from '../../core/consent.ts'
import { type Decision, decide, grantedBy, inForce, prevailing } from '../../core/decision.ts'
import { dateOf } from '../../core/epoch.ts'
import { runs } from './arbitrary.ts'

const DAY_MS = 86_400_000
const anyDecision: fc.Arbitrary<Decision> = fc.record({
  seq: fc.integer({ min: 1, max: 4 }),
  grants: fc.nat(0xffff).map(bits => grantsOf(bits as Pairs)),
  expires: fc.nat(30).map(day => dateOf((20_000 + day) * DAY_MS)),
  notice: fc.constantFrom('1', '2', '10'),
  recipients: fc.subarray(['Acme', 'Beta', 'Gamma']),
})
const maybe = fc.option(anyDecision, { nil: undefined })
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 })

describe('of two decisions', () => {
  it('tabs agree on which holds, in whatever order they hear of them, and however often', () => {
    const property = fc.property(maybe, maybe, maybe, (a, b, c) => {
      expect(prevailing(a, b)).toEqual(prevailing(b, a))
      expect(prevailing(a, prevailing(b, c))).toEqual(prevailing(prevailing(a, b), c))
      expect(prevailing(a, a)).toEqual(a)
    })
    fc.assert(property, runs(100_000, 2000))
  })

  it('the later holds; of two equals, only what both grant, for no longer than either', () => {
    const property = fc.property(anyDecision, anyDecision, (a, b) => {
      const held = prevailing(a, b) as Decision
      if (a.seq !== b.seq) {
        expect(held).toBe(a.seq > b.seq ? a : b)
        return
      }
      expect(pairsOf(held.grants)).toBe(both(pairsOf(a.grants), pairsOf(b.grants)))
      expect(held.recipients).toEqual(a.recipients?.filter(name => b.recipients?.includes(name)))
      expect(held.expires).toBe([a.expires, b.expires].sort()[0])
      expect([a.notice, b.notice]).toContain(held.notice)
    })
    fc.assert(property, runs(20_000, 500))
  })
})

describe('a decision', () => {
  it('follows the one before, and holds from the day it is made until the day it expires', () => {
    const property = fc.property(maybe, instant, fc.integer({ min: 1, max: 400 }), (before, now, days) => {
      const made = decide(before, { grants: grantsOf(ALL_PAIRS) }, 'n', now, days)
      expect(made.seq).toBe((before?.seq ?? 0) + 1)
      expect(prevailing(before, made)).toEqual(made)
      const end = Date.parse(made.expires)
      expect(inForce(made, now, 'n')).toBe(true)
      expect(inForce(made, end - 1, 'n')).toBe(true)
      expect(inForce(made, end, 'n')).toBe(false)
      expect(end - now).toBeGreaterThan((days - 1) * DAY_MS)
      expect(end - now).toBeLessThanOrEqual(days * DAY_MS)
    })
    fc.assert(property, runs(20_000, 500))
  })

  it('grants nothing under another notice, after its time, or where there is none', () => {
    const property = fc.property(anyDecision, it => {
      const end = Date.parse(it.expires)
      expect(grantedBy(it, end - 1, it.notice)).toBe(pairsOf(it.grants))
      expect(grantedBy(it, end, it.notice)).toBe(NONE)
      expect(grantedBy(it, end - 1, `${it.notice}x`)).toBe(NONE)
      expect(grantedBy(undefined, end - 1, it.notice)).toBe(NONE)
    })
    fc.assert(property, runs(5000, 300))
  })

  it('lasts no longer where the clock steps back: the day it ends is fixed', () => {
    const property = fc.property(maybe, instant, fc.nat(400 * DAY_MS), (before, now, back) => {
      const made = decide(before, { grants: grantsOf(ALL_PAIRS) }, 'n', now, 30)
      expect(inForce(made, Date.parse(made.expires) + back, 'n')).toBe(false)
    })
    fc.assert(property, runs(5000, 300))
  })
})
