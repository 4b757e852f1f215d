// What leaves a device says which segments it is in, and nothing else: two histories that lead to the same segments make the same
// requests, byte for byte and at the same instants, whatever else they hold. Run it again with NEARSIDE_SEED.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../core/epoch.ts'
import { parseAnyReport } from '../../core/private-report.ts'
import type { Signal } from '../../core/signal.ts'
import { createLoneDevice, type Sent } from '../harness/lone-device.ts'
import { configFor, MODEL_URL, model, START } from '../harness/served-site.ts'
import { count, record, seed } from '../harness/size.ts'

const RUNS = count(20_000, 250)

const DOCUMENT = model(1, {
  features: [
    { name: 'pages', kind: 'page_view', aggregate: 'count', window: 1 },
    { name: 'time', kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 1, per: 1000 },
    { name: 'adds', kind: 'add_to_cart', aggregate: 'count', window: 1 },
    { name: 'found', kind: 'search', aggregate: 'max', field: 'results', window: 1 },
  ],
})
// One question of each way to answer; `time` and `found` are in none, or hardly matter.
const question = (id: string, feature: string, least: number) => ({
  kind: 'rules',
  id,
  label: id,
  uses: ['content'],
  segments: ['0', '1', '2'].map(n => ({ id: `${id[0]}${n}`, label: n, description: 'A segment.' })),
  rules: [{ segment: `${id[0]}2`, all: [{ feature, least }] }],
  otherwise: `${id[0]}1`,
})
const SITE = {
  ...DOCUMENT,
  segmentations: [question('visit', 'pages', 4), question('cart', 'adds', 2), question('long', 'time', 60_000)],
}
const CONFIG = configFor(SITE, {
  reports: { url: 'https://count.example', maxDelay: 60_000, stable: 10_000, noised: { cart: 2 }, budget: 6 },
  control: 0.2,
})

/** What both histories have in common: when something happens, and which segments it leads to. */
interface Moment {
  readonly wait: number
  readonly visit: boolean
  readonly cart: boolean
  readonly long: boolean
  readonly reload: boolean
}

/** Numbers of a history's own, with which it comes to the segments of a moment. */
interface Own {
  readonly pages: number
  readonly adds: number
  readonly seconds: number
  readonly searches: readonly number[]
  readonly page: string
}

const moment: fc.Arbitrary<Moment> = fc.record({
  wait: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: MINUTE_MS, max: 40 * MINUTE_MS })),
  visit: fc.boolean(),
  cart: fc.boolean(),
  long: fc.boolean(),
  reload: fc.boolean(),
})
const own: fc.Arbitrary<Own> = fc.record({
  pages: fc.integer({ min: 0, max: 3 }),
  adds: fc.integer({ min: 0, max: 1 }),
  seconds: fc.integer({ min: 0, max: 59 }),
  searches: fc.array(fc.nat({ max: 500 }), { maxLength: 4 }),
  page: fc.constantFrom('home', 'product', 'help', 'cart'),
})

const history = fc.array(fc.tuple(moment, own, own), { minLength: 1, maxLength: 5 })

/** Runs the moments with numbers of one's own: below a bound until a moment asks to be above it, and above from then on. */
const wireOf = async (moments: readonly (readonly [Moment, Own])[], key: number): Promise<readonly Sent[]> => {
  const files = new Map([[MODEL_URL, JSON.stringify(SITE)]])
  const device = createLoneDevice({ config: CONFIG, files, start: START, seed: key })
  await device.load()
  const so = { pages: 0, adds: 0, seconds: 0 }
  const over = { visit: false, cart: false, long: false }
  for (const [at, { searches, page, ...mine }] of moments) {
    await device.wait(at.wait)
    over.visit ||= at.visit
    over.cart ||= at.cart
    over.long ||= at.long
    const to = {
      pages: over.visit ? Math.max(so.pages, 4 + mine.pages) : Math.max(so.pages, mine.pages),
      adds: over.cart ? Math.max(so.adds, 2 + mine.adds) : Math.max(so.adds, mine.adds),
      seconds: over.long ? Math.max(so.seconds, 60 + mine.seconds) : Math.max(so.seconds, mine.seconds),
    }
    const signals: object[] = [
      ...Array.from({ length: to.pages - so.pages }, () => ({ kind: 'page_view', page })),
      ...Array.from({ length: to.adds - so.adds }, () => ({ kind: 'add_to_cart' })),
      ...(to.seconds > so.seconds ? [{ kind: 'page_dwell', page, ms: (to.seconds - so.seconds) * 1000 }] : []),
      ...searches.map(results => ({ kind: 'search', results })),
    ]
    Object.assign(so, to)
    if (at.reload) await device.load()
    await device.ingest(signals.map((it, i) => ({ ...it, at: device.now() + i }) as Signal))
  }
  await device.wait(90 * MINUTE_MS)
  return device.sent
}

describe('what leaves a device', () => {
  it(`is the same, to the byte and the millisecond, for ${RUNS} pairs of histories with the same segments`, async () => {
    let requests = 0
    const lengths = new Map<string, Set<number>>()
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (moments, key) => {
        const one = await wireOf(
          moments.map(([at, mine]) => [at, mine]),
          key,
        )
        const other = await wireOf(
          moments.map(([at, , mine]) => [at, mine]),
          key,
        )
        expect(other).toEqual(one)
        requests += one.length
        for (const { body } of one) {
          const { segmentation } = parseAnyReport(body)
          lengths.set(segmentation, (lengths.get(segmentation) ?? new Set()).add(body.length))
        }
      }),
      { seed, numRuns: RUNS },
    )
    // Over all histories, whatever their segments: a longer report would tell which.
    expect([...lengths.values()].map(each => each.size)).toEqual([...lengths].map(() => 1))
    expect(lengths.size).toBe(3)
    expect(requests).toBeGreaterThan(RUNS)
    record('pairs of histories with the same segments that made different requests', 0, 'pairs', RUNS)
  })
})
