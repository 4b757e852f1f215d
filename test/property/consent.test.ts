import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALL_PAIRS,
  both,
  CATEGORIES,
  captures,
  categoriesIn,
  grantsOf,
  holds,
  isLess,
  NONE,
  type Pairs,
  PURPOSES,
  pairsOf,
  product,
  serves,
  without,
} from '../../core/consent.ts'
import { runs } from './arbitrary.ts'

const anyPairs = fc.nat(0xffff).map(bits => bits as Pairs)
const anyPurpose = fc.constantFrom(...PURPOSES)
const anyCategory = fc.constantFrom(...CATEGORIES)

/** The same set, the slow way: words. */
const words = (pairs: Pairs): string[] =>
  PURPOSES.flatMap(purpose =>
    CATEGORIES.filter(category => holds(pairs, purpose, category)).map(category => `${purpose} ${category}`),
  )

describe('pairs of purpose and category', () => {
  it('all sixteen are told apart, and none is granted by default', () => {
    expect(words(ALL_PAIRS)).toHaveLength(16)
    expect(new Set(PURPOSES.flatMap(p => CATEGORIES.map(c => product([p], [c])))).size).toBe(16)
    expect(words(NONE)).toEqual([])
  })

  it('a product holds a pair if, and only if, both words were chosen', () => {
    const property = fc.property(fc.subarray([...PURPOSES]), fc.subarray([...CATEGORIES]), (purposes, categories) => {
      const pairs = product(purposes, categories)
      for (const p of PURPOSES)
        for (const c of CATEGORIES) expect(holds(pairs, p, c)).toBe(purposes.includes(p) && categories.includes(c))
    })
    fc.assert(property, runs(256, 256))
  })

  it('both is the stricter of two: what each grants, in any order, and no more', () => {
    const property = fc.property(anyPairs, anyPairs, anyPairs, (a, b, c) => {
      expect(words(both(a, b))).toEqual(words(a).filter(pair => words(b).includes(pair)))
      expect(both(a, b)).toBe(both(b, a))
      expect(both(a, both(b, c))).toBe(both(both(a, b), c))
      expect(both(a, a)).toBe(a)
    })
    fc.assert(property, runs(20_000, 400))
  })

  it('taking a purpose back takes all of it and nothing else; taking all back leaves none', () => {
    const property = fc.property(anyPairs, anyPurpose, (pairs, purpose) => {
      const left = pairsOf(without(grantsOf(pairs), purpose))
      expect(words(left)).toEqual(words(pairs).filter(pair => !pair.startsWith(`${purpose} `)))
      expect(pairsOf(without(grantsOf(pairs)))).toBe(NONE)
    })
    fc.assert(property, runs(20_000, 400))
  })

  it('less is what denies anything that was granted before; nothing granted has no category', () => {
    const property = fc.property(anyPairs, anyPairs, anyCategory, (after, before, c) => {
      const less = words(before).some(pair => !words(after).includes(pair))
      expect(isLess(grantsOf(after), grantsOf(before))).toBe(less)
      expect(categoriesIn(grantsOf(after)).includes(c)).toBe(captures(after, c))
      expect(categoriesIn(grantsOf(after)).length > 0).toBe(after !== NONE)
    })
    fc.assert(property, runs(20_000, 400))
  })

  it('a category is captured if any purpose holds it; a purpose is served only if it holds every category', () => {
    const property = fc.property(
      anyPairs,
      anyPurpose,
      anyCategory,
      fc.subarray([...CATEGORIES]),
      (pairs, p, c, categories) => {
        expect(captures(pairs, c)).toBe(words(pairs).some(pair => pair.endsWith(` ${c}`)))
        expect(serves(pairs, p, categories)).toBe(
          categories.every(category => words(pairs).includes(`${p} ${category}`)),
        )
      },
    )
    fc.assert(property, runs(20_000, 400))
  })

  it('come back from grants as they went, by way of text', () => {
    const property = fc.property(anyPairs, pairs => {
      expect(pairsOf(grantsOf(pairs))).toBe(pairs)
      expect(pairsOf(JSON.parse(JSON.stringify(grantsOf(pairs))))).toBe(pairs)
    })
    fc.assert(property, runs(65_536, 1000))
  })

  it('what is not understood is denied', () => {
    const strange = fc
      .record({ purpose: fc.string(), categories: fc.anything() })
      .map(it => ({ [it.purpose]: it.categories }))
    const property = fc.property(fc.oneof(fc.anything(), strange), anyPairs, (grants, pairs) => {
      // `anything` hits upon a word of ours once in a lifetime: then it is one.
      fc.pre(!PURPOSES.some(purpose => Object.hasOwn(Object(grants), purpose)))
      expect(pairsOf(grants)).toBe(NONE)
      expect(pairsOf({ ...grantsOf(pairs), ...Object(grants) })).toBe(pairs)
    })
    fc.assert(property, runs(20_000, 500))
    const unknown = {
      personalization: ['browsing', 'thoughts', 3, null],
      profiling: ['browsing'],
      measurement: 'browsing',
    }
    expect(grantsOf(pairsOf(unknown))).toEqual({ personalization: ['browsing'] })
  })
})
