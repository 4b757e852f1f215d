import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../../cli/run.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { nearside, scratch } from './io.ts'

const people = Array.from({ length: 90 }, (_, i) => i)
const day = (n: number): string => `2026-01-${String(1 + (n % 28)).padStart(2, '0')}`

const shopify = [
  'Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Cancelled at,customer',
  ...people.flatMap(i =>
    Array.from({ length: 1 + (i % 4) }, (_, n) => [
      `#${i}${n},p${i}@example.org,${n === 3 ? 'refunded' : 'paid'},EUR,${10 + i}.50,${day(i + n)} 10:11:12 +0100,1,Mug,${n === 2 ? day(1) : ''},k-${String(i).padStart(22, 'a')}`,
      `#${i}${n},p${i}@example.org,,,,${day(i + n)} 10:11:12 +0100,2,Pot,,k-${String(i).padStart(22, 'a')}`,
    ]).flat(),
  ),
].join('\n')

const woo = [
  'Order ID,Order Date,Order Status,Order Total,Order Currency,Customer ID,First Name (Billing),Email (Billing)',
  ...people.flatMap(i =>
    Array.from(
      { length: 1 + (i % 4) },
      (_, n) => `${i}${n},${day(i + n)} 10:11,${n === 2 ? 'cancelled' : 'completed'},${10 + i},EUR,${i},Anna,a@b.org`,
    ),
  ),
].join('\n')

const events = ['page_view', 'view_item', 'add_to_cart', 'purchase', 'scroll']
const ga4 = people
  .flatMap(i =>
    Array.from({ length: 2 + (i % 7) }, (_, n) => ({
      event_name: events[(i + n) % 5],
      event_timestamp: String(Date.parse(`${day(i + n)}T09:00:00Z`) * 1000 + i),
      user_pseudo_id: `${i}.${i}`,
      event_params: [{ key: 'page_location', value: { string_value: 'https://shop.example/' } }],
      ...((i + n) % 5 === 3 ? { ecommerce: { purchase_revenue: 12.5 } } : {}),
    })),
  )
  .map(event => JSON.stringify(event))
  .join('\n')

const segment = people
  .flatMap(i =>
    Array.from({ length: 2 + (i % 7) }, (_, n) => ({
      type: 'track',
      event: ['Product Viewed', 'Product Added', 'Order Completed'][(i + n) % 3],
      anonymousId: `anon-${i}`,
      timestamp: `${day(i + n)}T09:00:00.000Z`,
      properties: { revenue: 10 },
      context: { userAgent: i ? 'Mozilla/5.0' : 'SomeBot/1.0' },
    })),
  )
  .map(event => JSON.stringify(event))
  .join('\n')

const drafted = async (name: string, data: string, ...options: string[]) => {
  const at = scratch()
  const [file, recipe] = [at(name, data), at('recipe.json')]
  const ran = await nearside('recipe', file, '--out', recipe, '--yes', '--issued', '2026-02-01', ...options)
  return { ...ran, file, recipe, at, text: () => readFileSync(recipe, 'utf8') }
}

