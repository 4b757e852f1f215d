import { describe, expect, it } from 'vitest'
import { shareOf } from '../../trainer/evidence.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { count, seed } from '../harness/size.ts'
import { nearside, scratch, smallRecipe } from './io.ts'
import { orderRows } from './orders.ts'

const rows = Array.from({ length: 600 }, (_, i) =>
  i % 3 ? `${20 + (i % 5)},${i % 2},no` : `${1 + (i % 2)},${8 + (i % 4)},${i % 2 ? 'yes' : 'no'}`,
)

const evidence = async (recipe: string, data = ['shelf,cart,bought', ...rows].join('\n')) => {
  const at = scratch()
  const args = ['train', at('data.csv', data), '--recipe', at('recipe.json', recipe), '--out', at('m.json'), '--json']
  const { out, err } = await nearside(...args)
  expect(err).toBe('')
  return JSON.parse(out).evidence
}

describe('what speaks for a model', () => {
  it('tells how often the chosen outcome happened in each segment of the test set, and how much oftener than in all', async () => {
    const { outcome } = await evidence(smallRecipe({ outcome: { column: 'bought', is: ['yes'] }, test: 0.5 }))
    const [browsers, buyers] = outcome.segments
    expect(outcome).toMatchObject({ what: 'bought is yes', on: 'test' })
    expect(outcome.all.rows).toBe(browsers.rows + buyers.rows)
    expect(browsers).toMatchObject({ yes: 0, share: 0, lift: 0 })
    expect(browsers.interval[1]).toBeGreaterThan(0)
    expect(buyers.interval[0]).toBeLessThan(buyers.share)
    expect(buyers.lift).toBeCloseTo(outcome.all.rows / buyers.rows, 2)
    expect(buyers.lift).toBeGreaterThan(buyers.liftInterval[0])
  })

  it('finds no drift between rows that were dealt by chance, and says where there is none to look at', async () => {
    const { drift } = await evidence(
      smallRecipe({ test: 0.5 }),
      ['shelf,cart', ...rows.map(row => row.replace(/,\w+$/, ''))].join('\n'),
    )
    expect(drift.map(({ of }: { of: string }) => of)).toEqual(['feature', 'feature', 'segment', 'segment', 'segments'])
    for (const { verdict } of drift) expect(['stable', 'chance']).toContain(verdict)
    expect((await evidence(smallRecipe({ test: 0 }))).drift).toEqual([])
  })

  it('takes for an outcome what a row can tell, and nothing else', () => {
    const ahead = { days: 30, feature: { name: 'x', kind: 'purchase', aggregate: 'count' }, least: 1 }
    expect(() => parseRecipe(smallRecipe({ outcome: ahead }))).toThrow('recipe.json.outcome: not of these rows')
    const signals = { signals: orderRows, vector: undefined, outcome: { column: 'who', is: ['a'] } }
    expect(() => parseRecipe(smallRecipe(signals))).toThrow('recipe.json.outcome: not of these rows')
  })

  it('gives intervals that hold the truth in about 95 of 100 cases', () => {
    const random = seeded(seed)
    const tries = count(20_000, 1500)
    for (const [p, n] of [
      [0.02, 200],
      [0.16, 100],
      [0.5, 50],
    ] as const) {
      const held = Array.from({ length: tries }, () => {
        const yes = Array.from({ length: n }, random).filter(x => x < p).length
        const [low, high] = shareOf(yes, n).interval
        return low <= p && p <= high
      }).filter(Boolean).length
      expect(held / tries).toBeGreaterThan(0.92)
      expect(held / tries).toBeLessThan(0.99)
    }
    expect(shareOf(0, 0).interval).toEqual([0, 1])
  })
})
