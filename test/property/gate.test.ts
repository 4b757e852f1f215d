import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATEGORIES } from '../../core/consent.ts'
import { needed } from '../../core/needed.ts'
import { needsOf } from '../../core/needs.ts'
import { categoryOf } from '../../core/signal.ts'
import { admit } from '../../sdk/gate.ts'
import { anySpecs, everySignal, runs } from './arbitrary.ts'

const universe = everySignal()

describe('the gate', () => {
  it('keeps of every signal what the worker would, to the field, where its category is granted; else nothing', () => {
    const property = fc.property(anySpecs, fc.subarray([...CATEGORIES]), (specs, granted) => {
      const needs = needsOf(specs).map(need => ({ ...need, category: categoryOf(need.kind) }))
      const decision = { seq: 1, grants: { measurement: granted }, expires: '2099-01-01', notice: '1' }
      for (const signal of universe) {
        const answer = admit(signal, decision, needs)
        const kept = granted.includes(categoryOf(signal.kind)) ? needed(needs, signal) : undefined
        expect(typeof answer === 'object' ? answer : undefined).toEqual(kept)
      }
    })
    fc.assert(property, runs(10_000, 150))
  })
})
