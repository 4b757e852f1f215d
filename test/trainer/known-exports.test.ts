import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseJsonLines } from '../../cli/json-lines.ts'
import { parseParquet } from '../../cli/parquet.ts'
import { recognise } from '../../trainer/recognise.ts'
import { day, drafted, people } from './drafted.ts'
import { nearside, scratch } from './io.ts'

// What Shopify, WooCommerce and Segment write, as far as it matters: every column by its real name.
const shopifyWhole = (row: (i: number) => string) =>
  [
    'Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing Street,Billing Zip,Billing Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Id,Risk Level,Source,Phone,Payment ID',
    ...people.map(row),
  ].join('\n')
const woo2 = [
  'order_id,order_number,order_date,status,shipping_total,order_total,order_currency,customer_ip_address,customer_id,billing_first_name,billing_email,line_item_1',
  ...people.flatMap(i =>
    ['completed', 'processing', 'cancelled', 'pending'].map(
      (status, n) =>
        `${i}${n},${i}${n},${day(i + n)} 10:11:12,${status},4.90,${10 + i},EUR,203.0.113.${i},${i % 9 ? i : 0},Anna,a${i}@b.org,name:Mug|qty:1`,
    ),
  ),
].join('\n')
const segmentArchive = people
  .flatMap(i => [
    { type: 'identify', anonymousId: `a${i}`, timestamp: `${day(i)}T09:00:00.000Z`, traits: { email: 'a@b.org' } },
    ...Array.from({ length: 1 + (i % 3) }, (_, n) => ({
      ...{ type: 'page', name: 'Home', anonymousId: `a${i}` },
      ...{ timestamp: `${day(i + n)}T09:00:01.000Z`, properties: { path: '/' } },
    })),
    ...Array.from({ length: i % 4 }, (_, n) => ({
      ...{ type: 'track', event: 'Product Viewed', anonymousId: `a${i}` },
      ...{ timestamp: `${day(i)}T09:0${n}:02.000Z`, properties: { price: 9.5, currency: 'EUR' } },
    })),
  ])
  .map(each => JSON.stringify(each))
  .join('\n')

