import { describe, expect, it } from 'vitest'
import { nearside, scratch, smallRecipe } from './io.ts'

const words = { add: 'add_to_cart', buy: 'purchase' }
const signals = {
  key: 'who',
  asOf: '2026-03-01T00:00:00Z',
  time: { columns: ['at'], format: 'YYYY-MM-DD hh:mm', zone: 'UTC' },
  kind: { column: 'event', words },
}
const spec = (name: string, kind: string, more: object) => ({ name, kind, ...more })
const features = [
  spec('adds', 'add_to_cart', { aggregate: 'count', window: 30 }),
  spec('orders', 'purchase', { aggregate: 'count', window: 30 }),
  spec('since_add', 'add_to_cart', { aggregate: 'recency', window: 'session', per: 60_000 }),
]
const segment = (id: string, label: string) => ({ id, label, description: 'As it says.' })
const rules = {
  kind: 'rules',
  id: 'cart',
  label: 'Cart',
  uses: ['content'],
  segments: [segment('c0', 'Unknown'), segment('c1', 'Waiting'), segment('c2', 'Not')],
  rules: [{ segment: 'c1', all: [{ feature: 'since_add', least: 5, most: 19 }] }],
  otherwise: 'c2',
}
const recipe = (change: object = {}, rule: object = rules): string => {
  const made = JSON.parse(
    smallRecipe({ signals, features, vector: undefined, ...change }, { features: ['adds', 'orders'] }),
  )
  made.segmentations.push(rule)
  return JSON.stringify(made)
}
const events = [
  'who,event,at',
  'a,add,2026-01-10 10:00',
  'a,add,2026-02-10 10:00',
  'a,buy,2026-02-10 10:07',
  'b,add,2026-01-20 23:50',
  'c,buy,2026-01-20 12:00',
].join('\n')

describe('nearside rules', () => {
  it('tells for how many a rule held, when it began and how long it went on, to the minute', async () => {
    const at = scratch()
    const args = ['rules', at('e.csv', events), '--recipe', at('r.json', recipe())]
    const { out, err } = await nearside(...args, '--json')
    expect(err).toBe('')
    const { people, tried, segments } = JSON.parse(out)
    expect([people, tried]).toEqual([3, 3])
    const waiting = segments.find((it: { segment: string }) => it.segment === 'c1')
    // Fifteen minutes each: from the fifth whole minute to the end of the nineteenth, over midnight as well.
    expect(waiting).toMatchObject({ people: 2, times: 3, open: 0, held: [900_000, 900_000, 900_000] })
    expect(waiting.months).toEqual({ '2026-01': 2, '2026-02': 1 })
    expect((await nearside(...args)).out).toMatch(/c1 Waiting\s+2\s+3\s+15 min, 15 min, 15 min/)
  })

  it('keeps a segment for as long as the recipe holds it, as a device does', async () => {
    const at = scratch()
    const tried = async (hold: number) => {
      const args = ['rules', at('e.csv', events), '--recipe', at('r.json', recipe({}, { ...rules, hold }))]
      const { segments } = JSON.parse((await nearside(...args, '--json')).out)
      return segments.find((it: { segment: string }) => it.segment === 'c1')
    }
    expect(await tried(10)).toMatchObject({ times: 3, held: [600_000, 600_000, 600_000] })
    // Whoever came anew is in the other segment for half an hour: only one had been there for weeks.
    expect(await tried(30)).toMatchObject({ people: 1, times: 1, held: [1_800_000, 1_800_000, 1_800_000] })
  })

  it('says what it cannot be tried on', async () => {
    const at = scratch()
    const run = (text: string) => nearside('rules', at('e.csv', events), '--recipe', at('r.json', text))
    expect((await run(smallRecipe())).err).toContain('no rules')
    const none = JSON.parse(smallRecipe())
    none.features = features.slice(2)
    none.segmentations.push(rules)
    expect((await run(JSON.stringify(none))).err).toMatch(/has no column|no history/)
  })
})
