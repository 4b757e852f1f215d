// A visit to the demo shop as the panel is told of it, with the real device behind it: every signal, call, report and request.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig, snapshotOf } from '../../core/config.ts'
import type { Category, Purpose } from '../../core/consent.ts'
import type { Deed, Happening, RecordedSession, State } from '../../core/protocol/devtools.ts'
import type { Signal } from '../../core/signal.ts'
import { admit } from '../../sdk/gate.ts'
import { CONFIG_URL, createLoneDevice } from './lone-device.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

export const SHOP_MODEL = read('examples/shop/model/model.json')
export const SHOP_CONFIG = read('examples/shop/nearside.json')
const MODEL_AT = 'https://shop.example/nearside/model.json'
const COLLECTOR = (JSON.parse(SHOP_CONFIG) as { reports: { url: string } }).reports.url

/** A Sunday morning. */
export const BEGUN = Date.UTC(2026, 10, 22, 9, 30)
const GRANTED: readonly Category[] = ['browsing', 'shopping']
const PURPOSES: readonly Purpose[] = ['personalization', 'measurement']
const GRANTS = Object.fromEntries(PURPOSES.map(purpose => [purpose, GRANTED]))

/** Seconds after the one before, and what the page gave. */
type Step = readonly [seconds: number, kind: string, fields?: { readonly [field: string]: string | number }]

const view = (page: string): Step => [1, 'page_view', { page }]
const dwell = (page: string, seconds: number): Step => [seconds, 'page_dwell', { page, ms: seconds * 1000 }]
const stay = (page: string, seconds: number): Step[] => [view(page), dwell(page, seconds)]

/** Looks round, reads up, fills the cart; and gives two signals that may not be noted. */
const PAGES: readonly (readonly Step[])[] = [
  stay('home', 12),
  [...stay('category', 20), [1, 'search', { results: 4 }]],
  [...stay('product', 45), [2, 'view_item', { category: 'tea', value: 1800, currency: 'EUR' }]],
  stay('article', 90),
  [view('product'), [8, 'add_to_cart', { category: 'tea', quantity: 1 }], dwell('product', 30)],
  stay('cart', 25),
  [view('checkout'), [20, 'answer', { question: 'gift', answer: 'yes' }], dwell('checkout', 30)],
  stay('help', 60),
]

const bytesOf = (it: unknown): number => Buffer.byteLength(JSON.stringify(it))

/** Every request as it was, and what is planted in it. */
export interface SessionOptions {
  /** A report-shaped request that the device never made. */
  readonly unlogged?: boolean
  /** A request to somebody else before anything was granted. */
  readonly early?: boolean
  /** How often the pages are gone through. */
  readonly rounds?: number
}

export const makeSession = async ({
  unlogged = false,
  early = false,
  rounds = 1,
}: SessionOptions = {}): Promise<RecordedSession> => {
  const config = parseConfig(SHOP_CONFIG)
  const { needs } = snapshotOf(config)
  const device = createLoneDevice({
    config: SHOP_CONFIG,
    files: new Map([[MODEL_AT, SHOP_MODEL]]),
    start: BEGUN,
    grants: GRANTS,
  })
  const happenings: Happening[] = []
  const states: State[] = []
  let load = 0
  let call = 0
  let batch = 0
  let sent = 0
  let shown = '{}'
  const tell = (deed: Deed, at = device.now()): void => {
    happenings.push({ ...deed, n: happenings.length + 1, at, load })
  }
  const decision = { seq: 1, grants: GRANTS, expires: '2099-01-01', notice: config.notice }

  const calls = async (
    verb: 'open' | 'ingest',
    given: unknown,
    extra: object,
    act: () => Promise<unknown>,
  ): Promise<void> => {
    const id = `w${++call}`
    tell({ what: 'call', id, verb, bytes: bytesOf(given), ...extra })
    await act()
    await device.wait(4)
    tell({ what: 'answer', id, verb, ms: 4, bytes: 120 })
    const segments = device.segments() ?? {}
    if (JSON.stringify(segments) === shown) return
    shown = JSON.stringify(segments)
    tell({ what: 'segments', segments })
  }

  const requests = (): void => {
    for (; sent < device.sent.length; sent++) {
      const { at, url, body } = device.sent[sent] as (typeof device.sent)[number]
      tell(
        { what: 'request', kind: 'report', method: 'POST', url, status: 204, bytes: body.length, body, foreign: true },
        at,
      )
    }
  }

  const state = async (path: string): Promise<void> => {
    const kept = await device.account()
    states.push({
      at: device.now(),
      origin: 'https://shop.example',
      path,
      seen: 'granted',
      decision,
      optedOut: false,
      kept,
      config: { json: SHOP_CONFIG, url: CONFIG_URL },
      model: SHOP_MODEL,
      keys: { nearside: 214, 'nearside-page': 1460 },
      usage: { used: 48_000, quota: 10_000_000_000 },
      tail: 0,
      files: [
        { name: 'nearside.js', sent: 2998, bytes: 7403, ms: 6 },
        { name: 'nearside-session.js', sent: 2491, bytes: 6153, ms: 5 },
        { name: 'nearside-worker.js', sent: 13_591, bytes: 43_310, ms: 14 },
      ],
    })
  }

  const note = async (steps: readonly Step[]): Promise<void> => {
    const admitted: Signal[] = []
    for (const [seconds, kind, fields = {}] of steps) {
      await device.wait(seconds * 1000)
      const told = admit({ kind, at: device.now(), ...fields } as Signal, decision, needs)
      if (typeof told === 'string') tell({ what: 'refused', kind, reason: told })
      else admitted.push(told)
    }
    batch++
    for (const signal of admitted) tell({ what: 'signal', signal, page: load, batch })
    const given = { page: load, n: batch, signals: admitted }
    await calls('ingest', given, { signals: admitted.length, batches: [[load, batch]] }, () => device.ingest(admitted))
    requests()
  }

  for (let round = 0; round < rounds; round++)
    for (const steps of PAGES) {
      load++
      const path = `/${String(steps[0]?.[2]?.page ?? '')}`
      tell({ what: 'load', path, early: true })
      if (load === 1 && early)
        tell({
          what: 'request',
          kind: 'other',
          method: 'GET',
          url: 'https://ads.example/pixel',
          status: 200,
          bytes: 0,
          foreign: true,
          before: true,
        })
      tell({
        what: 'request',
        kind: 'file',
        method: 'GET',
        url: 'https://shop.example/nearside/nearside.js',
        status: 200,
        bytes: 0,
      })
      tell({ what: 'ready' })
      if (load === 1) tell({ what: 'decision', granted: GRANTS, expires: decision.expires })
      await calls('open', { config: SHOP_CONFIG }, {}, () => device.load())
      await note(steps)
      await device.wait(8000)
      requests()
    }
  if (unlogged) {
    const first = device.sent[0]
    if (!first) throw new Error('nothing was reported')
    const body = first.body.replace(/"segment":"\w+"/, '"segment":"zz"')
    tell({
      what: 'request',
      kind: 'report',
      method: 'POST',
      url: `${COLLECTOR}/v1/reports`,
      status: 204,
      bytes: body.length,
      body,
      foreign: true,
    })
  }
  await state('/help')
  return { v: 1, made: device.now(), holds: ['a visit that was made up'], happenings, states }
}