describe('exports as they come', () => {
  it('takes what Segment calls a page for one, and leaves out who only says who they are', async () => {
    const { code, out, file, at, text } = await drafted('archive.jsonl', segmentArchive, '--preset', 'engagement')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('events of Segment') })
    expect(JSON.parse(text()).signals.kind).toEqual({
      columns: ['type', 'event'],
      words: { page: 'page_view', 'track Product Viewed': 'view_item' },
    })
    const few = at('few.json', text().replace('"minimumSize": 50', '"minimumSize": 3'))
    const trained = await nearside('train', file, '--recipe', few, '--out', at('m.json'), '--json', '--k', '2')
    expect(trained).toMatchObject({ code: 0, err: '' })
    const { fates, signals } = JSON.parse(trained.out).lines
    expect(signals).toBe(people.reduce((sum, i) => sum + 1 + (i % 3) + (i % 4), 0))
    expect(fates).toContainEqual({ fate: 'of another kind', lines: 90 })
  })

  it('knows an export again when tokens stand for its people, and takes guests for nobody', async () => {
    const at = scratch()
    const key = ['--key', at('key.bin'), '--make-key']
    const tokens = ['tokenize', at('woo.csv', woo2), '--column', 'customer_id', ...key, '--out', at('tokens.csv')]
    const { out } = await nearside(...tokens)
    for (const column of ['customer_ip_address', 'billing_first_name', 'billing_email'])
      expect(out).toContain(`left out: ${column}`)
    const again = await nearside('recipe', at('tokens.csv'), '--out', at('r.json'), '--yes', '--issued', '2026-02-01')
    expect(again.out).toContain('tokens.csv: WooCommerce orders')
    const few = at('few.json', readFileSync(at('r.json'), 'utf8').replace('"minimumSize": 50', '"minimumSize": 3'))
    const args = ['train', at('tokens.csv'), '--recipe', few, '--out', at('m.json'), '--json', '--k', '2']
    const trained = await nearside(...args)
    expect(trained).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(trained.out).lines.fates).toEqual([
      { fate: 'not paid, cancelled or refunded', lines: 160 },
      { fate: 'used', lines: 160 },
      { fate: 'missing in customer', lines: 40 },
    ])
  })

  it('joins two files by the columns in which they know the same people', async () => {
    const at = scratch()
    const orders = at('o.csv', ['customer_id,created_at,total', ...people.map(i => `${i},${day(i)},9.5`)].join('\n'))
    const event = (i: number) => ({
      event: 'Product Viewed',
      anonymousId: `a${i}`,
      timestamp: `${day(i)}T09:00:00.000Z`,
    })
    const lines = (user: (i: number) => number) =>
      people.map(i => JSON.stringify({ ...event(i), userId: user(i) })).join('\n')
    const files = [
      orders,
      at(
        'e.jsonl',
        lines(i => i),
      ),
      '--preset',
      'commerce',
      '--yes',
    ]
    expect((await nearside('recipe', ...files, '--out', at('r.json'))).code).toBe(0)
    const { signals } = JSON.parse(readFileSync(at('r.json'), 'utf8'))
    expect(signals.map(({ key }: { key: string }) => key)).toEqual(['customer_id', 'userId'])
    at(
      'e.jsonl',
      lines(i => i + 1000),
    )
    const { out } = await nearside('recipe', ...files, '--out', at('s.json'))
    expect(out).toMatch(/nobody in anonymousId stands in \S+o\.csv: the two do not join/)
  })

  it('says of a whole export of Shopify what is personal in it, and what is given back in part', async () => {
    const row = (i: number) =>
      `#${i},p${i}@example.org,paid,${day(i)} 10:11:13 +0100,fulfilled,yes,EUR,9,1,0,1${i % 7}.50,,${day(i)} 10:11:12 +0100,1,Mug,9,Anna Schmidt,Hauptstr. 5,'10115,+49 170 1234567,,,card,${i % 5 ? '0.00' : '3.00'},${7e12 + i},Low,web,,c${i}`
    const { code, out } = await drafted('shopify.csv', shopifyWhole(row))
    expect(code).toBe(0)
    for (const column of ['Billing Name', 'Billing Street', 'Billing Zip', 'Billing Phone'])
      expect(out).toContain(`${column} is refused`)
    expect(out).toContain('given back of an order that stays (Refunded Amount) is not taken off it')
    expect(out).not.toMatch(/ {2}(Payment ID|Id|Name|Source) is refused/)
  })

  it('reads the nested Parquet of a GA4 export: every number, word and instant by its place', async () => {
    // Twelve events, written by DuckDB as BigQuery nests them.
    const bytes = readFileSync(join(import.meta.dirname, '../fixtures/ga4.parquet'))
    const whole = await parseParquet(bytes, 'all', 'ga4.parquet')
    const first = Object.fromEntries([...whole.columns].map(([name, cells]) => [name, cells[0]]))
    expect(first).toEqual({
      event_date: '20260101',
      event_timestamp: 1767225600000000,
      event_name: 'purchase',
      'event_params.page_location': 'https://shop.example/',
      'event_params.engaged': 0,
      user_id: '9007199254740993',
      user_pseudo_id: '1.0',
      'device.category': 'mobile',
      'device.web_info.browser': 'Firefox',
      'ecommerce.purchase_revenue': 12.5,
      'ecommerce.transaction_id': 't0',
      is_active_user: 'true',
      day: '2026-01-01T00:00:00.000Z',
      nothing: null,
    })
    const some = await parseParquet(bytes, ['ecommerce.purchase_revenue', 'nothing'], 'ga4.parquet')
    expect([...some.columns.keys()].sort()).toEqual(['ecommerce.purchase_revenue', 'nothing'])
    expect(some.columns.get('ecommerce.purchase_revenue')?.slice(0, 4)).toEqual([12.5, null, null, 15.5])
    const { what, signals } = recognise(whole, () => 0)
    expect(what).toBe('a GA4 export')
    expect(signals).toMatchObject({
      key: 'user_pseudo_id',
      fields: { value: { column: 'ecommerce.purchase_revenue' } },
    })
    expect(signals?.leave).toEqual([
      { column: 'device.web_info.browser', parts: expect.arrayContaining(['bot']), reason: 'bots' },
    ])
  })
})

it('keeps two customers apart whose long numbers differ in the last digit alone', () => {
  const text =
    '{"id":1234567890123456781,"of":{"it":-9007199254740993}}\n{"id":1234567890123456782,"of":"\\"12345678901234567"}'
  const { columns } = parseJsonLines(text, 'all', 'lines.jsonl')
  expect(Object.fromEntries(columns)).toEqual({
    id: ['1234567890123456781', '1234567890123456782'],
    'of.it': ['-9007199254740993', null],
    of: [null, '"12345678901234567'],
  })
})