describe('nearside recipe', () => {
  it.each([
    ['an export of Shopify orders', 'shopify.csv', shopify, ['days_since_order', 'orders', 'spent']],
    ['WooCommerce orders', 'woo.csv', woo, ['days_since_order', 'orders', 'spent']],
    ['a GA4 export', 'ga4.jsonl', ga4, ['visits', 'days', 'pages']],
    ['events of Segment', 'segment.jsonl', segment, ['products_seen', 'cart_adds', 'orders']],
  ])('knows %s, and drafts what trains', async (what, name, data, features) => {
    const preset =
      name === 'ga4.jsonl' ? ['--preset', 'engagement'] : name === 'segment.jsonl' ? ['--preset', 'commerce'] : []
    const { code, out, err, file, recipe, at, text } = await drafted(name, data, ...preset)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`${file}: ${what}, `)
    expect(parseRecipe(text()).segmentation.features).toEqual(features)
    const few = text()
      .replace('"minimumSize": 50', '"minimumSize": 3')
      .replace(/"k": \{[^}]*\}/, '"k": 2')
    const trained = await nearside('train', file, '--recipe', at('few.json', few), '--out', at('m.json'))
    expect(trained).toMatchObject({ code: 0, err: '' })
    expect((await nearside('recipe', file, '--out', recipe, '--yes')).err).toContain('recipe.json: is there already')
  })

  it('takes tokens for the key, refuses what is personal, and leaves out what an order repeats or takes back', async () => {
    const { out, file, at, text } = await drafted('shopify.csv', shopify)
    expect(out).toContain('Email is refused: by its name it holds e-mail addresses')
    expect(JSON.parse(text()).signals.key).toBe('customer')
    const few = text()
      .replace('"minimumSize": 50', '"minimumSize": 3')
      .replace(/"k": \{[^}]*\}/, '"k": 2')
    const trained = await nearside('train', file, '--recipe', at('few.json', few), '--out', at('m.json'), '--json')
    const fates = JSON.parse(trained.out).lines.fates.map(({ fate }: { fate: string }) => fate)
    expect(fates.sort()).toEqual(['cancelled', 'further lines of an order', 'refunded or voided', 'used'])
  })

  it('says that a personal key needs tokens first, and training refuses it until then', async () => {
    const { out, file, recipe, at } = await drafted('shopify.csv', shopify.replace(',customer\n', ',note\n'))
    expect(out).toMatch(/Email is whose a row is, .* nearside tokenize .* --column "Email"/)
    const { err } = await nearside('train', file, '--recipe', recipe, '--out', at('m.json'))
    expect(err).toContain('column Email: by its name, it holds e-mail addresses. Replace it by tokens first')
  })

  it('drafts from several files at once', async () => {
    const at = scratch()
    const files = [at('orders.csv', shopify), at('events.jsonl', ga4.replaceAll('user_pseudo_id', 'user_id'))]
    const { code, out } = await nearside('recipe', ...files, '--out', at('r.json'), '--yes', '--preset', 'commerce')
    expect(code).toBe(0)
    expect(out).toContain('Proposed, commerce')
    expect(parseRecipe(readFileSync(at('r.json'), 'utf8')).further).toHaveLength(1)
  })

  it('says of a table of figures what no device can compute, and binds it for study only when asked', async () => {
    const data = [
      'Name,ProductRelated,ProductRelated_Duration,BounceRates',
      ...people.map(i => `Anna Schmidt,${i % 7},${i * 3},0.2`),
    ].join('\n')
    const { out, text } = await drafted('visits.csv', data)
    expect(out).toContain('ProductRelated_Duration becomes product_time')
    expect(out).toContain('BounceRates is left out: no device can compute it')
    expect(out).toContain('Name is refused: by its name it holds names of people')
    expect(text()).not.toContain('offline')
    expect((await drafted('visits.csv', data, '--offline')).text()).toContain('"offline"')
    const none = await drafted('x.csv', 'temperature,weather\n1,rain\n2,sun')
    expect(none).toMatchObject({ code: 1 })
    expect(none.err).toContain('nothing here can be computed on a device')
  })

  it('asks what no file can tell', async () => {
    const at = scratch()
    const answers = ['commerce', 'mine', 'our shop', 'consent of 2025', '2025-05-01']
    const asked: string[] = []
    const ask = async (question: string) => {
      asked.push(question)
      return answers[asked.length - 1] ?? ''
    }
    const io = { out: () => {}, err: () => {}, now: () => 0, ask }
    expect(await run(['recipe', at('ga4.jsonl', ga4), '--out', at('r.json')], io)).toBe(0)
    expect(asked).toHaveLength(5)
    const { name, dataset, segmentation } = parseRecipe(readFileSync(at('r.json'), 'utf8'))
    expect([name, segmentation.id]).toEqual(['mine', 'interest'])
    expect(dataset).toMatchObject({ source: 'our shop', basis: 'consent of 2025', notice: '2025-05-01' })
  })

  it.each([
    [['recipe'], 'no data file'],
    [['recipe', 'a.csv'], 'no --out'],
    [['recipe', 'a.csv', '--out', 'r.json'], 'nobody to ask. Add --yes'],
    [['recipe', 'a.csv', '--out', 'r.json', '--yes', '--preset', 'x'], '--preset x'],
    [['recipe', 'a.csv', '--out', 'r.json', '--yes', '--issued', 'now'], '--issued now'],
  ])('calls %j wrong usage', async (argv, problem) => {
    expect(await nearside(...argv)).toMatchObject({ code: 2, err: expect.stringContaining(problem) })
  })
})
