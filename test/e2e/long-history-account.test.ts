// An account of a long session: all that was put in, and nothing else.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/epoch.ts'
import type { Signal } from '../../core/signal.ts'
import { count, record, seed } from '../harness/size.ts'
import { expectSound } from './long-history-look.ts'
import { type InPage, type LongVisit, NOON, startLongVisit } from './long-history-site.ts'

let { visitor, close } = {} as LongVisit
beforeEach(async () => {
  ;({ visitor, close } = await startLongVisit())
})
afterEach(() => close())

describe('an account of a long session', () => {
  const value = fc.integer({ min: 0, max: 1_000_000 })
  const noted = fc.oneof(
    fc.record({ kind: fc.constant('add_to_cart' as const) }),
    fc.record({ kind: fc.constant('view_item' as const), value }),
    fc.record({ kind: fc.constant('purchase' as const), value }),
  )
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ note: fc.array(noted, { minLength: 1, maxLength: 120 }) }) },
    { weight: 3, arbitrary: fc.record({ give: fc.array(fc.record({ value, ago: fc.nat(300) }), { maxLength: 40 }) }) },
    { weight: 2, arbitrary: fc.record({ later: fc.integer({ min: 1, max: 600 }) }) },
  )

  /** Without what differs by itself: when it was noted, and the views, which the page notes of its own. */
  const said = (signals: readonly Partial<Signal>[], given: boolean): string[] =>
    signals
      .filter(({ kind, id }) => kind !== 'page_view' && (id !== undefined) === given)
      .map(signal => JSON.stringify(Object.entries(given ? signal : { ...signal, at: 0 }).sort()))

  it('is what its schema says, and equals what was put in', async () => {
    await visitor.begin()
    let now = NOON
    let ids = 0
    const put: Partial<Signal>[] = []
    const sequence = fc.array(step, { minLength: 1, maxLength: 8 })
    const kept = async (): Promise<number> =>
      (await visitor.exported()).signals.filter(({ kind }) => kind !== 'page_view').length
    await fc.assert(
      fc.asyncProperty(sequence, async steps => {
        // One long session out of all of them: nothing is taken back, and everything is still there at the end.
        for (const each of steps) {
          if ('note' in each) {
            await visitor.page.evaluate(signals => {
              const { nearside } = window as unknown as InPage
              for (const { kind, ...fields } of signals) nearside.signal(kind, fields as never)
            }, each.note)
            put.push(...each.note.map(signal => ({ ...signal, at: 0 })))
          } else if ('give' in each) {
            const orders = each.give.map(({ value, ago }) => {
              const at = NOON - ago * DAY_MS
              return { kind: 'purchase' as const, id: `o${ids++}`, at, value }
            })
            const done = await visitor.page.evaluate(
              signals => (window as unknown as InPage).nearside.hydrate(signals),
              orders,
            )
            expect(done).toMatchObject({ kept: orders.length, refused: [] })
            put.push(...orders)
          } else {
            await expect.poll(kept).toBe(put.length)
            now += each.later * 1000
            await visitor.comeAt(now)
            await visitor.started()
          }
        }
        await expect.poll(kept).toBe(put.length)
        const document = await visitor.exported()
        expect(said(document.signals, false)).toEqual(said(put, false))
        expect(said(document.signals, true)).toEqual(said(put, true))
        await expectSound(document)
      }),
      { seed, numRuns: count(200, 8), endOnFailure: true },
    )
    record('signals put in and found in an account', put.length)
  })
})
