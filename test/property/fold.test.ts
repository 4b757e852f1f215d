import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyFold,
  type FeatureSpec,
  type FeatureVector,
  type FoldState,
  fold,
  foldAfresh,
  rawVector,
  transformVector,
  trimFold,
} from '../../core/feature.ts'
import { parseFeature } from '../../core/feature-spec.ts'
import { parseSignal, type Signal } from '../../core/signal.ts'
import { count, record } from '../harness/size.ts'
import { bitsOf } from '../vectors/oracle.ts'
import { anyWorld, runs, START_MS, shuffled, someLate } from './arbitrary.ts'
import { byHand } from './reference.ts'

const DAY_MS = 86_400_000
const bits = (vector: FeatureVector) => vector.map(value => (value == null ? value : bitsOf(value)))

/** What the worker does: folds what comes, keeps it, folds all afresh where the fold asks for it; its state is text on disk. */
const foldAsTheyCome = (specs: readonly FeatureSpec[], arriving: readonly Signal[]): FoldState => {
  let state = emptyFold()
  arriving.forEach((signal, i) => {
    if (!fold(specs, state, signal)) state = foldAfresh(specs, arriving.slice(0, i + 1))
    state = JSON.parse(JSON.stringify(state))
  })
  return state
}

const lastOf = (signals: readonly Signal[]): number => Math.max(0, ...signals.map(signal => signal.at))

/** A world in which signals arrive in any order; or as it happens, in order but for a few that are late. */
const arrivals = anyWorld.chain(({ specs, signals }) =>
  fc.record({
    specs: fc.constant(specs),
    signals: fc.constant(signals),
    arriving: fc.oneof(shuffled(signals), someLate(signals)),
  }),
)
const moment = fc.oneof(fc.constant(0), fc.nat(2 * 3_600_000), fc.nat(10 * DAY_MS))

const sameVectors = (specs: readonly FeatureSpec[], a: FoldState, b: FoldState, now: number): void => {
  const [x, y] = [rawVector(specs, a, now), rawVector(specs, b, now)]
  expect(bits(x)).toEqual(bits(y))
  expect(bits(transformVector(specs, x))).toEqual(bits(transformVector(specs, y)))
}

const closeTo = (made: FeatureVector, byHand: FeatureVector, specs: readonly FeatureSpec[]): void =>
  made.forEach((value, i) => {
    if (specs[i]?.aggregate === 'entropy') expect(value).toBeCloseTo(byHand[i] as number, 12)
    else expect(value).toBe(byHand[i])
  })

