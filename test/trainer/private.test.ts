import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import { cardDocument } from '../../trainer/model-card/document.ts'
import { noiseOf } from '../../trainer/private/noise.ts'
import { privateMeans } from '../../trainer/private/private-means.ts'
import { seeded } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { count, seed } from '../harness/size.ts'
import { nearside, scratch, smallRecipe } from './io.ts'
import { visits } from './visits.ts'

const bounds = { shelf_pages: [0, 50], cart_pages: [0, 25] }
const recipe = (privacy: object = {}, change: object = {}, segmentation: object = {}): string =>
  smallRecipe(
    { key: 'who', duplicates: 'leave', privacy: { epsilon: 8, bounds, ...privacy }, ...change },
    { k: 3, ...segmentation },
  )

const trained = async (text: string, ...options: string[]) => {
  const at = scratch()
  const args = [
    'train',
    at('data.csv', visits([1, 1, 1], 3000)),
    '--recipe',
    at('recipe.json', text),
    '--out',
    at('m.json'),
  ]
  const ran = await nearside(...args, '--json', '--noise', at('secret', 'sixteen bytes and more'), ...options)
  return { ...ran, at, text: () => readFileSync(at('m.json'), 'utf8') }
}

describe('differential privacy', () => {
  it('gives a model with its budget and without a digest, and tells what it costs', async () => {
    const { code, err, out, text } = await trained(recipe())
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const card = JSON.parse(out)
    const { privacy } = card
    expect(privacy).toMatchObject({ epsilon: 8, rounds: 5, cut: 0 })
    expect(privacy.inertia).toBeGreaterThanOrEqual(1)
    expect(privacy.agreement).toBeGreaterThan(0.9)
    expect(parseModel(text()).guarantee).toMatchObject({ epsilon: 8, digest: 'withheld' })
    expect(parseModel(text()).segmentations[0]).toMatchObject({ scaler: { center: [25, 12.5], scale: [25, 12.5] } })
    // Bounds are no middle: what a segment is said to be, it is beside the others.
    expect(card.segments.map(({ label }: { label: string }) => label).sort()).toEqual([
      'Few product pages, few cart pages',
      'Many cart pages, few product pages',
      'Many product pages, few cart pages',
    ])
    // Whoever answers for it reads what holds under noise, and nothing that does not.
    const { dataset, notPersonal } = parseRecipe(recipe())
    const page = { card, needs: [], digest: 'sha256:0', offline: false, dataset, notPersonal }
    const html = cardDocument({ ...page, model: parseModel(text()) })
    for (const said of ['epsilon 8', 'The noise has its price', 'By its noised size', 'has the secret of its noise'])
      expect(html).toContain(said)
    expect(html).not.toContain('No segment was learned from fewer')
  })

  it('costs more where the budget is smaller', async () => {
    const price = async (...options: string[]) => JSON.parse((await trained(recipe(), ...options)).out).privacy.inertia
    const [much, little] = [await price(), await price('--epsilon', '0.2')]
    expect(little).toBeGreaterThan(much)
  })

  it('gives the same bytes to whoever has the secret, and other noise to everybody else', async () => {
    const [a, b] = [await trained(recipe()), await trained(recipe())]
    expect(a.text()).toBe(b.text())
    // So does training anew, under another budget where it is told one.
    const again = async (): Promise<string> => {
      const [secret, out] = [a.at('secret'), a.at('n.json')]
      const from = ['retrain', a.at('m.json'), a.at('data.csv'), '--recipe', a.at('recipe.json'), '--out', out]
      expect((await nearside(...from, '--yes', '--noise', secret, '--epsilon', '7')).code).toBe(0)
      return readFileSync(out, 'utf8')
    }
    expect(parseModel(await again()).guarantee.epsilon).toBe(7)
    expect(await again()).toBe(await again())
    const other = await trained(recipe(), '--noise', a.at('other', 'another secret of bytes'))
    expect(other.text()).not.toBe(a.text())
    expect((await trained(recipe(), '--epsilon', '8.000001')).text().slice(-3000)).not.toBe(a.text().slice(-3000))
  })

  it.each<[string, string, string[], RegExp]>([
    ['a range of k', recipe({}, {}, { k: { from: 2, to: 4 } }), [], /Choosing from it looks at the data: tell k/],
    ['no bounds of a feature', recipe({ bounds: { shelf_pages: [0, 9] } }), [], /bounds\.cart_pages: nothing is there/],
    ['bounds upside down', recipe({ bounds: { shelf_pages: [9, 0] } }), [], /9 to 0/],
    ['rows of nobody', recipe({}, { key: undefined }), [], /key: nothing is there/],
    ['several rows of a person', recipe({}, { duplicates: 'keep' }), [], /several rows of a key/],
    ['a budget of nothing', recipe({ epsilon: 0 }), [], /epsilon: found 0/],
    ['a budget that says nothing', recipe(), ['--epsilon', '1000'], /--epsilon: found 1000/],
    ['a budget without bounds', smallRecipe(), ['--epsilon', '1'], /privacy: nothing is there/],
    [
      'clusters too small by their noised counts',
      recipe({}, { minimumSize: 2000 }),
      [],
      /smallest noised size is \d+, fewer than 2000/,
    ],
  ])('refuses %s', async (_, text, options, problem) => {
    const { code, err } = await trained(text, ...options)
    expect(code).toBe(1)
    expect(err).toMatch(problem)
  })

  it('draws noise that is as wide as it must be', () => {
    const draw = noiseOf(seeded(seed), 7)
    const tries = count(200_000, 20_000)
    const drawn = Array.from({ length: tries }, draw)
    const a = Math.exp(-1 / 7)
    expect(drawn.every(Number.isInteger)).toBe(true)
    expect(drawn.reduce((x, y) => x + y, 0) / tries).toBeCloseTo(0, 0)
    const variance = drawn.reduce((x, y) => x + y * y, 0) / tries
    expect(variance / ((2 * a) / (1 - a) ** 2)).toBeCloseTo(1, 1)
  })

  it('hides whether somebody is there: no answer is much likelier with them than without', () => {
    const tries = count(100_000, 4000)
    const epsilon = 1
    const random = seeded(seed, 2)
    const run = (points: number[][]) => {
      const told = new Map<number, number>()
      for (let i = 0; i < tries; i++) {
        const { counts } = privateMeans(points, { k: 1, epsilon, rounds: 1, seed: 1, noise: random })
        const [c = 0] = counts
        const bin = Math.min(20, c)
        told.set(bin, (told.get(bin) ?? 0) + 1)
      }
      return told
    }
    const [without, withThem] = [run(Array(9).fill([1])), run(Array(10).fill([1]))]
    for (const [bin, n] of without) {
      const m = withThem.get(bin) ?? 0
      if (Math.min(n, m) < 100) continue
      expect(Math.abs(Math.log(n / m))).toBeLessThan(epsilon + 0.35)
    }
  })
})
