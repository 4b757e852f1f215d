// How likely something is, from made-up visits in which it is known what makes it so.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { PropensitySegmentation } from '../../core/segmentation.ts'
import { hashOf } from '../../trainer/random.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

const visit = JSON.parse(smallRecipe()).segmentations[0]
const buy = (change: object = {}) => ({
  ...{ kind: 'propensity', id: 'buy', label: 'Will you buy?', uses: ['offer'] },
  ...{ features: ['shelf_pages', 'cart_pages'], outcome: { column: 'bought', is: ['yes'] }, ...change },
})
const recipe = (change: object = {}, rest: object = {}): string =>
  smallRecipe({ segmentations: [visit, buy(change)], minimumSize: 20, ...rest })

/** The more cart pages, the likelier; shelves say nothing. The chances are 5, 35 and 80 in 100. */
const CHANCES = [0.05, 0.35, 0.8]
const data = (rows = 1200): string =>
  [
    'shelf,cart,bought,who,day',
    ...Array.from({ length: rows }, (_, i) => {
      const cart = i % 3
      const yes = hashOf(3, i) < (CHANCES[cart] as number)
      return `${1 + Math.floor(hashOf(4, i) * 9)},${cart},${yes ? 'yes' : 'no'},p${Math.floor(i / 4)},${Math.floor(i / 100)}`
    }),
  ].join('\n')

const trained = async (text: string, csv = data(), ...more: string[]) => {
  const at = scratch()
  const out = at('model.json')
  const args = ['train', at('data.csv', csv), '--recipe', at('recipe.json', text), '--out', out, ...more]
  const ran = await nearside(...args, '--json')
  if (ran.code) throw new Error(ran.err)
  const printed = readFileSync(out, 'utf8')
  const model = parseModel(printed)
  const found = model.segmentations.find(each => each.kind === 'propensity') as PropensitySegmentation
  return { printed, model, it: found, card: JSON.parse(ran.out).propensities[0] }
}

