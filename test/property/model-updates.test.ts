// What a new model does to what is kept: less is deleted, more is known only from now on, and none stops everything.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../core/ledger.ts'
import type { Signal } from '../../core/signal.ts'
import { createLoneDevice, type LoneDevice } from '../harness/lone-device.ts'
import { configFor, type Document, KEY, MODEL_URL, model, START, signed } from '../harness/served-site.ts'

const NEXT_URL = 'https://shop.example/nearside/next.json'
const DAY_MS = 86_400_000

const signal = (kind: string, n: number, fields: object = {}): Signal => ({ kind, at: START + n, ...fields }) as Signal

const EVERYTHING = [
  signal('page_view', 1),
  signal('page_view', 2),
  signal('page_dwell', 3, { ms: 40_000 }),
  signal('add_to_cart', 4),
  signal('purchase', 5),
]

const featuresOf = (document: Document) => document.features as { name: string }[]
const segmentationsOf = (document: Document) => document.segmentations as { id: string }[]

/** Without the questions and features named. */
const less = (revision: number, questions: readonly string[], features: readonly string[]): Document => {
  const all = model(revision)
  return {
    ...all,
    features: featuresOf(all).filter(({ name }) => !features.includes(name)),
    segmentations: segmentationsOf(all).filter(({ id }) => !questions.includes(id)),
  }
}

const EMPTY = (revision: number): Document => ({ ...model(revision), features: [], segmentations: [] })

const begun = async (config: string, served: string, seed = 1) => {
  const files = new Map([[MODEL_URL, served]])
  const device = createLoneDevice({ config, files, start: START, seed })
  const update = await device.load()
  await device.ingest(EVERYTHING)
  return { device, files, update }
}

const eventsOf = async <T extends Event['type']>(device: LoneDevice, type: T): Promise<Extract<Event, { type: T }>[]> =>
  (await device.account()).ledger.flatMap(({ event }) =>
    event.type === type ? [event as Extract<Event, { type: T }>] : [],
  )

const kindsOf = async (device: LoneDevice): Promise<string[]> =>
  (await device.account()).signals.map(({ kind }) => kind).sort()

describe('a model that needs less', () => {
  const config = configFor(model(1))

  it('has what no feature of it uses deleted, keeps the rest, and asks nobody again', async () => {
    const { device, files } = await begun(config, JSON.stringify(model(1)))
    expect(await kindsOf(device)).toEqual(['add_to_cart', 'page_dwell', 'page_view', 'page_view', 'purchase'])
    files.set(MODEL_URL, JSON.stringify(less(2, ['dwell'], ['time', 'orders'])))
    const update = await device.load()
    // Asked again, it would say that all is out of date.
    expect(update.outdated).toBeUndefined()
    expect(update.segments).toEqual({ visit: 'v2', cart: 'c2', idle: 'i1' })
    expect(await kindsOf(device)).toEqual(['add_to_cart', 'page_view', 'page_view'])
    expect(await eventsOf(device, 'deletion')).toEqual([
      { type: 'deletion', why: 'unneeded', what: 'signals of browsing', count: 1 },
      { type: 'deletion', why: 'unneeded', what: 'signals of shopping', count: 1 },
    ])
    // The page notices no more of it, and what it noted meanwhile is not taken.
    expect(update.needs?.needs.map(({ kind }) => kind)).toEqual(['add_to_cart', 'page_view'])
    await device.ingest([signal('purchase', 10), signal('page_view', 11)])
    expect(await kindsOf(device)).toEqual(['add_to_cart', 'page_view', 'page_view', 'page_view'])
  })

  it('leaves none of the numbers on the ledger that were worked out from it', async () => {
    const { device, files } = await begun(config, JSON.stringify(model(1)))
    expect(JSON.stringify(await eventsOf(device, 'segment'))).toContain('"time"')
    files.set(MODEL_URL, JSON.stringify(less(2, ['dwell'], ['time'])))
    await device.load()
    expect(JSON.stringify((await device.account()).ledger)).not.toContain('"time"')
    expect((await device.account()).tampered).toBeNull()
  })
})

