import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excessIn } from '../../core/excess.ts'
import { type FeatureSpec, foldAfresh, rawVector } from '../../core/feature.ts'
import { needed } from '../../core/needed.ts'
import { type Need, needsOf, parseNeeds } from '../../core/needs.ts'
import type { Signal } from '../../core/signal.ts'
import { count, record } from '../harness/size.ts'
import { anySpecs, anyWorld, everySignal, runs } from './arbitrary.ts'

const kept = (needs: readonly Need[], signals: readonly Signal[]): Signal[] =>
  signals.map(signal => needed(needs, signal)).filter(signal => signal !== undefined)

const universe = everySignal()

/** Does `asked` keep a signal, a field of one, or a word, that `given` does not? Tried on every signal there is. */
const keepsMore = (given: readonly Need[], asked: readonly Need[]): boolean =>
  universe.some(signal => {
    const more = needed(asked, signal)
    const less = needed(given, signal)
    return more !== undefined && (less === undefined || Object.keys(more).some(field => more[field] !== less[field]))
  })

describe('needs', () => {
  it('collecting only what is needed changes no feature', () => {
    const property = fc.property(anyWorld, fc.nat(86_400_000), ({ specs, signals }, later) => {
      const now = (signals.at(-1)?.at ?? 0) + later
      const all = rawVector(specs, foldAfresh(specs, signals), now)
      const least = rawVector(specs, foldAfresh(specs, kept(needsOf(specs), signals)), now)
      expect(least).toEqual(all)
    })
    fc.assert(property, runs(100_000, 4000))
    record('histories in which collecting only what is needed changed a feature', 0, '', count(100_000, 4000))
  })

  it('collecting for other features as well changes no feature either', () => {
    const property = fc.property(anyWorld, anySpecs, ({ specs, signals }, others) => {
      const now = signals.at(-1)?.at ?? 0
      const all = rawVector(specs, foldAfresh(specs, signals), now)
      const more = rawVector(specs, foldAfresh(specs, kept(needsOf([...specs, ...others]), signals)), now)
      expect(more).toEqual(all)
    })
    fc.assert(property, runs(50_000, 2000))
  })

  it('a kind or a field that no feature names is not kept', () => {
    const property = fc.property(anySpecs, specs => {
      const kinds = new Set(specs.flatMap(spec => [spec.kind, ...(spec.over ? [spec.over.kind] : [])]))
      const named = (spec: FeatureSpec): (string | undefined)[] => [
        spec.field,
        ...Object.keys(spec.where ?? {}),
        ...Object.keys(spec.over?.where ?? {}),
      ]
      const fields = new Set(specs.flatMap(named))
      for (const signal of kept(needsOf(specs), universe)) {
        const { kind, at: _, ...rest } = signal
        expect(kinds).toContain(kind)
        for (const field of Object.keys(rest)) expect(fields).toContain(field)
      }
    })
    fc.assert(property, runs(10_000, 150))
  })

  it('an excess is named if, and only if, something more would be kept', () => {
    const property = fc.property(anySpecs, anySpecs, (given, more) => {
      const all = [...given, ...more]
      const [have, want] = [needsOf(given), needsOf(all)]
      expect(excessIn(have, all) !== undefined).toBe(keepsMore(have, want))
      expect(excessIn(want, given)).toBeUndefined()
      expect(excessIn(have, given)).toBeUndefined()
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('an excess names what it is', () => {
    const view: FeatureSpec = {
      name: 'views',
      kind: 'page_view',
      aggregate: 'count',
      window: 7,
      where: { page: ['home'] },
    }
    const excess = (more: Partial<FeatureSpec>) => excessIn(needsOf([view]), [view, { ...view, name: 'more', ...more }])
    expect(excess({})).toBeUndefined()
    expect(excess({ kind: 'search', where: {} })).toBe('signals of kind search')
    expect(excess({ where: { page: ['cart'] } })).toBe('page_view with page cart')
    expect(excess({ where: {} })).toBe('page_view with page any word')
    const dwell: FeatureSpec = { ...view, kind: 'page_dwell' }
    const timed: FeatureSpec = { ...dwell, aggregate: 'sum', field: 'ms' }
    expect(excessIn(needsOf([dwell]), [timed])).toBe('the field ms of page_dwell')
  })

  it('is written as its own parser reads it, and does not depend on the order of features', () => {
    const property = fc.property(anySpecs, specs => {
      const needs = needsOf(specs)
      expect(parseNeeds(JSON.parse(JSON.stringify(needs)), 'needs')).toEqual(needs)
      expect(needsOf([...specs].reverse())).toEqual(needs)
    })
    fc.assert(property, runs(10_000, 300))
  })
})
