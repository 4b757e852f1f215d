import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { clean } from '../../trainer/clean.ts'
import { instantReader } from '../../trainer/instant.ts'
import { columnsOf, parseRecipe } from '../../trainer/recipe.ts'
import { smallRecipe } from './io.ts'
import { gathered, orderRows, recipeOf } from './orders.ts'

describe('instants', () => {
  it.each([
    ['YYYY-MM-DD', '2024-02-29', Date.UTC(2024, 1, 29)],
    ['YYYY-MM-DD', '2023-02-29', undefined],
    ['YYYY-MM-DD', '2023-2-9', undefined],
    ['D.M.YYYY hh:mm:ss', '9.2.2023 07:08:09', Date.UTC(2023, 1, 9, 7, 8, 9)],
    ['YYYYMMDDhhmm', '202302092459', undefined],
    ['YYYY-MM-DDThh:mm:ss.SSSZ', '2010-12-01T08:26:00.000Z', Date.UTC(2010, 11, 1, 8, 26)],
    ['YYYY-MM-DD', '2023-02-09 ', undefined],
    ['ms', '1291192000123', 1291192000123],
    ['s', '1291192000', 1291192000000],
    ['s', '1e9', undefined],
  ])('by %s: %s', (format, text, expected) => {
    expect(instantReader(format, 'format')(text)).toBe(expected)
  })

  it.each(['hh:mm', 'YYYY-MM', 'YYYY-MM-DD MM', 'iso'])('a pattern that leaves the day open is refused: %s', format => {
    expect(() => instantReader(format, 'recipe.json.format')).toThrow('recipe.json.format: found')
  })
})

describe('a recipe is refused with', () => {
  it.each([
    ['an unknown kind', { kind: 'order' }, 'signals.kind: found order'],
    [
      'a field that the kind has not',
      { fields: { page: { is: 'home' } } },
      'signals.fields.page: purchase has no such field',
    ],
    ['a word where a number belongs', { fields: { value: { is: 'much' } } }, 'value.is: of the wrong type for value'],
    ['a zone of its own', { time: { ...orderRows.time, zone: 'Europe/London' } }, 'time.zone: found Europe/London'],
    ['no instant', { asOf: '2011-12-10' }, 'signals.asOf: no instant'],
    ['a sum that no piece divides', { fields: { value: { column: 'price' } } }, 'fields.value: neither the pieces nor'],
    ['half a rule of cancelling', { order: { ...orderRows.order, match: undefined } }, 'order: cancelled and match'],
    ['a factor of nothing', { fields: { value: { column: 'price', times: 0, by: 'pieces' } } }, 'value.times: found 0'],
  ])('%s', (_, change, problem) => {
    expect(() => recipeOf({ ...orderRows, ...change })).toThrow(problem)
  })

  it('vector and signals both, or neither', () => {
    expect(() => parseRecipe(smallRecipe({ signals: orderRows }))).toThrow('both vector and signals')
    expect(() => parseRecipe(smallRecipe({ vector: undefined }))).toThrow('neither vector nor signals')
  })

  it('a column that the file has not', () => {
    const run = () => gathered(recipeOf(orderRows), 'invoice,code,pieces,when,price', '1,A,1,2011-01-01 09:00,1')
    expect(run).toThrow('data.csv has no column who. It has: invoice, code')
  })
})

describe('where no line can be used', () => {
  it.each([
    ['1.2.2011 9:00', 'Write time.format so that it fits "1.2.2011 9:00": now it is YYYY-MM-DD hh:mm'],
    ['2012-01-01 09:00', 'Choose a later asOf'],
  ])('it is said what to mend: %s', (when, mend) => {
    const recipe = recipeOf(orderRows)
    const table = parseCsv(`invoice,code,pieces,when,price,who\n1,A,1,${when},1,7`, columnsOf(recipe), 'data.csv')
    expect(() => clean(recipe, table)).toThrow(mend)
  })
})

describe('rows that only some may train', () => {
  const only = [{ columns: ['shelf', 'cart'], least: 9, most: 12 }]
  const rowsOf = (...lines: string[]) => {
    const recipe = parseRecipe(smallRecipe({ only }))
    return clean(recipe, parseCsv(['shelf,cart', ...lines].join('\n'), columnsOf(recipe), 'data.csv'))
  }

  it('are those whose columns add up to the bounds, both included; the others are counted', () => {
    const { rows, left } = rowsOf('9,0', '8,0', '6,6', '6,7', 'x,9', '0,0', '0,12')
    expect(rows.map(row => row.index)).toEqual([0, 2, 6])
    expect(left).toEqual([
      { reason: 'outside only', rows: 2 },
      { reason: 'not a number', column: 'shelf', rows: 1 },
      { reason: 'nothing seen', rows: 1 },
    ])
  })

  it('are named by columns of the vector', () => {
    const bad = smallRecipe({ only: [{ columns: ['month'], most: 6 }] })
    expect(() => parseRecipe(bad)).toThrow('only: month is no column of vector')
  })
})