describe('a propensity out of a column', () => {
  it.each(['logistic', 'boosting', 'forest'])(
    '%s says what the chances are, as a device works it out',
    async method => {
      const { model, it: found, card } = await trained(recipe({ method, bands: [0.2, 0.6] }))
      CHANCES.forEach((chance, cart) => {
        const { probability = NaN, segment, contributions } = assign(model, found, [5, cart])
        expect(Math.abs(probability - chance)).toBeLessThan(0.12)
        expect(segment).toBe(`p${cart + 1}`)
        // What it rests on is what made it so.
        if (cart === 2) expect(contributions[0]?.feature).toBe('cart_pages')
      })
      expect(card.importance[0]).toMatchObject({ feature: 'cart_pages' })
      expect(card.auc).toBeGreaterThan(0.8)
      expect(card.test.auc).toBeGreaterThan(0.75)
      expect(card.rows.training).toBe(card.bands.reduce((sum: number, { size }: { size: number }) => sum + size, 0))
    },
  )

  it('comes out the same, byte for byte, every time', async () => {
    const [first, second] = [await trained(recipe({ method: 'forest' })), await trained(recipe({ method: 'forest' }))]
    expect(first.printed).toBe(second.printed)
  })

  it('is tried by whose a row is and by time as well as by chance', async () => {
    const byGroup = await trained(recipe({ folds: { count: 4, group: 'who' }, method: 'logistic' }))
    expect(byGroup.card.folds).toMatchObject({ by: 'group' })
    expect(byGroup.card.folds.aucs).toHaveLength(4)
    // So it is where rows of one key come more than once, unless the recipe says otherwise.
    expect((await trained(recipe({ method: 'logistic' }, { key: 'who' }))).card.folds).toMatchObject({ by: 'group' })
    const once = { key: 'who', duplicates: 'leave' }
    expect((await trained(recipe({ method: 'logistic' }, once))).card.folds).toMatchObject({ by: 'chance' })
    const ordered = await trained(recipe({ folds: { time: 'day' }, method: 'logistic' }))
    // Months and days of other places would sort by their letters.
    const dated = (day: (i: number) => string) => data().replace(/,(\d+)$/gm, (_, i) => `,${day(Number(i))}`)
    const late = { folds: { time: 'day' }, method: 'logistic' }
    const iso = await trained(
      recipe(late),
      dated(i => `2026-01-${10 + i}`),
    )
    expect(iso.card.folds).toEqual(ordered.card.folds)
    const refused = async (day: (i: number) => string, said: string) =>
      expect(trained(recipe(late), dated(day))).rejects.toThrow(said)
    await refused(i => (i ? 'Mar' : 'Feb'), 'in day does not sort by time')
    await refused(i => (i ? '2026-01-01' : ''), 'some rows have nothing in day')
  })

  it('names the feature that is nearly the answer', async () => {
    const leaking = data()
      .split('\n')
      .map((line, i) => (i ? `${line},${line.includes('yes') ? 1 : i % 40 ? 0 : 1}` : `${line},thanks`))
      .join('\n')
    const thanks = {
      column: 'thanks',
      feature: { name: 'thanks', kind: 'page_view', aggregate: 'count', window: 'session' },
    }
    const base = JSON.parse(recipe({ features: ['cart_pages', 'shelf_pages', 'thanks'] }))
    const { card } = await trained(JSON.stringify({ ...base, vector: [...base.vector, thanks] }), leaking)
    const suspects = card.importance.filter(({ suspect }: { suspect: boolean }) => suspect)
    expect(suspects).toMatchObject([{ feature: 'thanks' }])
    // Where it is the very answer, chances still are numbers that can be told apart.
    const answer = leaking.replace(/(yes|no)(.*),\d$/gm, (_, said, rest) => `${said}${rest},${said === 'yes' ? 1 : 0}`)
    for (const method of ['logistic', 'boosting']) {
      const given = recipe({ features: ['cart_pages', 'shelf_pages', 'thanks'], method, bands: [0.5] })
      const whole = JSON.stringify({ ...JSON.parse(given), vector: [...base.vector, thanks] })
      const halved = await trained(whole, answer)
      const chances = [0, 1].map(it => assign(halved.model, halved.it, [5, 1, it]).probability as number)
      expect(chances[0]).toBeGreaterThan(1e-5)
      expect(chances[1]).toBeLessThan(1 - 1e-5)
    }
    // Whatever of its numbers tells it: here those in between.
    const between = leaking.split('\n').map((line, i) => line.replace(/,1$/, ',2').replace(/,0$/, i % 2 ? ',1' : ',3'))
    const again = await trained(JSON.stringify({ ...base, vector: [...base.vector, thanks] }), between.join('\n'))
    expect(again.card.importance.find(({ suspect }: { suspect: boolean }) => suspect)).toMatchObject({
      feature: 'thanks',
    })
  })

  it.each([
    ['what tells is what is told', { outcome: { column: 'cart', least: 2 } }, 'bound to a feature as well'],
    [
      'nobody bought',
      { outcome: { column: 'bought', is: ['perhaps'] } },
      'no row of bought is perhaps. It holds: no, yes',
    ],
    ['nobody came late enough', { outcome: { column: 'day', least: 99 } }, 'it happened to 0 of'],
    ['no such column', { outcome: { column: 'sold', is: ['yes'] } }, 'has no column sold'],
    ['a band of almost nobody', { bands: [0.01, 0.999] }, 'fewer than 20'],
    ['bounds that fall', { bands: [0.5, 0.2] }, 'ascending'],
    ['names for other bands', { bands: [0.5], segments: [{ label: 'a', description: 'b' }] }, '1 names for 2 bands'],
    ['days after rows that have no instant', { outcome: { days: 30, feature: {}, least: 1 } }, 'Expected'],
    ['an id too long', { ids: 'long' }, 'Use a shorter ids'],
    ['a feature without numbers', { features: ['elsewhere'] }, 'elsewhere'],
  ])('is refused where %s', async (_, change, said) => {
    await expect(trained(recipe(change))).rejects.toThrow(said)
  })
})