describe('a model that needs more again', () => {
  it('knows of it only from then on', async () => {
    const daily = (revision: number): Document => ({
      ...model(revision),
      features: featuresOf(model(revision)).map(it => (it.name === 'orders' ? { ...it, window: 3 } : it)),
      segmentations: [
        ...segmentationsOf(model(revision)),
        {
          ...segmentationsOf(model(revision))[0],
          id: 'bought',
          rules: [{ segment: 'v2', all: [{ feature: 'orders', least: 1 }] }],
        },
      ],
    })
    const { device, files } = await begun(configFor(daily(1)), JSON.stringify(daily(1)))
    await device.wait(4 * DAY_MS)
    await device.load()
    expect(device.segments()?.bought).toBe('v1')
    files.set(MODEL_URL, JSON.stringify(less(2, [], ['orders'])))
    await device.load()
    files.set(MODEL_URL, JSON.stringify(daily(3)))
    await device.load()
    // Whether anything was bought in the days between, nobody noted.
    expect(device.segments()?.bought).toBe('v0')
    await device.wait(2 * DAY_MS)
    await device.load()
    expect(device.segments()?.bought).toBe('v1')
  })
})

describe('a model without anything in it', () => {
  it('stops everything: nothing is noticed, kept, shown or sent', async () => {
    const reports = { url: 'https://count.example', maxDelay: 2000, stable: 500 }
    const config = configFor(model(1), { modelKey: KEY, reports })
    const { device, files } = await begun(config, await signed(model(1)))
    files.set(MODEL_URL, await signed(EMPTY(2)))
    const update = await device.load()
    expect(update.problem).toBeUndefined()
    expect(update.segments).toEqual({})
    expect(update.needs?.needs).toEqual([])
    await device.ingest(EVERYTHING)
    await device.wait(DAY_MS)
    const account = await device.account()
    expect(account.signals).toEqual([])
    expect(account.segments).toEqual([])
    expect(account.model?.id).toBe('shop.2')
    expect(device.sent).toEqual([])
    // And the next one begins anew.
    files.set(MODEL_URL, await signed(model(3)))
    expect((await device.load()).segments).toMatchObject({ visit: 'v1', cart: 'c1' })
  })

  it('counts for nothing where another signed it', async () => {
    const { device, files } = await begun(configFor(model(1), { modelKey: KEY }), await signed(model(1)))
    files.set(MODEL_URL, await signed(EMPTY(2), `B${'x'.repeat(86)}`))
    expect((await device.load()).segments).toMatchObject({ visit: 'v2' })
  })
})

describe('a model for some devices first', () => {
  const SHARE = 0.25
  const DEVICES = 400

  const idsAt = async (share: number): Promise<string[]> => {
    const config = configFor(model(1), { rollout: { model: NEXT_URL, share } })
    const ids: string[] = []
    for (let seed = 1; seed <= DEVICES; seed++) {
      const files = new Map([
        [MODEL_URL, JSON.stringify(model(1))],
        [NEXT_URL, JSON.stringify(model(2))],
      ])
      const device = createLoneDevice({ config, files, start: START, seed })
      await device.load()
      ids.push((await device.account()).model?.id as string)
    }
    return ids
  }

  it('goes to as many as the config says, drawn by each for itself, and a larger share holds the smaller', async () => {
    const [some, more] = [await idsAt(SHARE), await idsAt(2 * SHARE)]
    const first = some.filter(id => id === 'shop.2').length
    // Four standard deviations.
    expect(Math.abs(first - DEVICES * SHARE)).toBeLessThan(4 * Math.sqrt(DEVICES * SHARE * (1 - SHARE)))
    expect(some.every((id, i) => id === 'shop.1' || more[i] === 'shop.2')).toBe(true)
    expect(await idsAt(SHARE)).toEqual(some)
  })
})

describe('a model whose server says that it may differ', () => {
  it('is taken, and everybody is told', async () => {
    const files = new Map([[MODEL_URL, JSON.stringify(model(1))]])
    const device = createLoneDevice({ config: configFor(model(1)), files, start: START })
    device.differing.set(MODEL_URL, ['vary', 'no-store'])
    await device.load()
    expect(device.warnings).toEqual([expect.stringMatching(/model\.json: vary, no-store in its headers/)])
    expect((await device.account()).model?.differing).toEqual(['vary', 'no-store'])
    expect(await eventsOf(device, 'model')).toEqual([
      { type: 'model', what: 'taken', model: 'shop.1', differing: ['vary', 'no-store'] },
    ])
  })
})