describe('the fold', () => {
  it('gives what one would count by hand', () => {
    const property = fc.property(anyWorld, moment, ({ specs, signals }, later) => {
      const now = lastOf(signals) + later
      closeTo(rawVector(specs, foldAfresh(specs, signals), now), byHand(specs, signals, now), specs)
    })
    fc.assert(property, runs(100_000, 4000))
  })

  it('folds one by one, in any order of arrival, to what a fresh fold gives, bit for bit', () => {
    const property = fc.property(arrivals, moment, ({ specs, arriving }, later) => {
      const now = lastOf(arriving) + later
      sameVectors(specs, foldAsTheyCome(specs, arriving), foldAfresh(specs, arriving), now)
    })
    fc.assert(property, runs(100_000, 4000))
    record('histories whose incremental fold differs from a fresh one in any bit', 0, '', count(100_000, 4000))
  })

  it('does not depend on the order of arrival at all, where no feature follows a sequence and no two times are equal', () => {
    const property = fc.property(arrivals, moment, ({ specs, signals, arriving }, later) => {
      const unordered = specs.filter(spec => spec.aggregate !== 'sequence')
      sameVectors(
        unordered,
        foldAsTheyCome(unordered, arriving),
        foldAfresh(unordered, signals),
        lastOf(signals) + later,
      )
      const apart = signals.filter((signal, i) => signal.at !== signals[i - 1]?.at)
      const mixed = arriving.filter(signal => apart.includes(signal))
      sameVectors(specs, foldAsTheyCome(specs, mixed), foldAfresh(specs, apart), lastOf(signals) + later)
    })
    fc.assert(property, runs(50_000, 2000))
  })

  it('counts the same sessions where a late signal closes the gap between two', () => {
    const specs = [
      { name: 'sessions', kind: 'page_view', aggregate: 'sessions', window: 3 },
      { name: 'searches', kind: 'search', aggregate: 'count', window: 'session' },
    ] as const
    const minutes = fc.array(
      fc.tuple(fc.constantFrom('page_view' as const, 'search' as const), fc.integer({ min: 5, max: 35 })),
    )
    const walks = minutes.chain(steps => {
      let at = START_MS
      const signals = steps.map(([kind, minute]): Signal => {
        at += minute * 60_000
        return { kind, at }
      })
      return fc.tuple(fc.constant(signals), someLate(signals))
    })
    const property = fc.property(walks, ([signals, arriving]) => {
      const now = lastOf(signals)
      sameVectors(specs, foldAsTheyCome(specs, arriving), foldAfresh(specs, signals), now)
      expect(rawVector(specs, foldAsTheyCome(specs, arriving), now)).toEqual(byHand(specs, signals, now))
    })
    fc.assert(property, runs(50_000, 2000))
  })

  it('leaves the state untouched where it answers false', () => {
    const property = fc.property(arrivals, ({ specs, arriving }) => {
      const state = emptyFold()
      for (const signal of arriving) {
        const before = JSON.stringify(state)
        if (!fold(specs, state, signal)) expect(JSON.stringify(state)).toBe(before)
      }
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('asks for a fresh fold where a late signal parts what a sequence took for neighbours, and only there', () => {
    const spec = {
      name: 'on',
      kind: 'page_view',
      window: 1,
      aggregate: 'sequence',
      field: 'page',
      from: 'cart',
      to: 'checkout',
    } as const
    const view = (page: string, at: number): Signal => ({ kind: 'page_view', at, page })
    const state = foldAfresh([spec], [view('cart', 0), view('checkout', 20)])
    expect(rawVector([spec], state, 20)).toEqual([1])
    expect(fold([spec], state, view('product', 10))).toBe(false)
    expect(fold([spec], state, { kind: 'search', at: 10 })).toBe(true)
    expect(
      rawVector([spec], foldAfresh([spec], [view('cart', 0), view('checkout', 20), view('product', 10)]), 20),
    ).toEqual([0])
  })

  it('never asks for a fresh fold while signals come in the order of their times', () => {
    const property = fc.property(anyWorld, ({ specs, signals }) => {
      const state = emptyFold()
      expect(signals.every(signal => fold(specs, state, signal))).toBe(true)
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('forgets no day that a window can still reach, and every other', () => {
    const property = fc.property(anyWorld, moment, moment, ({ specs, signals }, a, b) => {
      const [trimmedAt, now] = [lastOf(signals) + a, lastOf(signals) + a + b]
      const state = foldAfresh(specs, signals)
      trimFold(specs, state, trimmedAt)
      sameVectors(specs, state, foldAfresh(specs, signals), now)
      const longest = Math.max(0, ...specs.map(({ window }) => (window === 'session' ? 0 : window)))
      const today = Math.floor(trimmedAt / DAY_MS)
      for (const day of Object.keys(state.days)) expect(Number(day)).toBeGreaterThan(today - longest)
    })
    fc.assert(property, runs(50_000, 600))
  })

  it('is tried on features and signals that its own parsers take', () => {
    const property = fc.property(anyWorld, ({ specs, signals }) => {
      for (const spec of specs) expect(parseFeature(spec, 'feature')).toEqual(spec)
      for (const signal of signals) expect(parseSignal(signal, 'signal')).toEqual(signal)
    })
    fc.assert(property, runs(2000, 200))
  })
})
