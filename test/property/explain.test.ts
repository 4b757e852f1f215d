import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { smallestChange } from '../../core/explain.ts'
import { transform } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import type { Segmentation } from '../../core/segmentation.ts'
import { runs } from './arbitrary.ts'
import { centroidModelOf, countsOf, many, modelOf, plainCoordinate, segmentsOf, someReach } from './models.ts'

const MOST = 400
const small = many(fc.nat(30), 6)

const moved = (raws: readonly number[], i: number, to: number) => raws.map((value, f) => (f === i ? to : value))

/** Tries every whole number there is, of every feature. */
const byTrying = (
  model: Model,
  segmentation: Segmentation,
  raws: readonly number[],
  size: (i: number, to: number) => number,
) => {
  const { segment } = assign(model, segmentation, raws)
  let least = Infinity
  for (const i of raws.keys()) {
    for (let to = 0; to <= MOST; to++) {
      const then = assign(model, segmentation, moved(raws, i, to))
      if (!then.unassigned && then.segment !== segment) least = Math.min(least, size(i, to))
    }
  }
  return least
}

describe('the smallest change that moves a segment', () => {
  for (const how of [undefined, 'log1p', 'sqrt'] as const) {
    it(`is no larger than any found by trying them all, between centroids over ${how ?? 'plain'} counts`, () => {
      const reach = fc.option(someReach, { nil: undefined })
      const property = fc.property(centroidModelOf(how, plainCoordinate, reach), small, ({ model, it }, x) => {
        const raws = x.slice(0, it.features.length)
        fc.pre(raws.some(value => value !== 0))
        const sizeOf = (i: number, to: number): number =>
          Math.abs(
            transform(model.features[i] as never, to) - transform(model.features[i] as never, raws[i] as number),
          ) / (it.scaler.scale[i] as number)
        const least = byTrying(model, it, raws, sizeOf)
        const found = smallestChange(model, it, raws)
        if (!found) {
          expect(least).toBe(Infinity)
          return
        }
        const i = it.features.indexOf(found.feature)
        expect(found.from).toBe(raws[i])
        expect(sizeOf(i, found.to)).toBeLessThanOrEqual(least * (1 + 1e-9))
        // It does what it says.
        expect(assign(model, it, moved(raws, i, found.to)).segment).toBe(found.segment)
        expect(found.segment).not.toBe(assign(model, it, raws).segment)
      })
      fc.assert(property, runs(3000, 100))
    })
  }

  it('is no larger than any found by trying them all, between rules', () => {
    const bound = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined })
    const condition = fc.record({ f: fc.nat(2), least: bound, most: bound }).map(({ f, least, most }) => ({
      feature: `f${f}`,
      ...(least === undefined ? {} : { least }),
      ...(most === undefined ? {} : { most }),
    }))
    const rule = fc.record({
      segment: fc.constantFrom('s01', 's02'),
      all: fc.array(condition, { minLength: 1, maxLength: 3 }),
    })
    const property = fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), many(fc.nat(12), 3), (rules, raws) => {
      const model = modelOf(countsOf(3), { kind: 'rules', segments: segmentsOf(2), rules, otherwise: 's00' })
      const it = model.segmentations[0] as Segmentation
      const sizeOf = (i: number, to: number): number =>
        Math.abs(to - (raws[i] as number)) / Math.max(1, raws[i] as number)
      const least = byTrying(model, it, raws, sizeOf)
      const found = smallestChange(model, it, raws)
      expect(found ? sizeOf(Number(found.feature[1]), found.to) : Infinity).toBe(least)
      if (found) expect(assign(model, it, moved(raws, Number(found.feature[1]), found.to)).segment).toBe(found.segment)
    })
    fc.assert(property, runs(3000, 200))
  })

  it('is none where there is no segment to leave', () => {
    const property = fc.property(centroidModelOf(), ({ model, it }) => {
      expect(smallestChange(model, it, new Array(it.features.length).fill(0))).toBeUndefined()
    })
    fc.assert(property, runs(500, 50))
  })
})
