import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sensitiveIn } from '../../core/lint/sensitive-in.ts'
import { assignRows } from '../../trainer/compare/match.ts'
import { chanceBand, psiOf } from '../../trainer/compare/psi.ts'
import { draftNames } from '../../trainer/names/draft-name.ts'
import { seeded } from '../../trainer/random.ts'
import { count, seed } from '../harness/size.ts'
import { nearside, scratch, smallRecipe } from './io.ts'
import { read, segmentsOf, trained } from './visits.ts'

describe('names', () => {
  it('are drafted from what sets a segment apart, and written into the recipe to be approved', async () => {
    const { at, file, recipe, model, out } = await trained()
    expect(
      segmentsOf(model)
        .map(({ label }) => label)
        .sort(),
    ).toEqual([
      'Few product pages, few cart pages',
      'Many cart pages, few product pages',
      'Many product pages, few cart pages',
    ])
    expect(out).toContain('3 names are drafted')
    const names = ['--names', at('named.json')]
    await nearside('train', file, '--recipe', recipe, '--out', model, ...names)
    const again = await nearside('train', file, '--recipe', at('named.json'), '--out', at('again.json'))
    expect(again.out).not.toContain('drafted')
    expect(read(at('again.json'))).toBe(read(model))
  })

  it('differ from each other, and none is a sensitive word', () => {
    const spec = { name: 'a', kind: 'view_item', aggregate: 'count', window: 30 } as const
    const words = draftNames(
      [spec, { ...spec, where: { category: ['kids'] } }],
      [
        [1, 0.1],
        [1, 0.1],
        [0.1, 2],
        [0, 0],
      ],
    )
    expect(new Set(words.map(({ label }) => label)).size).toBe(4)
    expect(words.flatMap(({ label, description }) => sensitiveIn(`${label} ${description}`))).toEqual([])
    expect(words.map(({ label }) => label)).toEqual(['Many products seen', 'Group 2', 'Group 3', 'Much like most'])
  })
})

describe('nearside lint', () => {
  const linted = async (text: string, ...options: string[]) => {
    const at = scratch()
    return nearside('lint', at('it.json', text), '--today', '2026-06-01', ...options)
  }

  it.each([
    ['health', { label: 'Pregnant shoppers' }],
    ['judgement', { label: 'Cheapskates' }],
    ['origin', { description: 'Migrants who order late' }],
    ['illness and disability', { label: 'Visually impaired' }],
    ['belief', { description: 'Who looks for halal food.' }],
    ['money trouble', { label: 'Low income' }],
  ])('finds in a name: %s', async (problem, words) => {
    const segment = { label: 'Browsers', description: 'Look.', typical: { shelf_pages: 9, cart_pages: 1 }, ...words }
    const { out } = await linted(smallRecipe({}, { segments: [segment] }))
    expect(out).toContain(problem)
    // So it does in what stands beside the clusters.
    const band = { label: 'Likely', description: 'Likely.', ...words }
    const likely = {
      ...{ kind: 'propensity', id: 'buy', label: 'Will you buy?', uses: ['offer'], features: ['shelf_pages'] },
      ...{ outcome: { column: 'bought', is: ['yes'] }, bands: [0.5], segments: [{ ...band, label: 'Hardly' }, band] },
    }
    const [visit] = JSON.parse(smallRecipe()).segmentations
    expect((await linted(smallRecipe({ segmentations: [visit, likely] }))).out).toContain(
      'segmentations.buy.segments[1]',
    )
    const outliers = { ...band, share: 0.01 }
    expect((await linted(smallRecipe({}, { outliers }))).out).toContain('segmentations.visit.outliers[0]')
  })

  it('finds what is unstated, unsafe or out of date', async () => {
    const dataset = { title: 'x', source: 'to be stated', licence: 'own', basis: 'to be stated: on what ground' }
    const { code, out, err } = await linted(smallRecipe({ dataset }))
    expect(code).toBe(1)
    for (const place of ['basis', 'source', 'notice', 'minimumSize', 'scale']) expect(out).toContain(place)
    expect(err).toMatch(/1 error, \d warnings/)
    const { model } = await trained()
    expect((await linted(read(model).replace('2027-01-01', '2026-05-31'))).out).toContain('expired on 2026-05-31')
    const path = read(model).replace('Many product pages, few cart pages', '../../etc/passwd')
    expect((await linted(path)).out).toContain('"../../etc/passwd" is no name')
    const fine = await linted(read(model).replace('"minimumSize": 5', '"minimumSize": 50'), '--strict', '--json')
    expect(fine).toEqual({ code: 0, out: '{"found":[]}', err: '' })
  })
})

describe('nearside explain', () => {
  it('tells the segment of a row, why, and what would change it', async () => {
    const { model } = await trained()
    const { code, out } = await nearside('explain', model, 'shelf_pages=31,cart_pages=1')
    expect(code).toBe(0)
    expect(out).toMatch(/What kind of visit: s\d Many product pages, few cart pages\n.*from its centre; next/)
    expect(out).toMatch(/shelf_pages \d+ instead of 31 would make it s\d/)
    const json = await nearside('explain', model, '{"shelf_pages": 0, "cart_pages": 0}', '--json')
    expect(JSON.parse(json.out).assignments[0]).toMatchObject({ segment: 's0', unassigned: 'no-signals', change: null })
    expect((await nearside('explain', model, 'shelf_pages=31')).out).toContain(
      's0 Not known yet (not known: cart_pages)',
    )
  })

  it.each(['pages=3', 'shelf_pages=much', 'shelf_pages', '{"shelf_pages": "x"}', '{'])(
    'refuses the row %s',
    async row => {
      const { model } = await trained()
      expect(await nearside('explain', model, row)).toMatchObject({ code: 1, err: expect.stringContaining('row') })
    },
  )
})

describe('the parts of it', () => {
  it('pairs rows and columns at the least cost there is', () => {
    const least = (costs: readonly (readonly number[])[], row = 0, taken: readonly number[] = []): number =>
      row === costs.length
        ? 0
        : Math.min(
            ...(costs[row] ?? []).map((cost, j) =>
              taken.includes(j) ? Infinity : cost + least(costs, row + 1, [...taken, j]),
            ),
          )
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
      .chain(([n, more]) =>
        fc.array(fc.array(fc.nat(20), { minLength: n + more, maxLength: n + more }), { minLength: n, maxLength: n }),
      )
    fc.assert(
      fc.property(matrix, costs => {
        const found = assignRows(costs)
        expect(new Set(found).size).toBe(costs.length)
        expect(found.reduce((sum, j, i) => sum + (costs[i]?.[j] as number), 0)).toBe(least(costs))
      }),
      { seed, numRuns: count(2000, 200) },
    )
  })

  it('knows how far the index strays by chance', () => {
    const random = seeded(seed)
    const draw = (n: number) => {
      const counts = [0, 0, 0, 0, 0]
      for (let i = 0; i < n; i++) {
        const bin = Math.floor(random() * 5)
        counts[bin] = (counts[bin] ?? 0) + 1
      }
      return counts
    }
    const tries = count(1000, 80)
    const below = Array.from({ length: tries }, () => {
      const [a, b] = [draw(400), draw(300)]
      return psiOf(a, b) <= chanceBand(a, b, random)
    }).filter(Boolean).length
    expect(below / tries).toBeGreaterThan(0.85)
    expect(below / tries).toBeLessThan(1)
    expect(psiOf([10, 20], [10, 20])).toBe(0)
  })
})
