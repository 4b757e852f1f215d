// Whatever a server makes of a model: what is not the site's, or not everyone's, is refused, and the last good one stays.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Log } from '../../core/log.ts'
import { MODEL_FAULTS } from '../../core/model-fault.ts'
import type { Signal } from '../../core/signal.ts'
import { createLoneDevice } from '../harness/lone-device.ts'
import {
  configFor,
  type Document,
  EMPTY_LOG,
  entered,
  KEY,
  LOG_URL,
  MODEL_URL,
  model,
  START,
  signed,
} from '../harness/served-site.ts'
import { count, record, seed } from '../harness/size.ts'

const RUNS = count(10_000, 400)

interface Site {
  readonly config: string
  readonly good: string
  readonly log: Log
}

const site = async (): Promise<Site> => {
  const config = configFor(model(5), { modelKey: KEY, log: LOG_URL })
  const good = await signed(model(5))
  const log = await entered(await entered(await EMPTY_LOG(), 'config', 'shop', config), 'model', 'shop.5', good)
  return { config, good, log }
}

/** What is served in the place of the good model, and the log beside it. */
type Attack = (site: Site, n: number) => Promise<{ readonly model: string | undefined; readonly log: Log | string }>

const logged = async ({ log }: Site, name: string, text: string) => ({
  model: text,
  log: await entered(log, 'model', name, text),
})

const at = (text: string, n: number): number => n % text.length

/** Each with the reason that must be told; where the damage decides, any will do. */
const ATTACKS: { readonly [name: string]: readonly [Attack, ...string[]] } = {
  tampered: [
    async ({ good, log }, n) => {
      const i = at(good, n)
      const other = String.fromCharCode(33 + ((good.charCodeAt(i) + 1 + (n % 90)) % 93))
      return { model: good.slice(0, i) + (other === good[i] ? '~' : other) + good.slice(i + 1), log }
    },
    'unreadable',
    'unsigned',
    'expired',
    'older',
  ],
  'tampered, and entered in the log': [
    async (it, n) => {
      const document = JSON.parse(it.good) as Document
      const [first, ...rest] = document.segmentations as { label: string }[]
      const text = JSON.stringify({ ...document, segmentations: [{ ...first, label: `visit ${n}` }, ...rest] })
      return logged(it, 'shop.5', text)
    },
    'unsigned',
  ],
  truncated: [async ({ good, log }, n) => ({ model: good.slice(0, at(good, n)), log }), 'unreadable'],
  're-ordered': [
    async (it, n) => {
      const document = JSON.parse(it.good) as Document
      const all = document.segmentations as unknown[]
      const by = 1 + (n % (all.length - 1))
      return logged(
        it,
        'shop.5',
        JSON.stringify({ ...document, segmentations: [...all.slice(by), ...all.slice(0, by)] }),
      )
    },
    'unsigned',
  ],
  'rolled back': [async (it, n) => logged(it, `shop.${1 + (n % 4)}`, await signed(model(1 + (n % 4)))), 'older'],
  expired: [
    async (it, n) => logged(it, 'shop.6', await signed(model(6, { expires: `20${10 + (n % 17)}-01-01` }))),
    'expired',
  ],
  oversized: [
    async (it, n) => logged(it, 'shop.6', `${await signed(model(6))}${' '.repeat(1_000_000 + n)}`),
    'unreadable',
  ],
  "by another's key": [
    async (it, n) => logged(it, 'shop.6', await signed(model(6), `B${'x'.repeat(80)}${n}`)),
    'unsigned',
  ],
  'not signed': [async it => logged(it, 'shop.6', JSON.stringify(model(6))), 'unsigned'],
  'not in the log': [async ({ log }, n) => ({ model: await signed(model(6 + (n % 90))), log }), 'not-logged'],
  'of a split view': [
    async ({ config }, n) => {
      const other = await entered(await EMPTY_LOG(), 'config', 'shop', config)
      const longer = await entered(other, 'model', `shop.${n}`, `another visitor's ${n}`)
      const text = await signed(model(6))
      return { model: text, log: await entered(longer, 'model', 'shop.6', text) }
    },
    'rewritten',
  ],
  'of a log cut short': [
    async ({ config, good }) => {
      const text = await signed(model(6))
      const log = await entered(await EMPTY_LOG(), 'model', 'shop.6', text)
      return { model: text, log: good ? await entered({ ...log, site: 'shop' }, 'config', 'shop', config) : log }
    },
    'rewritten',
  ],
  'under a notice that is not in the log': [
    async ({ log }, n) => {
      const text = await signed(model(6))
      const other = await entered(log, 'notice', `other-${n}`, `other-${n}`)
      return { model: text, log: await entered(other, 'model', 'shop.6', text) }
    },
    'not-logged',
  ],
  'of a log with another root': [
    async (it, n) => {
      const made = await logged(it, 'shop.6', await signed(model(6)))
      const { root } = made.log
      const i = at(root, n)
      return {
        ...made,
        log: { ...made.log, root: root.slice(0, i) + (root[i] === 'A' ? 'B' : 'A') + root.slice(i + 1) },
      }
    },
    'wrong-root',
  ],
  'of a log that is none': [
    async it => ({ ...(await logged(it, 'shop.6', await signed(model(6)))), log: '{"v":1}' }),
    'no-log',
  ],
}

