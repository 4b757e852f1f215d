// Models of one segmentation, for properties of assignment and its reasons.
import fc from 'fast-check'
import type { FeatureSpec } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { CentroidSegmentation } from '../../core/segmentation.ts'

const anyCoordinate = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
export const many = <T>(one: fc.Arbitrary<T>, n: number) => fc.array(one, { minLength: n, maxLength: n })
export const segmentsOf = (n: number) =>
  Array.from({ length: n + 1 }, (_, i) => ({
    id: `s${String(i).padStart(2, '0')}`,
    label: 'A label',
    description: 'A sentence.',
  }))

export const modelOf = (features: readonly FeatureSpec[], segmentation: object): Model =>
  parseModel(
    JSON.stringify({
      v: 1,
      name: 'tried',
      revision: 1,
      issued: '2026-01-01',
      expires: '2027-01-01',
      features,
      segmentations: [{ id: 'tried', label: 'A question', uses: ['content'], ...segmentation }],
      guarantee: { minimumSize: 1, dataset: 'none', digest: 'none', basis: 'none' },
    }),
  )

export const countsOf = (d: number, transform?: FeatureSpec['transform']): FeatureSpec[] =>
  Array.from({ length: d }, (_, i) => ({
    name: `f${i}`,
    kind: 'page_view',
    aggregate: 'count',
    window: 7,
    ...(transform ? { transform } : {}),
  }))

/** Coordinates as a trainer writes them: rounded, and a few spreads from the middle at most. */
export const plainCoordinate = fc.integer({ min: -9000, max: 9000 }).map(n => n / 1000)

/** A model of one segmentation by centroids, over counts. */
export const centroidModelOf = (
  transform?: FeatureSpec['transform'],
  coordinate: fc.Arbitrary<number> = anyCoordinate,
  reach: fc.Arbitrary<number | undefined> = fc.constant(undefined),
) =>
  fc.record({ d: fc.integer({ min: 1, max: 6 }), k: fc.integer({ min: 1, max: 8 }) }).chain(({ d, k }) =>
    fc
      .record({
        center: many(coordinate, d),
        scale: many(fc.double({ min: 0.001, max: 1000, noNaN: true }), d),
        centroids: many(many(coordinate, d), k),
        reach,
      })
      .map(({ center, scale, centroids, reach }) => {
        const features = countsOf(d, transform)
        const segmentation = {
          kind: 'centroids',
          segments: segmentsOf(reach === undefined ? k : k + 1),
          features: features.map(({ name }) => name),
          scaler: { center, scale },
          centroids,
          ...(reach === undefined ? {} : { reach }),
        }
        const model = modelOf(features, segmentation)
        return { model, it: model.segmentations[0] as CentroidSegmentation }
      }),
  )
export const centroidModel = centroidModelOf()

/** Small enough to leave some out, large enough to let some in. */
export const someReach = fc.double({ min: 0.01, max: 20, noNaN: true })

/** As many raw numbers as any of them has features; slice off what is too many. */
export const raws = many(fc.oneof(fc.nat(20), fc.nat(1_000_000)), 6)
