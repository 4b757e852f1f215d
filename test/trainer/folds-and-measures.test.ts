// How rows are dealt for trying a prediction, and how good it is said to be.
import { describe, expect, it } from 'vitest'
import { boundsOf } from '../../trainer/predict/bands.ts'
import { byTime, grouped, stratified } from '../../trainer/predict/folds.ts'
import { aucOf, curveOf } from '../../trainer/predict/measures.ts'
import type { PropensityRecipe } from '../../trainer/predict/recipe.ts'
import { hashOf } from '../../trainer/random.ts'

describe('bands of which nobody says where they end', () => {
  const none = {} as PropensityRecipe
  const scores = Float64Array.from({ length: 100 }, (_, i) => i / 100)

  it.each([
    [5, [0.7, 0.9]],
    [20, [0.6, 0.8]],
    [40, [0.6]],
    [60, []],
  ])('of %i rows at least: none is smaller', (least, bounds) => {
    expect(boundsOf(none, scores, least)).toEqual(bounds)
  })

  it('do not part those who are equally likely', () => {
    const tied = scores.map((_, i) => [0.1, 0.5, 0.5, 0.8][i >> 5] ?? 0.8)
    expect(boundsOf(none, tied, 4)).toEqual([0.5])
    expect(boundsOf(none, scores.fill(0.3), 5)).toEqual([])
  })
})

describe('folds and measures', () => {
  const yes = Uint8Array.from({ length: 1003 }, (_, i) => Number(hashOf(9, i) < 0.2))

  it('deal every row into one fold, each with its share; keep groups together; never learn from later', () => {
    const folds = stratified(yes, 5, 1)
    expect(folds.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual([...yes.keys()])
    const shares = folds.map(({ test }) => test.reduce((sum, row) => sum + (yes[row] as number), 0))
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    for (const { training, test } of folds) expect(new Set([...training, ...test]).size).toBe(yes.length)
    const groups = Array.from(yes, (_, i) => `g${i % 37}`)
    for (const { training, test } of grouped(groups, 5, 1)) {
      const inside = new Set(test.map(row => groups[row]))
      expect(training.some(row => inside.has(groups[row] as string))).toBe(false)
    }
    const times = Array.from(yes, (_, i) => (i * 7919) % 100)
    for (const { training, test } of byTime(times, 4)) {
      const first = Math.min(...test.map(row => times[row] as number))
      expect(Math.max(...training.map(row => times[row] as number))).toBeLessThan(first)
    }
  })

  it('give the area under ROC that counting all pairs gives', () => {
    const scores = Float64Array.from(yes, (it, i) => Math.floor((hashOf(5, i) + it * 0.4) * 20))
    let [won, pairs] = [0, 0]
    yes.forEach((a, i) =>
      yes.forEach((b, j) => {
        if (!a || b) return
        pairs++
        won += (scores[i] as number) > (scores[j] as number) ? 1 : scores[i] === scores[j] ? 0.5 : 0
      }),
    )
    expect(aucOf({ scores, yes })).toBeCloseTo(won / pairs, 12)
    const curve = curveOf({ scores, yes })
    expect(curve.length).toBeLessThanOrEqual(61)
    expect(curve.at(-1)).toMatchObject({ recall: 1, falseAlarms: 1 })
    const picked = curve.map(
      ({ recall, falseAlarms }) => recall * yes.filter(Boolean).length + falseAlarms * yes.filter(it => !it).length,
    )
    picked.forEach((rows, i) => expect(rows - (picked[i - 1] ?? 0)).toBeGreaterThan(9.99))
  })
})
