import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Epoch } from '../../core/epoch.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { count, seed } from '../harness/size.ts'
import { createWorld, EPOCH, pseudonym, report } from './world.ts'

describe('a report', () => {
  it('counts once, however often it is sent', async () => {
    const world = createWorld()
    const it = report()
    for (let i = 0; i < 3; i++) expect((await world.report(it)).status).toBe(204)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
  })

  it('of the highest seq counts, in whatever order they arrive', async () => {
    const world = createWorld()
    const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 8 })
    const orders = seqs.chain(them => fc.shuffledSubarray([...them, ...them], { minLength: them.length * 2 }))
    let devices = 0
    await fc.assert(
      fc.asyncProperty(orders, async order => {
        const own = { pseudonym: pseudonym(), site: `site-${++devices}` }
        const sent = await Promise.all(
          order.map(seq => world.report({ ...own, seq, segment: `s${seq}` as SegmentId, notice: `n${seq}` })),
        )
        expect(sent.every(response => response.status === 204)).toBe(true)
        expect(await world.counts(own.site)).toEqual({ [`0 visit/s${Math.max(...order)}`]: 1 })
      }),
      { seed, numRuns: count(10_000, 100) },
    )
  })

  it('and all that happens to it agree with a simple account, whatever the order', async () => {
    const world = createWorld()
    let runs = 0
    const step = fc.record({
      erase: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
      device: fc.integer({ min: 0, max: 3 }),
      seq: fc.integer({ min: 1, max: 6 }),
      epoch: fc.constantFrom(EPOCH, (EPOCH - 1) as Epoch),
      segmentation: fc.constantFrom('visit', 'value'),
      model: fc.constantFrom('visits.1', 'visits.2'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const site = `site-${++runs}`
        const devices = Array.from({ length: 4 }, pseudonym)
        const account = new Map<string, { device: number; seq: number; cell: string }>()
        const erased = new Set<number>()
        const answers = steps.map(({ erase, device, seq, epoch, segmentation, model }) => {
          const own = { site, pseudonym: devices[device] as ReturnType<typeof pseudonym> }
          if (erase) {
            erased.add(device)
            for (const [key, row] of account) if (row.device === device) account.delete(key)
            return { expected: 204, got: world.erase(own) }
          }
          const key = `${device} ${epoch} ${segmentation}`
          const segment = `s${seq}` as SegmentId
          if (!erased.has(device) && seq > (account.get(key)?.seq ?? 0)) {
            account.set(key, { device, seq, cell: `${epoch} ${segmentation} ${model} ${segment}` })
          }
          return {
            expected: erased.has(device) ? 410 : 204,
            got: world.report({ ...own, seq, epoch, segmentation, model, segment }),
          }
        })
        for (const { expected, got } of answers) expect((await got).status).toBe(expected)
        const expected: Record<string, number> = {}
        for (const { cell } of account.values()) expected[cell] = (expected[cell] ?? 0) + 1
        const cells = world.tally
          .cells(site)
          .map(it => [`${it.epoch} ${it.segmentation} ${it.model} ${it.segment}`, it.count])
        expect(Object.fromEntries(cells)).toEqual(expected)
      }),
      { seed, numRuns: count(10_000, 60) },
    )
  })
})
