import { describe, expect, it } from 'vitest'
import { EPOCH_MS, type Epoch } from '../../core/epoch.ts'
import type { Model } from '../../core/model.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { createWorld, EPOCH, MIDDLE, pseudonym } from './world.ts'

const many = async (n: number, send: () => Promise<Response>): Promise<void> => {
  await Promise.all(Array.from({ length: n }, send))
}
const segment = (id: string) => ({ segment: id as SegmentId })

describe('counts', () => {
  it('are told by epoch, model, segmentation, notice and segment, with their sum', async () => {
    const world = createWorld()
    await many(3, () => world.report(segment('a1')))
    await many(2, () => world.report(segment('b2')))
    await world.report({ notice: '2026-2' })
    await world.report({ model: 'visits.2' })
    await world.report({ segmentation: 'value' })
    await world.report({ epoch: (EPOCH - 1) as Epoch })
    const answer = (await (await world.app.request('/v1/sites/shop/counts')).json()) as { groups: { total: number }[] }
    expect(answer).toMatchObject({ v: 1, site: 'shop', minimumSize: 1 })
    expect(answer.groups).toHaveLength(5)
    expect(answer.groups[1]).toEqual({
      epoch: EPOCH,
      from: '2027-07-01',
      until: '2027-07-07',
      closed: false,
      segmentation: 'visit',
      model: 'visits.1',
      notice: '2026-1',
      counts: [
        { segment: 'a1', count: 3 },
        { segment: 'b2', count: 2 },
      ],
      total: 5,
      withheld: 0,
    })
    const one = (await (await world.app.request(`/v1/sites/shop/counts?epoch=${EPOCH - 1}`)).json()) as typeof answer
    expect(one.groups.map(it => it.total)).toEqual([1])
  })

  it('under the threshold are withheld, from the sum as well, and with a single one the next smallest', async () => {
    const world = createWorld({ minimumSize: 10 })
    await many(14, () => world.report(segment('a1')))
    await many(12, () => world.report(segment('c3')))
    await many(9, () => world.report(segment('b2')))
    const groups = async () =>
      ((await (await world.app.request('/v1/sites/shop/counts')).json()) as { groups: unknown[] }).groups
    expect(await groups()).toMatchObject([{ counts: [{ segment: 'a1', count: 14 }], total: 14, withheld: 2 }])
    const html = await (await world.app.request('/')).text()
    expect(html).toContain('2 groups left out: fewer than 10')
    expect(html).not.toMatch(/b2|c3/)
    await many(2, () => world.report(segment('d4')))
    // Two that are small hide each other.
    const counts = [
      { segment: 'a1', count: 14 },
      { segment: 'c3', count: 12 },
    ]
    expect(await groups()).toMatchObject([{ counts, total: 26, withheld: 2 }])
  })

  it('are withheld until all that are hold as many as the threshold together', async () => {
    const world = createWorld({ minimumSize: 10 })
    for (const [id, n] of [
      ['a1', 20],
      ['c3', 12],
      ['b2', 2],
      ['d4', 3],
    ] as const)
      await many(n, () => world.report(segment(id)))
    const { groups } = (await (await world.app.request('/v1/sites/shop/counts')).json()) as { groups: unknown[] }
    // Five that hide each other are still five.
    expect(groups).toMatchObject([{ counts: [{ segment: 'a1', count: 20 }], total: 20, withheld: 3 }])
  })

  it('of an epoch that is still open are not published, unless the owner is trying it out', async () => {
    const world = createWorld({ open: false })
    await world.report()
    expect(await world.counts()).toEqual({})
    expect(await (await world.app.request('/')).text()).toContain(
      'appear once their week and the one after it are over',
    )
    world.at(MIDDLE + 2 * EPOCH_MS)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
  })

  it('of a control group stand apart, also when a device changes its mind', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym(), arm: 'control' } as const
    await world.report({ arm: 'treated' })
    await world.report(own)
    await world.report({ ...own, ...segment('a1'), seq: 2 })
    const { groups } = (await (await world.app.request('/v1/sites/shop/counts')).json()) as { groups: unknown[] }
    expect(groups).toMatchObject([
      { arm: 'control', counts: [{ segment: 'a1', count: 1 }] },
      { arm: 'treated', counts: [{ segment: 'b2', count: 1 }] },
    ])
  })

  it('are final once their epoch is closed', async () => {
    const world = createWorld()
    await world.report()
    expect(await (await world.app.request('/')).text()).toContain('still counting')
    world.at(MIDDLE + 2 * EPOCH_MS)
    expect(await (await world.app.request('/')).text()).toContain('final')
  })
})

describe('the page', () => {
  const model: Pick<Model, 'name' | 'revision' | 'segmentations'> = {
    name: 'visits',
    revision: 1,
    segmentations: [
      {
        id: 'visit',
        kind: 'rules',
        label: 'Which </h3><script>visit',
        uses: ['content'],
        rules: [],
        otherwise: 'a1' as SegmentId,
        segments: [
          { id: 'a1' as SegmentId, label: 'Unclear', description: '' },
          { id: 'b2' as SegmentId, label: '<img src=x onerror=alert(1)>', description: '' },
        ],
      },
    ],
  }

  it('says that there is nothing yet, and what is never held', async () => {
    const response = await createWorld().app.request('/')
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/)
    const html = await response.text()
    expect(html).toContain('No reports yet')
    expect(html).toContain('no address, browser, referrer or cookie is kept or logged')
  })

  it('shows labels where a model tells them, as text, and ids where its revision is another', async () => {
    const world = createWorld({ models: [model as Model] })
    await world.report()
    await world.report({ model: 'visits.2' })
    const html = await (await world.app.request('/')).text()
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain('Which &lt;/h3&gt;&lt;script&gt;visit')
    expect(html).not.toMatch(/<(img|script)/)
    expect(html).toContain('<code class="ns-id">b2</code>')
  })

  it('has no script, no style of its own, and loads only from where it is', async () => {
    const world = createWorld()
    await world.report()
    const html = await (await world.app.request('/')).text()
    expect(html).not.toMatch(/<script|<style|style=| on\w+=|https?:/)
    for (const [, path] of html.matchAll(/(?:href|src)="([^"]+)"/g))
      expect((await world.app.request(path as string)).status, path).toBe(200)
  })

  it('explains each problem under the address that a problem names', async () => {
    const world = createWorld()
    const { type } = (await (await world.post('/v1/reports', 'x')).json()) as { type: string }
    const [path, id] = type.split('#') as [string, string]
    expect(await (await world.app.request(path)).text()).toContain(`id="${id}"`)
  })
})
