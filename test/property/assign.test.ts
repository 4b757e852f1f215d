import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import type { CentroidSegmentation, RuleSegmentation } from '../../core/segmentation.ts'
import { runs } from './arbitrary.ts'
import {
  centroidModel,
  centroidModelOf,
  countsOf,
  many,
  modelOf,
  plainCoordinate,
  raws,
  segmentsOf,
  someReach,
} from './models.ts'

/** The plainest distance there is. */
const distanceTo = (it: CentroidSegmentation, x: readonly number[], centroid: readonly number[]): number =>
  Math.hypot(
    ...centroid.map(
      (c, i) => ((x[i] as number) - (it.scaler.center[i] as number)) / (it.scaler.scale[i] as number) - c,
    ),
  )

describe('assignment to the nearest centroid', () => {
  it('the nearest is really nearest, and the runner-up next to it', () => {
    const property = fc.property(centroidModel, raws, ({ model, it }, x) => {
      fc.pre(x.slice(0, it.features.length).some(value => value !== 0))
      const { segment, distance, runnerUp, distances } = assign(model, it, x.slice(0, it.features.length))
      const [nearest, next] = [...(distances ?? [])].sort((a, b) => a - b)
      expect(distance).toBe(nearest)
      expect(runnerUp?.distance).toBe(next)
      const at = it.segments.findIndex(({ id }) => id === segment) - 1
      expect(distances?.[at]).toBe(distance)
      expect(runnerUp?.segment === segment).toBe(false)
      distances?.forEach((found, i) => {
        const plain = distanceTo(it, x, it.centroids[i] as number[])
        expect(Math.abs(found - plain)).toBeLessThanOrEqual(1e-9 * Math.max(1, plain))
      })
    })
    fc.assert(property, runs(100_000, 1500))
  })

  it('contributions add up to what parts the runner-up from the nearest, strongest first', () => {
    const property = fc.property(centroidModel, raws, ({ model, it }, x) => {
      fc.pre(x.slice(0, it.features.length).some(value => value !== 0))
      const { distance = 0, runnerUp, contributions } = assign(model, it, x.slice(0, it.features.length))
      const weights = contributions.map(({ weight }) => weight)
      const gap = runnerUp ? runnerUp.distance ** 2 - distance ** 2 : 0
      const size = runnerUp ? runnerUp.distance ** 2 + distance ** 2 : 1
      expect(Math.abs(weights.reduce((a, b) => a + b, 0) - gap)).toBeLessThanOrEqual(1e-9 * Math.max(1, size))
      expect(weights).toEqual([...weights].sort((a, b) => b - a))
      expect(contributions.map(({ feature }) => feature).sort()).toEqual([...it.features].sort())
      for (const { feature, value } of contributions) expect(value).toBe(x[it.features.indexOf(feature)])
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('puts those beyond its reach, and nobody else, into the last segment, for what sets them apart', () => {
    let outside = 0
    const property = fc.property(centroidModelOf('log1p', plainCoordinate, someReach), raws, ({ model, it }, x) => {
      fc.pre(x.slice(0, it.features.length).some(value => value !== 0))
      const found = assign(model, it, x.slice(0, it.features.length))
      const nearest = Math.min(...(found.distances ?? []))
      const isOut = nearest > (it.reach as number)
      expect(found.segment === it.segments.at(-1)?.id).toBe(isOut)
      const { reach: _, ...without } = { ...it, segments: it.segments.slice(0, -1) }
      if (!isOut) {
        expect(found).toEqual(assign(model, without, x.slice(0, it.features.length)))
        return
      }
      outside++
      expect(found.distance ?? found.runnerUp).toBeUndefined()
      const sum = found.contributions.reduce((total, { weight }) => total + weight, 0)
      expect(Math.abs(sum - nearest ** 2)).toBeLessThanOrEqual(1e-9 * nearest ** 2)
    })
    fc.assert(property, runs(50_000, 800))
    expect(outside).toBeGreaterThan(50)
  })

  it('does not depend on the order of centroids, but for ties', () => {
    const property = fc.property(centroidModel, raws, ({ model, it }, x) => {
      const found = assign(model, it, x.slice(0, it.features.length))
      const [first, ...rest] = it.segments
      const turned = {
        ...it,
        centroids: [...it.centroids].reverse(),
        segments: [first, ...rest.reverse()],
      } as typeof it
      const again = assign(model, turned, x.slice(0, it.features.length))
      expect(again.distance).toBe(found.distance)
      expect(again.runnerUp?.distance).toBe(found.runnerUp?.distance)
      if (found.distance !== found.runnerUp?.distance) expect(again.segment).toBe(found.segment)
    })
    fc.assert(property, runs(20_000, 400))
  })

  it('gives no segment without a grant, without any signal, or without a feature it needs', () => {
    const property = fc.property(centroidModel, raws, fc.nat(5), ({ model, it }, x, hole) => {
      const d = it.features.length
      const none = { segmentation: 'tried', segment: 's00', contributions: [] }
      expect(assign(model, it, x.slice(0, d), false)).toEqual({ ...none, unassigned: 'denied' })
      expect(assign(model, it, new Array(d).fill(0))).toEqual({ ...none, unassigned: 'no-signals' })
      const missing = x.slice(0, d).map((value, i) => (i === hole % d ? null : value))
      expect(assign(model, it, missing)).toEqual({ ...none, unassigned: 'missing-feature' })
    })
    fc.assert(property, runs(5000, 200))
  })
})

describe('assignment by rules', () => {
  const bound = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined })
  const condition = fc.record({ f: fc.nat(2), least: bound, most: bound }).map(({ f, least, most }) => ({
    feature: `f${f}`,
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
  }))
  const rule = fc.record({
    segment: fc.constantFrom('s01', 's02'),
    all: fc.array(condition, { minLength: 1, maxLength: 3 }),
  })
  const values = many(fc.option(fc.nat(4)), 3)

  it('the first rule of which everything holds decides; else what is said for otherwise', () => {
    const property = fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), values, (rules, x) => {
      const model = modelOf(countsOf(3), { kind: 'rules', segments: segmentsOf(2), rules, otherwise: 's00' })
      const holding = rules.filter(({ all }) =>
        all.every(({ feature, least = 0, most = 4 }) => {
          const value = x[Number(feature[1])]
          return typeof value === 'number' && least <= value && value <= most
        }),
      )
      const found = assign(model, model.segmentations[0] as RuleSegmentation, x)
      expect(found.segment).toBe(holding[0]?.segment ?? 's00')
      expect(found.unassigned).toBeUndefined()
      for (const { feature, value } of found.contributions) expect(value).toBe(x[Number(feature[1])] ?? 0)
      expect(assign(model, model.segmentations[0] as RuleSegmentation, x, false).unassigned).toBe('denied')
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('what is not known yet decides nothing: where it may, there is no segment', () => {
    const unsure = many(fc.oneof(fc.nat(4), fc.constantFrom(null, undefined)), 3)
    const property = fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), unsure, values, (rules, x, told) => {
      const model = modelOf(countsOf(3), { kind: 'rules', segments: segmentsOf(2), rules, otherwise: 's00' })
      const it = model.segmentations[0] as RuleSegmentation
      const found = assign(model, it, x)
      const later = assign(
        model,
        it,
        x.map((value, i) => (value === undefined ? (told[i] as number | null) : value)),
      )
      if (found.unassigned) expect(x).toContain(undefined)
      else expect(found.segment).toBe(later.segment)
    })
    fc.assert(property, runs(50_000, 800))
    const model = modelOf(countsOf(1), {
      ...{ kind: 'rules', segments: segmentsOf(2), otherwise: 's01' },
      rules: [{ segment: 's02', all: [{ feature: 'f0', least: 2 }] }],
    })
    const decided = (value: number | null | undefined) =>
      assign(model, model.segmentations[0] as RuleSegmentation, [value])
    expect([0, 2, null].map(value => decided(value).segment)).toEqual(['s01', 's02', 's01'])
    expect(decided(undefined)).toMatchObject({ segment: 's00', unassigned: 'missing-feature', contributions: [] })
  })
})
