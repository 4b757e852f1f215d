import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../../cli/run.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { day, drafted, people } from './drafted.ts'
import { nearside, scratch } from './io.ts'

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

  it('reads fractions after a comma, and looks back from the last day that is not in the future', async () => {
    const lines = people.flatMap(i => [`c${i};1${i % 3}.01.2026;1.2${i + 10},50`, `c${i};12.01.2026;9,90`])
    const data = ['Kundennummer;Bestelldatum;Gesamtbetrag', ...lines, 'c1;31.12.9999;5,00'].join('\n')
    const { code, out, text } = await drafted('umsatz.csv', data)
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('in Gesamtbetrag, a comma parts off fractions'),
    })
    expect(out).toContain('1 lines lie in the future (Bestelldatum), and will be left out')
    expect(JSON.parse(text())).toMatchObject({ decimal: ',', signals: { asOf: '2026-01-13T00:00:00Z' } })
  })

  it('joins tables of figures by the key that all have, and drafts from none where they have none', async () => {
    const at = scratch()
    const [a, b] = [
      at('a.csv', ['customer_id,orders', ...people.map(i => `c${i},${i % 5}`)].join('\n')),
      at('b.csv', ['customer_id,visits', ...people.map(i => `c${i},${i % 9}`)].join('\n')),
    ]
    const draft = (out: string, ...files: string[]) => nearside('recipe', ...files, '--out', out, '--yes')
    const both = await draft(at('r.json'), a, b)
    expect(both.code).toBe(0)
    expect(both.out).toContain('orders: count of purchase in the last 365 days: does the column look back as far?')
    const recipe = parseRecipe(readFileSync(at('r.json'), 'utf8'))
    expect(recipe).toMatchObject({ key: 'customer_id', segmentation: { features: ['orders', 'visits'] } })
    const { err } = await draft(at('s.json'), a, at('c.csv', 'who,visits\nc1,2'))
    expect(err).toContain('have no key in common')
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
    const missed = await drafted('o.csv', 'customer_id,created_at,total\nc1,yesterday,€5.00\nc2,today,€6.00')
    expect(missed.err).toMatch(/by its names a table of orders, but created_at holds no instants .* such as yesterday/)
    expect(missed.err).toContain('but total holds no plain numbers, such as €5.00')
    const none = await drafted('x.csv', 'temperature,weather\n1,rain\n2,sun')
    expect(none).toMatchObject({ code: 1 })
    expect(none.err).toContain('nothing here can be computed on a device')
  })

  it('asks what no file can tell', async () => {
    const at = scratch()
    // What will not do is asked again, and no answer is lost.
    const answers = [
      'shopping',
      'commerce',
      'clicks',
      'orders',
      'My Shop',
      'mine',
      'our shop',
      'consent of 2025',
      '1.5.2025',
      '2025-05-01',
    ]
    const asked: string[] = []
    const told: string[] = []
    const ask = async (question: string) => {
      asked.push(question)
      return answers[asked.length - 1] ?? ''
    }
    const io = { out: () => {}, err: (line: string) => void told.push(line.trim()), now: () => 0, ask }
    expect(await run(['recipe', at('ga4.jsonl', ga4), '--out', at('r.json')], io)).toBe(0)
    expect(asked).toHaveLength(10)
    expect(told).toEqual([
      'Give one of rfm, engagement, commerce, browsing',
      'clicks is none of them',
      'Give up to 16 small letters, digits and -, a letter first',
      'Give a day such as 2026-01-31, or nothing',
    ])
    const { name, dataset, segmentation } = parseRecipe(readFileSync(at('r.json'), 'utf8'))
    expect([name, segmentation.id]).toEqual(['mine', 'interest'])
    expect(segmentation.features).toEqual(['products_seen', 'cart_adds'])
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
