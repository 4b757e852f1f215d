// The ledger of a visitor who comes for weeks: folded, it still says all that was decided, sent and set right.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { revised } from '../../core/config.ts'
import { DAY_MS } from '../../core/epoch.ts'
import { api, type SdkSite } from '../harness/sdk-site.ts'
import { entriesOf, eventsOf, expectSound } from './long-history-look.ts'
import { type InPage, NOON, RETENTION, startLongSite, startVisitor, type Visitor } from './long-history-site.ts'

let site: SdkSite
let visitor: Visitor

afterEach(async () => {
  await visitor.close()
  await site.close()
})

describe('a ledger that is folded', () => {
  const LONGEST = Math.max(...Object.values(RETENTION))

  // A collector that keeps them for longer than the device keeps their reasons.
  beforeEach(async () => {
    site = await startLongSite({})
    const config = JSON.parse(site.config)
    const reports = { ...config.reports, maxDelay: 0, retention: 100 }
    site.route('/nearside.json', JSON.stringify(revised({ ...config, reports })))
    visitor = await startVisitor(site)
  })

  const stays = (document: AccessDocument) =>
    entriesOf(document).filter(({ event }) => ['decision', 'model', 'report', 'correction'].includes(event.type))
  const told = (path: string): { pseudonym: string }[] =>
    site.received.filter(it => it.path === path).map(({ body }) => JSON.parse(body))
  const correct = (correction: object) =>
    visitor.page.evaluate(given => (window as unknown as InPage).nearside.correct(given as never), correction)
  const pinOften = (times: number) =>
    visitor.page.evaluate(async n => {
      const { nearside } = window as unknown as InPage
      for (let i = 0; i < n; i++)
        await nearside.correct({ segmentation: 'cart', segment: i % 2 ? null : 'c1' } as never)
    }, times)

  it('once its reasons are older than any signal keeps all that was decided, sent and set right', async () => {
    await visitor.begin()
    await api(visitor.page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => told('/v1/reports').length).toBe(1)
    expect(await correct({ segmentation: 'habit', not: 'h2' })).toEqual({ count: 1 })
    const before = await visitor.exported()
    expect(stays(before).map(({ event }) => event.type)).toEqual(['decision', 'model', 'report', 'correction'])
    const reasons = eventsOf(before, 'segment').length
    expect(reasons).toBeGreaterThan(0)
    await visitor.comeAt(NOON + (LONGEST + 1) * DAY_MS)
    await visitor.untilKept('page_view', 1)
    const after = await visitor.exported()
    expect(after.folded?.dropped.segment).toBe(reasons)
    expect(after.folded?.kept.slice(0, 4)).toEqual(stays(before))
    expect(entriesOf(after).every(({ at, event }) => event.type !== 'segment' || at > NOON + LONGEST * DAY_MS)).toBe(
      true,
    )
    await expectSound(after)
    // The collector still holds what was sent then, and is asked to forget that too.
    const [first] = told('/v1/reports')
    await api(visitor.page, nearside => nearside.erase())
    await expect.poll(() => told('/v1/erasures').map(({ pseudonym }) => pseudonym)).toContain(first?.pseudonym)
  })

  it('above a thousand entries is small again, with every correction word for word', async () => {
    await visitor.begin()
    await api(visitor.page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => told('/v1/reports').length).toBe(1)
    await pinOften(600)
    const before = await visitor.exported()
    expect(before.ledger.length).toBeGreaterThan(1000)
    expect(before.folded).toBeUndefined()
    await visitor.comeAt(NOON + DAY_MS)
    await visitor.untilKept('page_view', 2)
    const after = await visitor.exported()
    expect(after.ledger.length).toBeLessThan(20)
    expect(stays(after).slice(0, stays(before).length)).toEqual(stays(before))
    expect(eventsOf(after, 'correction').length).toBe(600)
    expect(after.folded?.dropped.segment).toBe(eventsOf(before, 'segment').length)
    await expectSound(after)
  })
})
