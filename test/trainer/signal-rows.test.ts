import { describe, expect, it } from 'vitest'
import { clean } from '../../trainer/clean.ts'
import { foldedOf } from '../../trainer/fold-rows.ts'
import { split } from '../../trainer/test-set.ts'
import { gathered, orderRows, orders, recipeOf } from './orders.ts'

const at = (text: string): number => Date.parse(`${text}:00Z`)
const purchase = (when: string, value: number, quantity: number) => ({
  kind: 'purchase',
  at: at(when),
  value,
  quantity,
  currency: 'GBP',
})

describe('orders, with what was cancelled taken off', () => {
  it('are one signal each: pence and pieces summed over the lines, noted with the first', () => {
    const { people, fates } = orders(
      '1,A,10,2011-01-01 09:01,2.55,7',
      '1,B,3,2011-01-01 09:00,0.29,7',
      '2,A,1,2011-03-01 10:00,2.55,7',
      '3,A,1,2011-02-01 10:00,1.10,8',
    )
    expect(people).toEqual([
      { key: '7', signals: [purchase('2011-01-01T09:00', 2637, 13), purchase('2011-03-01T10:00', 255, 1)] },
      { key: '8', signals: [purchase('2011-02-01T10:00', 110, 1)] },
    ])
    expect(fates).toEqual({ used: 4 })
  })

  it('lose pieces to the latest earlier line of the same customer, article and price, then to the one before', () => {
    const { people, fates } = orders(
      '1,A,10,2011-01-01T09:00,2.50,7'.replace('T', ' '),
      '1,B,1,2011-01-01 09:00,1.00,7',
      '2,A,5,2011-02-01 09:00,2.50,7',
      // Five of order 2, which so disappears, and three of order 1.
      'C3,A,-8,2011-02-02 09:00,2.50,7',
      // One of order 1, and two that were never bought here.
      'C4,B,-3,2011-02-03 09:00,1.00,7',
      'C5,A,-1,2011-02-03 09:00,2.40,7',
      'C6,A,-1,2011-02-03 09:00,2.50,8',
      '7,A,2,2011-03-01 09:00,2.50,7',
    )
    expect(people[0]?.signals).toEqual([purchase('2011-01-01T09:00', 1750, 7), purchase('2011-03-01T09:00', 500, 2)])
    expect(people[1]).toEqual({ key: '8', signals: [] })
    expect(fates).toEqual({
      used: 1,
      'used, less what was cancelled': 1,
      cancelled: 2,
      'cancellation taken off an order': 1,
      'cancellation, in part of nothing in the file': 1,
      'cancellation of nothing in the file': 2,
    })
  })

  it('are not touched by a cancellation that came before them, wherever it stands in the file', () => {
    const { people, fates } = orders('1,A,1,2011-01-02 09:00,2.50,7', 'C2,A,-1,2011-01-01 09:00,2.50,7')
    expect(people[0]?.signals).toEqual([purchase('2011-01-02T09:00', 250, 1)])
    expect(fates).toEqual({ used: 1, 'cancellation of nothing in the file': 1 })
  })

  it('take two cancellations of one line off once each', () => {
    const { people } = orders(
      '1,A,5,2011-01-01 09:00,1.00,7',
      'C2,A,-2,2011-01-02 09:00,1.00,7',
      'C3,A,-2,2011-01-03 09:00,1.00,7',
      'C4,A,-2,2011-01-04 09:00,1.00,7',
    )
    expect(people[0]?.signals).toEqual([])
  })

  it('leave lines out that say nothing of an order, each with one reason', () => {
    const { people, fates } = orders(
      '1,A,1,2011-01-01 09:00,2.50,',
      '1,POST,1,2011-01-01 09:00,18.00,7',
      'C1,POST,-1,2011-01-01 09:00,18.00,7',
      '1,A,1,2011-01-01 09:00,0,7',
      '1,A,1,2011-01-01 09:00,0.001,7',
      '1,A,-1,2011-01-01 09:00,2.50,7',
      '1,A,0.5,2011-01-01 09:00,2.50,7',
      'C1,A,1,2011-01-01 09:00,2.50,7',
      '1,A,1,2011-02-30 09:00,2.50,7',
      '1,A,1,2011-12-10 00:01,2.50,7',
      '1,A,1,2011-01-01 09:00,cheap,7',
      ',A,1,2011-01-01 09:00,2.50,7',
      '9,A,1000001,2011-01-01 09:00,2.50,7',
    )
    expect(people).toEqual([{ key: '7', signals: [] }])
    expect(fates).toEqual({
      'missing in who': 1,
      postage: 2,
      'not above zero in price': 2,
      'not above zero, or not whole, in pieces': 2,
      'not below zero, or not whole, in pieces': 1,
      'without an instant': 1,
      'later than asOf': 1,
      'nothing usable in price': 1,
      'missing in invoice': 1,
      'refused for its quantity': 1,
    })
  })

  it('become the raw numbers of a device, at the recipe’s instant; who would be unassigned is left out, and counted', () => {
    const recipe = recipeOf(orderRows)
    const { table } = orders(
      '1,A,1,2011-11-29 23:00,2.50,7',
      '2,A,2,2011-11-30 01:00,2.50,7',
      '3,A,1,2010-12-05 09:00,2.50,8',
      '4,A,1,2011-12-01 09:00,2.50,9',
      'C5,A,-1,2011-12-02 09:00,2.50,9',
    )
    const { read, rows, left, lines } = clean(recipe, table)
    expect(rows).toEqual([{ index: 0, lot: expect.any(Number), raws: [9, 2, 750], rest: [] }])
    expect({ read, left }).toEqual({
      read: 3,
      left: [
        { reason: 'nothing in the window', rows: 1 },
        { reason: 'no signal left', rows: 1 },
      ],
    })
    expect(lines).toMatchObject({ read: 5, signals: 3 })
  })
})

