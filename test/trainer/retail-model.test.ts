import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { DAY_MS } from '../../core/epoch.ts'
import { emptyFold, fold, rawVector, trimFold } from '../../core/feature.ts'
import { needed } from '../../core/needed.ts'
import { parseSignal, type Signal } from '../../core/signal.ts'
import { modelNeeds } from '../../trainer/needs.ts'
import type { Table } from '../../trainer/table.ts'
import { describeWithData } from '../harness/data.ts'
import { AS_OF, type Customer, later, RETAIL, retailCustomers, retailModel, retailOrders } from '../harness/retail.ts'
import { record } from '../harness/size.ts'
import { nearside, scratch } from './io.ts'

const folder = join(import.meta.dirname, '../../examples/shop/model')
const model = retailModel()
const [habit] = model.segmentations
if (!habit) throw new Error('no segmentation')

/** What a device makes of a customer's orders: gate, one fold after the other, assignment at `now`. */
const onDevice = ({ signals }: Customer, now: number) => {
  const needs = modelNeeds(model)
  const state = emptyFold()
  for (const { id: _, ...given } of signals) {
    const kept = needed(needs, parseSignal(given, 'signal'))
    if (kept && !fold(model.features, state, kept)) throw new Error('out of order')
  }
  trimFold(model.features, state, now)
  const raws = rawVector(model.features, state, now)
  return { raws, segment: assign(model, habit, raws).segment }
}

describe('the retail model', () => {
  it.each([
    ['a first order of yesterday', [1, 1, 3_000], 'r1'],
    ['a second order last week', [6, 2, 40_000], 'r1'],
    ['an order every month', [8, 12, 400_000], 'r2'],
    ['four orders, the last two months ago', [60, 4, 120_000], 'r3'],
    ['one order half a year ago', [180, 1, 20_000], 'r4'],
    ['no order in the window', [null, 0, 0], 'r0'],
  ] as const)('puts %s where its name says', (_, [days, orders, pence], expected) => {
    expect(assign(model, habit, [days, orders, pence]).segment).toBe(expected)
  })

  it('asks for the value of purchases and for nothing else', () => {
    expect(modelNeeds(model)).toEqual([
      { kind: 'purchase', fields: ['value'], features: ['days_since_order', 'orders', 'spent'] },
    ])
  })
})

/** Orders of each customer, netted in the plainest way: pieces in a list, each cancellation walking back through it. */
const plainly = (table: Table): Map<string, Signal[]> => {
  const cell = (name: string, row: number) => table.columns.get(name)?.[row] ?? null
  const bought = new Map<
    string,
    { who: string; invoice: string; code: string; pence: number; at: number; left: number }[]
  >()
  for (let row = 0; row < table.rows; row++) {
    const [who, code, invoice] = ['CustomerID', 'StockCode', 'InvoiceNo'].map(name => String(cell(name, row)))
    const pence = Math.round(Number(cell('UnitPrice', row)) * 100)
    const pieces = Number(cell('Quantity', row))
    if (who === 'null' || !who || !code || !invoice || pence <= 0 || !/^\d{5}|^PADS$/.test(code)) continue
    const mine = bought.get(who) ?? []
    bought.set(who, mine)
    if (invoice.startsWith('C')) {
      let wanted = -pieces
      for (const line of [...mine].reverse()) {
        if (line.code !== code || line.pence !== pence) continue
        const taken = Math.min(wanted, line.left)
        line.left -= taken
        wanted -= taken
      }
    } else if (pieces > 0) {
      mine.push({ who, invoice, code, pence, at: Date.parse(String(cell('InvoiceDate', row))), left: pieces })
    }
  }
  return new Map(
    [...bought].map(([who, lines]) => {
      const orders = new Map<string, Signal>()
      for (const { invoice, at, pence, left } of lines.filter(line => line.left)) {
        const before = orders.get(invoice)
        const [value, quantity] = [Number(before?.value ?? 0), Number(before?.quantity ?? 0)]
        const first = Math.min(before?.at ?? at, at)
        const sum = { value: value + pence * left, quantity: quantity + left }
        orders.set(invoice, { kind: 'purchase', at: first, ...sum, currency: 'GBP' })
      }
      return [who, [...orders.values()].sort((a, b) => a.at - b.at)]
    }),
  )
}

