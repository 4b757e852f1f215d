import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { smallestChange } from '../../core/explain.ts'
import type { Model } from '../../core/model.ts'
import type { PropensitySegmentation } from '../../core/segmentation.ts'
import { runs } from './arbitrary.ts'
import { countsOf, many, modelOf, plainCoordinate, raws, segmentsOf } from './models.ts'

const D = 3

/** A tree as a person would draw it. */
type Drawn = { leaf: number } | { feature: number; threshold: number; low: Drawn; high: Drawn }

const thresholds = [
  [0.5, 3.5, 40],
  [2.5, 1000],
  [0.5, 7, 8, 500_000],
]
const { drawn } = fc.letrec<{ drawn: Drawn }>(tie => ({
  drawn: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.integer({ min: -999, max: 999 }).map(leaf => ({ leaf })),
    fc
      .record({ feature: fc.nat(D - 1), place: fc.nat(3), low: tie('drawn'), high: tie('drawn') })
      .map(({ feature, place, low, high }) => {
        const own = thresholds[feature] as number[]
        return { feature, threshold: own[place % own.length] as number, low, high }
      }),
  ),
}))

const pairs = (tree: Drawn): number[] =>
  'leaf' in tree
    ? [0, tree.leaf]
    : [
        tree.feature + 1,
        (thresholds[tree.feature] as number[]).indexOf(tree.threshold),
        ...pairs(tree.low),
        ...pairs(tree.high),
      ]

const walk = (tree: Drawn, x: readonly number[]): number => {
  if ('leaf' in tree) return tree.leaf
  return walk((x[tree.feature] as number) <= tree.threshold ? tree.low : tree.high, x)
}

const features = countsOf(D, 'log1p')
const typical = [3, 4, 5]
const bands = [0.2, 0.5]
const modelWith = (predictor: object): { model: Model; it: PropensitySegmentation } => {
  const model = modelOf(features, {
    ...{ kind: 'propensity', segments: segmentsOf(3), features: features.map(({ name }) => name) },
    ...{ typical, predictor, bands },
  })
  return { model, it: model.segmentations[0] as PropensitySegmentation }
}

interface Likely {
  readonly model: Model
  readonly it: PropensitySegmentation
  readonly score: (x: readonly number[]) => number
}

const byTrees: fc.Arbitrary<Likely> = fc.array(drawn, { minLength: 1, maxLength: 12 }).map(trees => ({
  ...modelWith({ method: 'trees', thresholds, trees: trees.map(pairs), base: -0.5, unit: 0.002 }),
  score: x => -0.5 + 0.002 * trees.reduce((sum, tree) => sum + walk(tree, x), 0),
}))

const byWeights: fc.Arbitrary<Likely> = fc
  .record({ weights: many(plainCoordinate, D), center: many(plainCoordinate, D), intercept: plainCoordinate })
  .map(({ weights, center, intercept }) => ({
    ...modelWith({ method: 'logistic', center, scale: [1, 2, 0.5], weights, intercept }),
    score: x =>
      x.reduce((sum, raw, i) => {
        const z = (Math.log1p(raw) - (center[i] as number)) / ([1, 2, 0.5][i] as number)
        return sum + (weights[i] as number) * z
      }, intercept),
  }))

const likely = fc.oneof(byTrees, byWeights)
const vector = raws.map(x => x.slice(0, D)).filter(x => x.some(value => value !== 0))

describe('assignment by how likely something is', () => {
  it('says the probability that the plainest reading of trees and weights gives, and the band it falls in', () => {
    const property = fc.property(likely, vector, ({ model, it, score }, x) => {
      const { probability = NaN, segment } = assign(model, it, x)
      const plain = 1 / (1 + Math.exp(-score(x)))
      expect(Math.abs(probability - plain)).toBeLessThanOrEqual(1e-10)
      const band = bands.filter(bound => probability >= bound).length
      expect(segment).toBe(it.segments[band + 1]?.id)
    })
    fc.assert(property, runs(50_000, 800))
  })

  it('names as reasons what each number changes beside an ordinary one, strongest first', () => {
    const property = fc.property(likely, vector, ({ model, it, score }, x) => {
      const { contributions } = assign(model, it, x)
      expect(contributions.map(({ feature }) => feature).sort()).toEqual([...it.features].sort())
      for (const { feature, value, weight } of contributions) {
        const at = it.features.indexOf(feature)
        const ordinary = x.map((each, i) => (i === at ? (typical[i] as number) : each))
        expect(value).toBe(x[at])
        expect(Math.abs(weight - (score(x) - score(ordinary)))).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(weight)),
        )
      }
      const weights = contributions.map(({ weight }) => weight)
      expect(weights).toEqual([...weights].sort((a, b) => b - a))
    })
    fc.assert(property, runs(20_000, 500))
  })

  it('gives no segment without a grant, without any signal, or without a feature it needs', () => {
    const property = fc.property(likely, vector, fc.nat(D - 1), ({ model, it }, x, hole) => {
      const none = { segmentation: 'tried', segment: 's00', contributions: [] }
      expect(assign(model, it, x, false)).toEqual({ ...none, unassigned: 'denied' })
      expect(assign(model, it, [0, 0, 0])).toEqual({ ...none, unassigned: 'no-signals' })
      for (const gap of [null, undefined]) {
        const missing = x.map((value, i) => (i === hole ? gap : value))
        expect(assign(model, it, missing)).toEqual({ ...none, unassigned: 'missing-feature' })
      }
    })
    fc.assert(property, runs(5000, 200))
  })

  it('the change it names leads where it says', () => {
    let named = 0
    const property = fc.property(likely, vector, ({ model, it }, x) => {
      const change = smallestChange(model, it, x)
      if (!change) return
      named++
      const at = it.features.indexOf(change.feature)
      expect(change.from).toBe(x[at])
      const there = assign(
        model,
        it,
        x.map((value, i) => (i === at ? change.to : value)),
      )
      expect(there.segment).toBe(change.segment)
      expect(there.segment).not.toBe(assign(model, it, x).segment)
    })
    fc.assert(property, runs(20_000, 500))
    expect(named).toBeGreaterThan(100)
  })

  it('of trees it names the smallest change there is, as far as one looks', () => {
    // The smallest change is searched among thresholds: a plain search over all whole numbers finds none that is smaller.
    const property = fc.property(byTrees, many(fc.integer({ min: 1, max: 30 }), D), ({ model, it }, x) => {
      const now = assign(model, it, x).segment
      const sizes = x.flatMap((from, i) =>
        Array.from({ length: 60 }, (_, to) => to)
          .filter(
            to =>
              assign(
                model,
                it,
                x.map((value, j) => (i === j ? to : value)),
              ).segment !== now,
          )
          .map(to => Math.abs(to - from) / Math.max(1, from)),
      )
      const change = smallestChange(model, it, x)
      if (!sizes.length) return
      const size = change ? Math.abs(change.to - change.from) / Math.max(1, change.from) : Infinity
      expect(size).toBeLessThanOrEqual(Math.min(...sizes) + 1e-12)
    })
    fc.assert(property, runs(2000, 60))
  })
})
