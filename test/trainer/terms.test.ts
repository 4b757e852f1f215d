import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { clean } from '../../trainer/clean.ts'
import { personalIn } from '../../trainer/personal-columns.ts'
import { columnsOf, parseRecipe, type Recipe } from '../../trainer/recipe.ts'
import { smallRecipe } from './io.ts'
import { orderRows, recipeOf } from './orders.ts'

describe('a column is personal by its name or by what stands in it', () => {
  it.each([
    ['Email', 'anna@example.org', 'e-mail addresses', 'name'],
    ['contact', 'anna@example.org', 'e-mail addresses', 'content'],
    ['Phone', '030 123456', 'phone numbers', 'name'],
    ['reach', '+49 170 1234567', 'phone numbers', 'content'],
    ['First Name (Billing)', 'Zoë', 'names of people', 'name'],
    ['who', 'Anna Schmidt', 'names of people', 'content'],
    ['shippingAddress1', '12 High Street', 'addresses', 'name'],
    ['to', 'Hauptstraße 5', 'addresses', 'content'],
    ['zip_code', '10115', 'addresses', 'name'],
    ['from', '192.168.0.1', 'IP addresses', 'content'],
    ['host', '2001:db8:0:0:0:0:0:1', 'IP addresses', 'content'],
    ['paid_with', '4111 1111 1111 1111', 'card or account numbers', 'content'],
    ['paid_to', 'DE89 3704 0044 0532 0130 00', 'card or account numbers', 'content'],
    ['born', '1961-02-03', 'dates of birth', 'content'],
    ['Geburtsdatum', '03.02.2001', 'dates of birth', 'name'],
    ['latitude', '52.52341', 'places to the metre', 'name'],
    ['from', 'Anna Schmidt <anna@example.org>', 'e-mail addresses', 'content'],
    ['seen_at', 'https://shop.example/?mail=anna%40example.org', 'e-mail addresses', 'content'],
    ['reach', '(212) 555-0123', 'phone numbers', 'content'],
    ['reach', '212-555-0123 ext. 5', 'phone numbers', 'content'],
    ['reach', '06.12.34.56.78', 'phone numbers', 'content'],
    ['reach', '020 7946 0958', 'phone numbers', 'content'],
    ['reach', '612 345 678', 'phone numbers', 'content'],
    ['reach', '98765 43210', 'phone numbers', 'content'],
    ['reach', '8 (912) 345-67-89', 'phone numbers', 'content'],
    ['reach', 'Tel. 0171/1234567', 'phone numbers', 'content'],
    ['Telefonnummer', '4917112345678', 'phone numbers', 'name'],
    ['who', 'SCHMIDT, ANNA', 'names of people', 'content'],
    ['who', 'marie', 'names of people', 'content'],
    ['who', 'josé garcía', 'names of people', 'content'],
    ['to', '12 rue de la Paix', 'addresses', 'content'],
    ['to', 'ul. Prosta 51', 'addresses', 'content'],
    ['to', 'P.O. Box 12', 'addresses', 'content'],
    ['host', '2001:db8::1', 'IP addresses', 'content'],
    ['host', '::ffff:192.0.2.1', 'IP addresses', 'content'],
    ['host', '[fe80::1%eth0]:443', 'IP addresses', 'content'],
    ['host', '203.0.113.7, 10.0.0.1', 'IP addresses', 'content'],
    ['host', '00:1b:44:11:3a:b7', 'IP addresses', 'content'],
    ['paid_with', '378282246310005', 'card or account numbers', 'content'],
    ['paid_with', '3056-930902-5904', 'card or account numbers', 'content'],
    ['paid_to', 'fr1420041010050500013m02606', 'card or account numbers', 'content'],
    ['born', '1961-02-03T00:00:00.000Z', 'dates of birth', 'content'],
    ['born', '19610203', 'dates of birth', 'content'],
    ['born', '3 Feb 1961', 'dates of birth', 'content'],
    ['year_of_birth', '1987', 'dates of birth', 'name'],
    ['ssn', '078-05-1120', 'numbers of papers', 'name'],
  ])('%s: %s', (column, cell, what, by) => {
    expect(personalIn(column, [cell, null, cell])).toEqual({ column, what, by })
  })

  it.each([
    ['Name', '#1001'],
    ['emails_opened', '3'],
    ['product', 'White Mug'],
    ['CustomerID', 17850],
    ['UnitPrice', 2.55],
    ['InvoiceDate', '2010-12-01T08:26:00.000Z'],
    ['event_timestamp', '1291192000123000'],
    ['Lineitem name', 'Anna vase'],
    ['Datum', '03.02.2011'],
    ['order', '0001234567'],
    ['email', 'k-abcdefghijklmnopqrstuv'],
    ['at', '10:20:30'],
    ['at', '31.12.10'],
    ['version', '1.2.3'],
    ['ratio', '600.123'],
    ['signed', '+12345'],
    ['size', '3 x 40 cm'],
    ['paid_with', '4111 1111 1111 1112'],
    ['host', 'shop.example:8080'],
    ['code', '20101201'],
    ['Month', 'June'],
  ])('and not where neither says so: %s: %s', (column, cell) => {
    expect(personalIn(column, [cell])).toBeUndefined()
  })
})

