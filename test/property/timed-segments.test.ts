// Rules over time come true to the millisecond, whether a page stays open or is loaded again; and a held segment does not flap.
import { describe, expect, it } from 'vitest'
import type { Signal } from '../../core/signal.ts'
import { createLoneDevice } from '../harness/lone-device.ts'
import { configFor, type Document, MODEL_URL, model, START } from '../harness/served-site.ts'

const MINUTE_MS = 60_000

const signal = (kind: string, at: number): Signal => ({ kind, at }) as Signal

const question = (id: string, rules: unknown, more: object = {}) => ({
  kind: 'rules',
  id,
  label: id,
  uses: ['content'],
  segments: ['0', '1', '2'].map(n => ({ id: `${id[0]}${n}`, label: n, description: 'A segment.' })),
  rules,
  otherwise: `${id[0]}1`,
  ...more,
})

/** The cart was filled, and nothing ordered, for half an hour. */
const waiting: Document = model(1, {
  features: [
    { name: 'since_add', kind: 'add_to_cart', aggregate: 'recency', window: 1, per: MINUTE_MS },
    { name: 'orders', kind: 'purchase', aggregate: 'count', window: 1 },
  ],
  segmentations: [
    question('cart', [
      {
        segment: 'c2',
        all: [
          { feature: 'since_add', least: 30, most: 59 },
          { feature: 'orders', most: 0 },
        ],
      },
    ]),
  ],
})

const begun = async (document: Document) => {
  const device = createLoneDevice({
    config: configFor(document),
    files: new Map([[MODEL_URL, JSON.stringify(document)]]),
    start: START,
  })
  await device.load()
  return device
}

describe('a cart that was filled, and no order for half an hour', () => {
  it('is noticed when it comes true, and when it ends, while the page stays open', async () => {
    const device = await begun(waiting)
    await device.ingest([signal('add_to_cart', START)])
    expect(device.segments()).toEqual({ cart: 'c1' })
    await device.wait(30 * MINUTE_MS - 1)
    expect(device.segments()).toEqual({ cart: 'c1' })
    await device.wait(1)
    expect(device.segments()).toEqual({ cart: 'c2' })
    await device.wait(30 * MINUTE_MS - 1)
    expect(device.segments()).toEqual({ cart: 'c2' })
    await device.wait(1)
    expect(device.segments()).toEqual({ cart: 'c1' })
  })

  it('is noticed after a reload as well, at the same instant', async () => {
    const device = await begun(waiting)
    await device.ingest([signal('add_to_cart', START)])
    await device.wait(12 * MINUTE_MS)
    await device.load()
    await device.wait(18 * MINUTE_MS - 1)
    expect(device.segments()).toEqual({ cart: 'c1' })
    await device.wait(1)
    expect(device.segments()).toEqual({ cart: 'c2' })
  })

  it('had come true while no page was open', async () => {
    const device = await begun(waiting)
    await device.ingest([signal('add_to_cart', START)])
    await device.load()
    await device.wait(0)
    const later = await begun(waiting)
    await later.ingest([signal('add_to_cart', START - 40 * MINUTE_MS)])
    expect(later.segments()).toEqual({ cart: 'c2' })
  })

  it('is over with the order', async () => {
    const device = await begun(waiting)
    await device.ingest([signal('add_to_cart', START)])
    await device.wait(20 * MINUTE_MS)
    await device.ingest([signal('purchase', START + 20 * MINUTE_MS)])
    await device.wait(20 * MINUTE_MS)
    expect(device.segments()).toEqual({ cart: 'c1' })
  })
})

/** Swings between two segments with every signal. */
const swinging = (hold: number | undefined): Document =>
  model(1, {
    features: [
      { name: 'share', kind: 'page_view', where: { page: ['product'] }, aggregate: 'share', window: 1 },
      { name: 'views', kind: 'page_view', aggregate: 'count', window: 1 },
    ],
    segmentations: [
      question(
        'mood',
        [{ segment: 'm2', all: [{ feature: 'share', least: 0.5 }] }],
        hold === undefined ? {} : { hold },
      ),
    ],
  })

const swing = async (hold: number | undefined): Promise<{ moves: string[]; last: string | undefined }> => {
  const device = await begun(swinging(hold))
  for (let i = 0; i < 40; i++) {
    const at = START + i * MINUTE_MS
    // Each but the first tips the share over the half, or back.
    await device.ingest([{ kind: 'page_view', at, page: i % 2 ? 'home' : 'product' } as Signal])
    await device.ingest([{ kind: 'page_view', at: at + 1, page: i % 2 ? 'home' : 'product' } as Signal])
    await device.ingest([{ kind: 'page_view', at: at + 2, page: i % 2 ? 'product' : 'home' } as Signal])
    await device.wait(MINUTE_MS)
  }
  const { ledger } = await device.account()
  const moves = ledger.flatMap(({ event }) => (event.type === 'segment' ? [event.segment as string] : []))
  return { moves, last: device.segments()?.mood }
}

describe('a segment that is held', () => {
  it('changes as often as its hold lets it, however often the answer does', async () => {
    const [free, held] = [await swing(undefined), await swing(10)]
    expect(free.moves.length).toBeGreaterThan(20)
    // What it says before it knows anything is not held; forty minutes have room for five beginnings of ten.
    expect(held.moves.length).toBeLessThanOrEqual(6)
  })

  it('becomes what is true when the hold is over, though nothing happens', async () => {
    const device = await begun(swinging(10))
    const view = (page: string, at: number) => ({ kind: 'page_view', at, page }) as Signal
    await device.ingest([view('product', START)])
    await device.ingest([view('home', START + 1), view('home', START + 2)])
    expect(device.segments()).toEqual({ mood: 'm2' })
    expect((await device.account()).segments[0]).toMatchObject({ segment: 'm2', held: true })
    await device.wait(4 * MINUTE_MS)
    // Over a reload as well.
    await device.load()
    expect(device.segments()).toEqual({ mood: 'm2' })
    await device.wait(6 * MINUTE_MS)
    expect(device.segments()).toEqual({ mood: 'm1' })
  })

  it('gives way at once where there is nothing to tell from any more', async () => {
    const none = swinging(600)
    const device = await begun({
      ...none,
      segmentations: [
        {
          ...(none.segmentations as object[])[0],
          kind: 'centroids',
          features: ['share', 'views'],
          scaler: { center: [0, 0], scale: [1, 1] },
          centroids: [
            [0, 0],
            [1, 1],
          ],
          rules: undefined,
          otherwise: undefined,
        },
      ],
    })
    await device.ingest([{ kind: 'page_view', at: START, page: 'product' } as Signal])
    expect(device.segments()).toEqual({ mood: 'm2' })
    await device.wait(13 * 60 * MINUTE_MS)
    expect(device.segments()).toEqual({ mood: 'm0' })
  })
})