const views = (n: number, at: number): Signal[] =>
  Array.from({ length: n }, (_, i) => ({ kind: 'page_view', at: at + i, page: 'product' }) as Signal)

const begun = async (it: Site) => {
  const files = new Map([
    [MODEL_URL, it.good],
    [LOG_URL, JSON.stringify(it.log)],
  ])
  const device = createLoneDevice({ config: it.config, files, start: START })
  await device.load()
  await device.ingest(views(3, START))
  return { device, files }
}

describe('a model that fails a check', () => {
  const names = Object.keys(ATTACKS)

  it(
    `is refused, and the last good one works on, in ${RUNS} made-up cases of ${names.length} sorts`,
    async () => {
      const it = await site()
      const met = new Set<string>()
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), fc.nat({ max: 1_000_000 }), async (name, n) => {
          const [attack, ...reasons] = ATTACKS[name] as readonly [Attack, ...string[]]
          const { device, files } = await begun(it)
          const before = device.segments()
          const served = await attack(it, n)
          if (served.model === it.good) return
          files.set(MODEL_URL, served.model as string)
          files.set(LOG_URL, typeof served.log === 'string' ? served.log : JSON.stringify(served.log))
          const update = await device.load()
          expect(update.problem).toBeUndefined()
          expect(update.segments).toEqual(before)
          await device.ingest(views(3, START + 10))
          expect(device.segments()).toEqual({ ...before, visit: 'v3' })
          const account = await device.account()
          expect(account.model?.id).toBe('shop.5')
          const events = account.ledger.flatMap(({ event }) => (event.type === 'model' ? [event] : []))
          expect(events.map(({ what }) => what)).toEqual(['taken', 'refused'])
          expect(reasons).toContain(events[1]?.why)
          expect(account.model?.refused).toBe(events[1]?.why)
          met.add(events[1]?.why as string)
          expect(device.warnings).toHaveLength(1)
          // Asked again on the next page: refused again, and the ledger has been told.
          await device.load()
          expect((await device.account()).ledger.filter(({ event }) => event.type === 'model')).toHaveLength(2)
          // Once the good one is back, all is well.
          files.set(MODEL_URL, it.good)
          files.set(LOG_URL, JSON.stringify(it.log))
          await device.load()
          expect((await device.account()).model).toEqual({
            id: 'shop.5',
            signed: true,
            log: { size: 3, root: it.log.root },
          })
        }),
        { seed, numRuns: RUNS },
      )
      expect(MODEL_FAULTS.filter(fault => fault !== 'unreachable' && !met.has(fault))).toEqual([])
      record('models that fail a check, refused with the last good one untouched', RUNS, 'cases', RUNS)
    },
    Math.max(60_000, RUNS * 250),
  )

  it('stops nothing where it cannot be fetched, and is not held against the site', async () => {
    const { device, files } = await begun(await site())
    files.delete(MODEL_URL)
    const update = await device.load()
    expect(update.segments).toEqual({ visit: 'v2', cart: 'c1', dwell: 'd1', idle: 'i1' })
    expect(device.warnings).toEqual([expect.stringMatching(/model\.json: the server answered 404.*stays/)])
    expect((await device.account()).ledger.filter(({ event }) => event.type === 'model')).toHaveLength(1)
  })

  it('stops all where none was taken before', async () => {
    const it = await site()
    const files = new Map([
      [MODEL_URL, JSON.stringify(model(5))],
      [LOG_URL, JSON.stringify(it.log)],
    ])
    const device = createLoneDevice({ config: it.config, files, start: START })
    expect((await device.load()).problem).toMatch(/not signed, though the config names a key/)
  })
})
