// Noised answers: each counted once, none of them on record, and published as what they tell of all together.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EPOCH_MS } from '../../core/epoch.ts'
import type { Model } from '../../core/model.ts'
import { type PrivateReport, parsePrivateReport, printPrivateReport, type Token } from '../../core/private-report.ts'
import { respond } from '../../core/randomised-response.ts'
import { REPORT_BYTES } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { createWorld, EPOCH, MIDDLE } from './world.ts'

const IDS = ['u0', 'a1', 'b2', 'c3'] as SegmentId[]
const model = {
  name: 'visits',
  revision: 1,
  segmentations: [
    { id: 'visit', label: 'Visit', segments: IDS.map(id => ({ id, label: `The ${id}`, description: '' })) },
  ],
} as unknown as Model

const token = (): Token => randomBytes(16).toString('base64url') as Token
const noised = (own: Partial<PrivateReport> = {}): PrivateReport => ({
  v: 1,
  site: 'shop',
  model: 'visits.1',
  epoch: EPOCH,
  segmentation: 'visit',
  segment: 'b2' as SegmentId,
  epsilon: 2,
  token: token(),
  notice: '2026-1',
  ...own,
})

const createPrivateWorld = (own: Parameters<typeof createWorld>[0] = {}) => {
  const world = createWorld({ models: [model], ...own })
  const send = (own: Partial<PrivateReport> = {}) => world.post('/v1/reports', printPrivateReport(noised(own)))
  const groups = async () =>
    (
      (await (await world.app.request('/v1/sites/shop/counts')).json()) as {
        groups: { counts: { segment: string; count: number; within: number }[]; withheld: number; answers: number }[]
      }
    ).groups
  return { ...world, send, groups }
}

describe('a private report', () => {
  it('is counted once however often its token comes, and what it said is nowhere beside it', async () => {
    const world = createPrivateWorld()
    const own = { token: token() }
    for (let i = 0; i < 3; i++) expect((await world.send(own)).status).toBe(204)
    expect(await world.groups()).toMatchObject([{ epsilon: 2, answers: 1 }])
    expect(world.look('SELECT * FROM token')).toEqual([{ site: 'shop', epoch: EPOCH, token: own.token }])
    expect(world.look('SELECT * FROM report')).toEqual([])
  })

  it('loses its token when its epoch closes, and is not taken after', async () => {
    const world = createPrivateWorld()
    const own = { token: token() }
    await world.send(own)
    world.at(MIDDLE + 2 * EPOCH_MS)
    await world.tally.closeEpochs(MIDDLE + 2 * EPOCH_MS)
    expect(world.bytes()).not.toContain(own.token)
    expect((await world.send(own)).status).toBe(422)
    world.at(MIDDLE)
    expect((await world.send(own)).status).toBe(422)
    expect(await world.groups()).toMatchObject([{ answers: 1 }])
  })

  it('never carries a pseudonym, a seq, or an epsilon of its own making', async () => {
    const world = createPrivateWorld()
    for (const wrong of [{ pseudonym: token() }, { seq: 1 }, { epsilon: 2.01 }, { epsilon: 0 }, { epsilon: 9 }]) {
      const response = await world.post('/v1/reports', JSON.stringify({ ...noised(), ...wrong }))
      expect(response.status, JSON.stringify(wrong)).toBe(400)
    }
    expect(await world.groups()).toEqual([])
  })

  it('fits what a collector takes, with the longest ids that are allowed', () => {
    const longest = noised({
      site: 's'.repeat(24),
      model: `${'m'.repeat(16)}.9999`,
      segmentation: 'q'.repeat(16),
      segment: 'z'.repeat(8) as SegmentId,
      notice: 'n'.repeat(16),
      epsilon: 2.5,
      arm: 'control',
    })
    expect(parsePrivateReport(printPrivateReport(longest))).toEqual(longest)
    expect(printPrivateReport(longest).length).toBeLessThanOrEqual(REPORT_BYTES)
  })
})

describe('noised answers', () => {
  const answered = async (world: ReturnType<typeof createPrivateWorld>, devices: number) => {
    for (let i = 0; i < devices; i++) {
      // Three in four are b2, the others a1.
      const truth = (i % 4 ? 'b2' : 'a1') as SegmentId
      await world.send({ segment: respond(IDS, truth, 2, new Uint8Array(randomBytes(32))) })
    }
  }

  it('are published as estimates with their margins, beside exact counts and apart from them', async () => {
    const world = createPrivateWorld({ minimumSize: 20 })
    await answered(world, 600)
    await world.report()
    const [exact, estimates] = await world.groups()
    expect(exact).not.toHaveProperty('epsilon')
    const b2 = estimates?.counts.find(it => it.segment === 'b2')
    expect(Math.abs((b2?.count as number) - 450)).toBeLessThan(3 * (b2?.within as number))
    // Nobody is in them: their lower bounds are under the threshold.
    expect(estimates?.counts.map(it => it.segment)).not.toContain('c3')
    expect(estimates?.counts.map(it => it.segment)).not.toContain('u0')
    const html = await (await world.app.request('/')).text()
    expect(html).toContain('The b2')
    expect(html).toContain('19 times in 20')
  })

  it('stay answers where the collector does not know their model, and under the threshold are not even that', async () => {
    const world = createPrivateWorld({ models: [], minimumSize: 3 })
    await world.send()
    await world.send()
    expect(await world.groups()).toMatchObject([{ answers: 0, counts: [], withheld: 0 }])
    await world.send()
    expect(await world.groups()).toMatchObject([{ answers: 3, counts: [], withheld: 0 }])
    expect(await (await world.app.request('/')).text()).toContain('Start the collector with the model')
  })
})