describe('days of birth', () => {
  const days = (from: number, to: number) =>
    Array.from({ length: 60 }, (_, i) => `${from + (i % (to - from + 1))}-0${1 + (i % 9)}-11`)

  it('are known by how far they are spread: of young customers too, and not where orders or customers came in', () => {
    expect(personalIn('day', days(1965, 2008))?.what).toBe('dates of birth')
    expect(personalIn('day', days(1955, 1999))?.what).toBe('dates of birth')
    expect(personalIn('day', days(1997, 1998))).toBeUndefined()
    expect(personalIn('day', days(2001, 2026))).toBeUndefined()
  })
})

const rowsOf = (recipe: Recipe, ...lines: string[]) =>
  clean(recipe, parseCsv(lines.join('\n'), columnsOf(recipe), 'data.csv'))

const keyed = (change: object = {}): Recipe => parseRecipe(smallRecipe({ key: 'who', ...change }))

describe('what a recipe may not read', () => {
  it('a personal column, unless the recipe says why it is none', () => {
    const lines = ['who,shelf,cart', 'anna@example.org,1,2', 'ben@example.org,3,4']
    expect(() => rowsOf(keyed(), ...lines)).toThrow(
      'recipe.json, column who: by its content, it holds e-mail addresses. Replace it by tokens first: nearside tokenize data.csv --column "who"',
    )
    const notPersonal = [{ column: 'who', why: 'made up' }]
    expect(rowsOf(keyed({ notPersonal }), ...lines).rows).toHaveLength(2)
  })

  it('terms of a vector beside signals', () => {
    expect(() => parseRecipe(smallRecipe({ signals: orderRows, vector: undefined, key: 'who' }))).toThrow(
      'recipe.json.key: beside signals',
    )
  })
})

describe('left out, and counted', () => {
  it('those who objected, rows without a key, rows of a key seen before, and what `leave` names', () => {
    const leave = [{ column: 'agent', parts: ['bot'], reason: 'bots' }]
    const recipe = { ...keyed({ duplicates: 'leave', leave }), exclude: new Set(['c']) }
    const { rows, left } = rowsOf(
      recipe,
      'who,shelf,cart,agent',
      'a,1,2,Mozilla',
      'b,1,2,Mozilla',
      'c,1,2,Mozilla',
      'a,3,4,Mozilla',
      ',5,6,Mozilla',
      'd,1,1,Googlebot/2.1',
    )
    expect(rows.map(row => row.index)).toEqual([0, 1])
    expect(left).toEqual([
      { reason: 'excluded', rows: 1 },
      { reason: 'key seen before', rows: 1 },
      { reason: 'no key', rows: 1 },
      { reason: 'bots', rows: 1 },
    ])
  })

  it('shares of more than all', () => {
    const share = {
      name: 'cart_share',
      kind: 'page_view',
      where: { page: ['cart'] },
      aggregate: 'share',
      window: 'session',
    }
    const vector = [{ column: 'cart', feature: share }]
    const recipe = parseRecipe(smallRecipe({ vector }, { features: ['cart_share'] }))
    expect(rowsOf(recipe, 'cart', '0.5', '1', '1.01').left).toEqual([
      { reason: 'more than all', column: 'cart', rows: 1 },
    ])
  })

  it('lines that repeat another in all that is read', () => {
    const line = '2011-01-01 09:00,7'
    const signals = { ...orderRows, order: undefined, fields: {}, leave: [] }
    const recipe = parseRecipe(
      smallRecipe(
        {
          signals,
          features: [{ name: 'orders', kind: 'purchase', aggregate: 'count', window: 365 }],
          vector: undefined,
          duplicates: 'leave',
        },
        { features: ['orders'] },
      ),
    )
    const { lines } = rowsOf(recipe, 'when,who', line, '2011-01-01 10:00,7', line, line)
    expect(lines?.fates).toEqual([
      { fate: 'repeats a line', lines: 2 },
      { fate: 'used', lines: 2 },
    ])
  })

  it('whoever does what no person could', () => {
    const signals = { ...orderRows, order: undefined, fields: {}, leave: [] }
    const lines = (who: string, n: number, step: number) =>
      Array.from({ length: n }, (_, i) => `${new Date(i * step).toISOString().replace('T', ' ').slice(0, 16)},${who}`)
    const recipe = recipeOf(signals)
    const { rows, left } = rowsOf(
      { ...recipe, signals: { ...recipe.signals, asOf: 1e9 } as NonNullable<Recipe['signals']> },
      'when,who',
      ...lines('robot', 2500, 1000),
      ...lines('regular', 50, 1000),
    )
    expect(rows).toHaveLength(1)
    expect(left).toEqual([{ reason: 'faster than a person', rows: 1 }])
  })
})
