import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, log, log1p } from '../../core/elementary.ts'
import { count, record } from '../harness/size.ts'
import { expReal, log1pReal, logReal, type Real, ulpsOff } from '../vectors/oracle.ts'
import { runs } from './arbitrary.ts'

/** What `core/elementary.ts` says of itself. */
const MOST_ULPS = 2

const finite = { noNaN: true, noDefaultInfinity: true }
const positive = fc.oneof(
  fc.double({ ...finite, min: Number.MIN_VALUE }),
  fc.double({ ...finite, min: 0.5, max: 2 }),
  fc.double({ ...finite, min: Number.MIN_VALUE, max: Number.MAX_VALUE ** 0.01 }),
  fc.integer({ min: 1, max: 1_000_000 }),
)
const aboveMinusOne = fc
  .oneof(
    positive,
    fc.double({ ...finite, min: -1, max: 1, minExcluded: true }),
    fc.tuple(fc.double({ ...finite, min: -1, max: 1 }), fc.nat(60)).map(([x, n]) => x / 2 ** n),
  )
  .filter(x => x !== 0 && x > -1)
const exponent = fc
  .oneof(
    fc.double({ ...finite, min: -745.13, max: 709.78 }),
    fc.double({ ...finite, min: -1, max: 1 }),
    fc.integer({ min: -745, max: 709 }),
  )
  .filter(x => x !== 0)

const close = (
  name: string,
  f: (x: number) => number,
  truth: (x: number) => Real,
  inputs: fc.Arbitrary<number>,
): void =>
  it(`${name} is within ${MOST_ULPS} units in the last place of the truth`, () => {
    let worst = 0
    const property = fc.property(inputs, x => {
      const off = ulpsOff(f(x), truth(x))
      worst = Math.max(worst, off)
      expect(off).toBeLessThan(MOST_ULPS)
    })
    fc.assert(property, runs(2_000_000, 10_000))
    record(
      `${name}: farthest from the truth`,
      Number(worst.toFixed(2)),
      'units in the last place',
      count(2_000_000, 10_000),
    )
  })

describe('elementary functions', () => {
  close(
    'log',
    log,
    logReal,
    positive.filter(x => x !== 1),
  )
  close('log1p', log1p, log1pReal, aboveMinusOne)
  close('exp', exp, expReal, exponent)

  it.each([
    ['log', log, 1, 0],
    ['log', log, 2, Math.LN2],
    ['log', log, 0, -Infinity],
    ['log', log, -0, -Infinity],
    ['log', log, -1, NaN],
    ['log', log, -Infinity, NaN],
    ['log', log, Infinity, Infinity],
    ['log', log, NaN, NaN],
    ['log', log, Number.MIN_VALUE, -744.4400719213812],
    ['log', log, Number.MAX_VALUE, 709.782712893384],
    ['log1p', log1p, 0, 0],
    ['log1p', log1p, -0, -0],
    ['log1p', log1p, -1, -Infinity],
    ['log1p', log1p, -1.5, NaN],
    ['log1p', log1p, Infinity, Infinity],
    ['log1p', log1p, -Infinity, NaN],
    ['log1p', log1p, NaN, NaN],
    ['log1p', log1p, Number.MIN_VALUE, Number.MIN_VALUE],
    ['log1p', log1p, -Number.MIN_VALUE, -Number.MIN_VALUE],
    ['log1p', log1p, 1e-300, 1e-300],
    ['log1p', log1p, Number.MAX_VALUE, 709.782712893384],
    ['exp', exp, 0, 1],
    ['exp', exp, -0, 1],
    ['exp', exp, Infinity, Infinity],
    ['exp', exp, -Infinity, 0],
    ['exp', exp, NaN, NaN],
    ['exp', exp, 710, Infinity],
    ['exp', exp, 709.7827128933841, Infinity],
    ['exp', exp, -746, 0],
    ['exp', exp, -745.2, 0],
    ['exp', exp, -744, 2 * Number.MIN_VALUE],
    ['exp', exp, 1e-300, 1],
  ])('%s is exact where it can be', (_, f, x, expected) => {
    expect(f(x)).toBe(expected)
  })

  it('are monotonic where features meet them: one more is never less', () => {
    for (let n = 0; n < 20_000; n++) expect(log1p(n + 1)).toBeGreaterThan(log1p(n))
  })
})
