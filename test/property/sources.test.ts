// Whatever a page says of itself, nothing is thrown, and nothing personal passes the gate.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '../../core/config.ts'
import { reasonAgainst } from '../../core/personal-data.ts'
import type { Signal } from '../../core/signal.ts'
import { admit } from '../../sdk/gate.ts'
import { explain } from '../../sdk/refusal.entry.ts'
import { start as startDataLayer } from '../../sdk/sources/data-layer.entry.ts'
import { start as startSchemaOrg } from '../../sdk/sources/schema-org.entry.ts'
import * as words from '../../sdk/sources/words.entry.ts'
import { count, record, seed } from '../harness/size.ts'

vi.mock('../../sdk/sources/source.ts', () => ({ loadBeside: () => Promise.resolve(words) }))

const CANARIES = ['anna.muster@example.org', 'Anna Muster-Canary', '+49 170 5550123', '4111 1111 1111 1111']
const ITEM = ['category', 'currency', 'quantity', 'value']
const needs = ['view_item', 'add_to_cart', 'purchase', 'search'].map(kind => ({
  kind,
  category: kind === 'search' ? 'browsing' : 'shopping',
  fields: ITEM,
  words: { category: ['other', 'tea'] },
})) as unknown as Snapshot['needs']
const decision = {
  seq: 1,
  grants: { personalization: ['browsing', 'shopping'] },
  expires: '2099-01-01',
  notice: '1',
} as const

/** What a gate in front of the sources admits and says. */
const gate = () => {
  const seen: unknown[] = []
  const note = (kind: string, fields = {}): void => {
    const answer = admit({ ...fields, kind, at: 1 } as Signal, decision, needs)
    if (typeof answer !== 'string') admitted++
    seen.push(answer === 'invalid' ? explain(fields) : answer)
  }
  return { seen, note }
}

const canary = fc.constantFrom(...CANARIES)
const value = fc.oneof(
  canary,
  fc.anything({ maxDepth: 3 }),
  fc.constantFrom('EUR', 'Tea', 12.9, '12.90', -1, Number.NaN),
)
const named = (keys: readonly string[]) =>
  fc.dictionary(fc.oneof(fc.constantFrom(...keys), canary), value, { maxKeys: 6 })
const items = fc.oneof(fc.array(named(['item_category', 'price', 'quantity', 'item_name']), { maxLength: 4 }), value)
const params = fc.record({ currency: value, value, items, email: canary }, { requiredKeys: [] })
const event = fc.oneof(fc.constantFrom('add_to_cart', 'view_item', 'purchase', 'view_search_results'), value)
const entry = fc.oneof(
  fc.record({ event, ecommerce: fc.oneof(params, value) }, { requiredKeys: [] }),
  fc.tuple(fc.constant('event'), event, params),
  value,
)
const offers = fc.oneof(named(['price', 'lowPrice', 'priceCurrency']), value)
const type = fc.oneof(fc.constantFrom('Product', 'ProductGroup'), value)
const product = fc.record({ '@type': type, category: value, offers, name: canary }, { requiredKeys: ['@type'] })
const page = fc.oneof(product, fc.array(product), fc.record({ '@graph': fc.array(fc.oneof(product, value)) }), value)

const settled = async (): Promise<void> => {
  for (let i = 0; i < 8; i++) await Promise.resolve()
}
const isClean = (seen: unknown[]): boolean => !/anna|muster|canary|5550123|4111|example/i.test(JSON.stringify(seen))

let failed: unknown[]
/** How many signals a gate let pass, of all that a property tried. */
let admitted: number
const onFailure = (reason: unknown): void => void failed.push(reason)
beforeEach(() => {
  failed = []
  admitted = 0
  process.on('unhandledRejection', onFailure)
})
afterEach(() => {
  process.off('unhandledRejection', onFailure)
  vi.unstubAllGlobals()
})

const runs = { seed, numRuns: count(10_000, 300) }

describe('sources', () => {
  it('take a data layer of any shape: no throw, nothing personal', async () => {
    const property = fc.asyncProperty(
      fc.array(entry, { maxLength: 6 }),
      fc.array(entry, { maxLength: 4 }),
      async (a, b) => {
        const layer = [...a]
        vi.stubGlobal('window', { dataLayer: layer })
        const { seen, note } = gate()
        const end = new AbortController()
        startDataLayer(note, end.signal, { needs, past: true, park: () => {} })
        for (const each of b) layer.push(each)
        await settled()
        end.abort()
        expect(Object.hasOwn(layer, 'push')).toBe(false)
        expect(layer.length).toBe(a.length + b.length)
        expect(isClean(seen)).toBe(true)
      },
    )
    await fc.assert(property, runs)
    expect(failed).toEqual([])
    expect(admitted).toBeGreaterThan(runs.numRuns / 100)
    record('data layers of any shape that threw, or of which something personal was kept', 0, '', count(10_000, 300))
  })

  it('take JSON-LD of any shape: no throw, nothing personal', async () => {
    const property = fc.asyncProperty(fc.array(fc.oneof(page, canary), { maxLength: 2 }), async documents => {
      const scripts = documents.map(it => ({ textContent: JSON.stringify(it) ?? '{' }))
      vi.stubGlobal('window', {})
      vi.stubGlobal('location', { href: 'https://shop.example/' })
      vi.stubGlobal('addEventListener', () => {})
      vi.stubGlobal('document', { querySelectorAll: (it: string) => (it.startsWith('script') ? scripts : []) })
      const { seen, note } = gate()
      startSchemaOrg(note, new AbortController().signal, { needs, past: true, park: () => {} })
      await settled()
      expect(isClean(seen)).toBe(true)
    })
    await fc.assert(property, runs)
    expect(failed).toEqual([])
    expect(admitted).toBeGreaterThan(runs.numRuns / 100)
    record(
      'JSON-LD documents of any shape that threw, or of which something personal was kept',
      0,
      '',
      count(10_000, 300),
    )
  })

  it('make no word of what looks personal', () => {
    for (const each of [...CANARIES, 'DE89 3704 0044 0532 0130 00', '192.168.0.1', '52.52000, 13.40500', '/users/anna'])
      expect([each, reasonAgainst(each), words.wordFrom(each)?.endsWith(' ')]).toEqual(
        each === 'Anna Muster-Canary' ? [each, undefined, false] : [each, 'looks-personal', true],
      )
    expect(reasonAgainst('I would like to have it sent soon')).toBe('free-text')
    expect(reasonAgainst('x'.repeat(65))).toBe('too-long')
    for (const each of ['Tea', 'Running shoes', 'Kaffee & Tee', 'Size 42']) expect(reasonAgainst(each)).toBeUndefined()
  })

  it('know the minor unit of each currency', () => {
    expect(words.minorOf(12.9, 'EUR')).toBe(1290)
    expect(words.minorOf('1.005', 'USD')).toBe(101)
    expect(words.minorOf(1290, 'JPY')).toBe(1290)
    expect(words.minorOf(1.5, 'KWD')).toBe(1500)
    for (const it of [-1, 'a', {}, null, 1e300]) expect(words.minorOf(it, 'EUR')).toBeUndefined()
    expect(words.minorOf(1, 'euro')).toBeUndefined()
  })
})
