// A config is written anew only where a model needs more: else visitors would be asked again for nothing.
import { expect, it } from 'vitest'
import type { FeatureSpec } from '../../core/feature.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { withNeeds } from '../../trainer/needs.ts'
import { configFor, model } from '../harness/served-site.ts'

const features = parseModel(JSON.stringify(model(1))).features
const config = configFor(model(1))
const noticeOf = (json: string): string => JSON.parse(json).notice

const more = { name: 'spent', kind: 'purchase', aggregate: 'sum', field: 'value', window: 1 } as const
const renamed = features.map((spec): FeatureSpec => (spec.name === 'orders' ? { ...spec, name: 'buys' } : spec))

it('a model that needs the same, or less, leaves a config as it is', () => {
  expect(withNeeds(config, needsOf(features), 'here')).toBe(config)
  expect(withNeeds(config, needsOf(features.slice(0, 2)), 'here')).toBe(config)
  expect(withNeeds(config, [], 'here')).toBe(config)
})

it.each([
  ['another field', [...features, more]],
  ['another kind', [...features, { ...more, kind: 'refund' as const }]],
  ['another reason', renamed],
])('a model that needs %s writes a new notice', (_, asked) => {
  expect(noticeOf(withNeeds(config, needsOf(asked), 'here'))).not.toBe(noticeOf(config))
})

it('a config that is not as its notice says is written anew', () => {
  const old = JSON.stringify({ ...JSON.parse(config), notice: 'old' })
  expect(noticeOf(withNeeds(old, needsOf(features), 'here'))).toBe(noticeOf(config))
})