describe('a propensity out of the days after', () => {
  // Who came twice before March comes again; who came once does not.
  const lines = Array.from({ length: 240 }, (_, i) => {
    const often = i % 2 === 0
    const days = ['2026-01-10', ...(often ? ['2026-02-10'] : []), ...(often === i % 12 > 0 ? ['2026-03-05'] : [])]
    return days.map(day => `c${i},${day} 10:00,${10 + (i % 7)}`)
  }).flat()
  const orders = {
    vector: undefined,
    signals: {
      ...{ key: 'who', asOf: '2026-03-01T00:00:00Z', kind: 'purchase' },
      time: { columns: ['when'], format: 'YYYY-MM-DD hh:mm', zone: 'UTC' },
      fields: { value: { column: 'price', times: 100 } },
    },
    features: [
      { name: 'orders', kind: 'purchase', aggregate: 'count', window: 365 },
      { name: 'spent', kind: 'purchase', aggregate: 'sum', field: 'value', window: 365 },
    ],
  }
  const ahead = (change: object = {}) => ({
    features: ['orders', 'spent'],
    outcome: { days: 30, feature: { name: 'again', kind: 'purchase', aggregate: 'count' }, least: 1, ...change },
    ...{ method: 'logistic', bands: [0.5] },
  })
  const ask = (change: object, more: object = {}) => {
    const segmentations = [{ ...visit, features: ['orders', 'spent'] }, buy(ahead(change))]
    return smallRecipe({ ...orders, ...more, segmentations, minimumSize: 20 })
  }
  const csv = ['who,when,price', ...lines, 'last,2026-04-01 09:00,1'].join('\n')

  it('learns from what came before an instant who does it after, and who leaves', async () => {
    const back = await trained(ask({}), csv)
    expect(assign(back.model, back.it, [2, 2600]).segment).toBe('p2')
    expect(assign(back.model, back.it, [1, 1300]).segment).toBe('p1')
    // It nearly is the answer, and nothing of later can have given it away.
    expect(back.card.importance[0]).toMatchObject({ feature: 'orders', suspect: false })
    const gone = await trained(ask({ least: undefined, most: 0 }), csv)
    expect([back, gone].map(({ card }) => card.what)).toEqual([
      'orders: 1 or more in the 30 days from 2026-03-01 on',
      'orders: none in the 30 days from 2026-03-01 on',
    ])
    expect(assign(gone.model, gone.it, [2, 2600]).segment).toBe('p1')
    expect(assign(gone.model, gone.it, [1, 1300]).segment).toBe('p2')
    expect(back.model.features).toEqual(gone.model.features)
  })

  it('learns who cares for which category, one question for each', async () => {
    const seen = (category: string) => ({
      ...{
        name: `${category}_seen`,
        kind: 'view_item',
        where: { category: [category] },
        aggregate: 'count',
        window: 365,
      },
    })
    const later = (category: string) => ({
      ...{
        kind: 'propensity',
        id: category,
        label: `Do you care for ${category}?`,
        uses: ['ranking'],
        method: 'logistic',
      },
      ...{ features: ['hats_seen', 'shoes_seen'], bands: [0.5], ids: category[0] },
      outcome: { days: 30, feature: { ...seen(category), name: 'after', window: undefined }, least: 1 },
    })
    // Who looks at hats looks at hats again, but for one in twelve; the same of shoes.
    const looks = Array.from({ length: 240 }, (_, i) => {
      const [own, other] = i % 2 ? ['hats', 'shoes'] : ['shoes', 'hats']
      const days = [['2026-01-10', own], ['2026-02-10', own], ...(i % 5 ? [] : [['2026-02-11', other]])]
      return [...days, ['2026-03-05', i % 12 > 1 ? own : other]].map(([day, what]) => `c${i},${day} 10:00,${what}`)
    }).flat()
    const text = smallRecipe({
      vector: undefined,
      signals: { ...orders.signals, kind: 'view_item', fields: { category: { column: 'what' } } },
      features: [seen('hats'), seen('shoes')],
      segmentations: [{ ...visit, features: ['hats_seen', 'shoes_seen'] }, later('hats'), later('shoes')],
      minimumSize: 20,
    })
    const { model } = await trained(text, ['who,when,what', ...looks, 'last,2026-04-01 09:00,hats'].join('\n'))
    const told = (raws: number[]) => model.segmentations.slice(1).map(it => assign(model, it, raws).segment)
    expect(told([2, 0])).toEqual(['h2', 's1'])
    expect(told([0, 2])).toEqual(['h1', 's2'])
  })

  it('is refused where the file ends before the days do: everybody would seem to have left', async () => {
    await expect(trained(ask({ days: 90 }), csv)).rejects.toThrow('the file ends on 2026-04-01')
  })
})