/** What is promised is in seconds of a processor: a machine may have other things to do meanwhile. */
const PATIENCE_MS = 240_000

describeWithData('the retail model, from its data', [RETAIL], paths => {
  const args = ['train', paths[RETAIL], '--recipe', join(folder, 'retail.recipe.json')]

  it('is reproduced to the byte, with its card, in at most 10 s of one processor, every line and customer accounted for', {
    timeout: PATIENCE_MS,
  }, async () => {
    const at = scratch()
    const before = process.cpuUsage()
    const told = ['--card', at('card.html'), '--summary', at('summary.json')]
    expect(await nearside(...args, '--out', at('retail.json'), ...told)).toMatchObject({ code: 0, err: '' })
    const { user, system } = process.cpuUsage(before)
    expect(readFileSync(at('retail.json'), 'utf8')).toBe(readFileSync(join(folder, 'retail.json'), 'utf8'))
    expect(readFileSync(at('card.html'), 'utf8')).toContain('Seen flat (PCA)')
    expect((user + system) / 1e6).toBeLessThan(10)
    record('541,909 lines to a model and its card', ((user + system) / 1e6).toFixed(1), 's of one processor')
    const { lines, rows, segments } = JSON.parse(readFileSync(at('summary.json'), 'utf8'))
    expect(lines).toMatchObject({ read: 541_909, signals: 18_275 })
    const fates = Object.fromEntries(
      lines.fates.map((each: { fate: string; lines: number }) => [each.fate, each.lines]),
    )
    expect(fates).toEqual({
      used: 389_277,
      'used, less what was cancelled': 4_297,
      cancelled: 2_763,
      'cancellation taken off an order': 7_119,
      'cancellation, in part of nothing in the file': 52,
      'cancellation of nothing in the file': 1_368,
      'missing in CustomerID': 135_080,
      'postage and carriage': 1_346,
      'manual entry': 465,
      discount: 77,
      'fee, commission or bad debt': 28,
      'not above zero in UnitPrice': 37,
    })
    expect(Object.values(fates as Record<string, number>).reduce((a, b) => a + b)).toBe(541_909)
    expect(rows.read).toBe(4_372)
    expect(rows.training + rows.test + 80 + 48).toBe(4_372)
    expect(segments.map((each: { size: number }) => each.size).reduce((a: number, b: number) => a + b)).toBe(
      rows.training,
    )
  })

  it('nets every customer’s orders as the plainest program does', { timeout: PATIENCE_MS }, async () => {
    const { table, people } = await retailOrders()
    const plain = plainly(table)
    expect(people).toHaveLength(4_372)
    for (const { key, signals } of people) expect(signals).toEqual(plain.get(key) ?? [])
    const sum = people.flatMap(({ signals }) => signals).reduce((total, { value }) => total + Number(value), 0)
    expect(sum).toBe(831_604_558)
  })

  it('gives each customer that training did not see, folded as on a device, the trainer’s numbers and segment', async () => {
    const customers = await retailCustomers()
    expect(customers.length).toBeGreaterThanOrEqual(1000)
    const equal = customers.filter(customer => {
      const { raws, segment } = onDevice(customer, AS_OF)
      return segment === customer.segment && raws.every((raw, i) => raw === customer.raws[i])
    })
    expect(equal).toHaveLength(customers.length)
    expect(new Set(customers.map(({ segment }) => segment)).size).toBe(4)
    record(
      'unseen retail customers folded as on a device as the trainer has them',
      equal.length,
      'customers',
      customers.length,
    )
  })

  it('hands them out without what the file calls them, evenly, and later by whole days', async () => {
    const some = await retailCustomers(100)
    expect(some).toHaveLength(100)
    const ids = some.flatMap(({ signals }) => signals.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const customer of some) {
      expect(customer.key).toBeLessThan(4_372)
      for (const { at, id } of customer.signals) {
        expect(at).toBeLessThan(AS_OF)
        expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,31}$/)
      }
      expect(onDevice(later(customer, 5_500), AS_OF + 5_500 * DAY_MS)).toEqual(onDevice(customer, AS_OF))
    }
  })
})