describe('a log of events', () => {
  const recipe = recipeOf(
    {
      key: 'session',
      asOf: 'last',
      time: { columns: ['day', 'time'], format: 'M/D/YYYY h:mm', zone: 'UTC' },
      kind: { column: 'event', words: { view: 'page_view', left: 'page_dwell' } },
      fields: {
        page: { column: 'where', words: { '/': 'home', '/tea': 'product' } },
        ms: { column: 'seconds', times: 1000 },
      },
    },
    [
      { name: 'pages', kind: 'page_view', aggregate: 'count', window: 'session' },
      { name: 'time', kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 'session' },
    ],
  )

  it('becomes signals of several kinds, in the order of time, evaluated at the last of each key', () => {
    const { people, fates } = gathered(
      recipe,
      'session,day,time,event,where,seconds',
      'a,1/2/2026,9:05,left,/,62.5',
      'a,1/2/2026,9:04,view,/,',
      'b,12/31/2026,23:59,view,/tea,',
      'b,12/31/2026,23:59,click,/tea,',
      'b,12/31/2026,23:59,view,/elsewhere,',
    )
    expect(people[0]?.signals).toEqual([
      { kind: 'page_view', at: at('2026-01-02T09:04'), page: 'home' },
      { kind: 'page_dwell', at: at('2026-01-02T09:05'), page: 'home', ms: 62_500 },
    ])
    expect(people[1]?.signals).toHaveLength(1)
    expect(fates).toEqual({ used: 3, 'of another kind': 1, 'nothing usable in where': 1 })
    expect(people.map(({ signals }) => foldedOf(recipe, signals))).toEqual([
      [1, 62_500],
      [1, 0],
    ])
  })
})

describe('a log of several visits', () => {
  it('is folded into sessions, returns and days as a device folds them', () => {
    const pages = { kind: 'page_view', window: 30 }
    const recipe = recipeOf(
      {
        key: 'who',
        asOf: '2026-01-31T00:00:00Z',
        time: { columns: ['when'], format: 'YYYY-MM-DD hh:mm', zone: 'UTC' },
        kind: 'page_view',
        fields: { page: { column: 'page' } },
      },
      [
        { name: 'sessions_30d', ...pages, aggregate: 'sessions' },
        { name: 'days_30d', ...pages, aggregate: 'distinct' },
        { name: 'returns', ...pages, aggregate: 'returns', field: 'page' },
      ],
    )
    const { people } = gathered(
      recipe,
      'who,when,page',
      'a,2026-01-05 23:50,home',
      'a,2026-01-06 00:10,product',
      'a,2026-01-06 00:39,home',
      'a,2026-01-06 01:09,cart',
      'a,2026-01-20 12:00,product',
    )
    expect(people.map(({ signals }) => foldedOf(recipe, signals))).toEqual([[3, 3, 2]])
  })
})

describe('keys are drawn for the test set by their own hash', () => {
  it('whatever else is in the file', () => {
    const recipe = { ...recipeOf(orderRows), test: 0.5 }
    const lines = Array.from({ length: 40 }, (_, i) => `${i},A,1,2011-11-01 09:00,2.50,${1000 + i}`)
    const drawn = (chosen: readonly string[]) => {
      const { table, people } = orders(...chosen)
      return split(recipe, clean(recipe, table).rows).test.map(row => people[row.index]?.key)
    }
    const whole = drawn(lines)
    expect(whole.length).toBeGreaterThan(5)
    expect(whole.length).toBeLessThan(35)
    const some = lines.filter((_, i) => i % 3).reverse()
    const kept = new Set(some.map(line => line.slice(line.lastIndexOf(',') + 1)))
    expect(drawn(some).sort()).toEqual(whole.filter(key => kept.has(key as string)).sort())
  })
})
