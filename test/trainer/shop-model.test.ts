import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { foldAfresh, rawVector } from '../../core/feature.ts'
import type { PageKind, Signal } from '../../core/signal.ts'
import { parseSignal } from '../../core/signal.ts'
import { describeWithData } from '../harness/data.ts'
import { type Replayed, shopModel, shopRecipe, signalsOf, testRows } from '../harness/replay.ts'
import { record } from '../harness/size.ts'
import { nearside, scratch } from './io.ts'

const folder = join(import.meta.dirname, '../../examples/shop/model')
const CSV = 'online_shoppers_intention.csv'
const NOON = 1_800_000_000_000
const MINUTE = 60_000

const model = shopModel()
const segmentation = (id: string) => {
  const found = model.segmentations.find(it => it.id === id)
  if (!found) throw new Error(`no segmentation ${id}`)
  return found
}

/** The segment on a device that noted these signals, a millisecond apart unless they carry their own time. */
const segmentOf = (
  id: string,
  signals: readonly (Replayed & { at?: number })[],
  now = NOON + 1000 * MINUTE,
): string => {
  const noted = signals.map((signal, i) => parseSignal({ at: NOON + i, ...signal }, 'signal')) as Signal[]
  const last = Math.max(...noted.map(signal => signal.at))
  return assign(
    model,
    segmentation(id),
    rawVector(model.features, foldAfresh(model.features, noted), Math.min(now, last + MINUTE)),
  ).segment
}

const visit = (pages: readonly PageKind[], seconds: number): Replayed[] =>
  pages.flatMap(page => [
    { kind: 'page_view', page },
    { kind: 'page_dwell', page, ms: Math.round(seconds * 1000) },
  ])

const times = (n: number, page: PageKind): PageKind[] => Array.from({ length: n }, () => page)

/** Stays a few seconds at most. */
const bouncer: PageKind[] = ['home']
const explorer: PageKind[] = ['home', 'category', ...times(12, 'product'), 'category', 'search', 'help']
const buyer: PageKind[] = [
  'home',
  'category',
  ...times(6, 'product'),
  ...times(2, 'cart'),
  ...times(3, 'checkout'),
  'order',
  ...times(2, 'account'),
]

describe('the shop model', () => {
  it.each([0.4, 0.6, 1, 1.5, 5, 15, 30])('tells a bouncer, an explorer and a buyer apart at %f s a page', seconds => {
    const stays = [bouncer, explorer, buyer].map((pages, i) => visit(pages, i ? seconds : Math.min(seconds, 8)))
    const ends = stays.map(signals => segmentOf('visit', signals))
    expect(ends[0]).toBe('v1')
    expect(['v2', 'v3', 'v4']).toContain(ends[1])
    expect(ends[2]).toBe('v5')
  })

  it('calls a visitor of whom nothing was seen unassigned', () => {
    expect(segmentOf('visit', [{ kind: 'page_view', page: 'other' }])).toBe('v0')
  })

  it.each([
    ['nothing in the cart', [], 0, 'i2'],
    ['just added', ['add_to_cart'], 2, 'i2'],
    ['added ten minutes ago', ['add_to_cart'], 10, 'i1'],
    ['added and ordered', ['add_to_cart', 'purchase'], 12, 'i2'],
    ['added and taken out', ['add_to_cart', 'remove_from_cart'], 12, 'i2'],
    ['added twice, taken out once', ['add_to_cart', 'add_to_cart', 'remove_from_cart'], 12, 'i1'],
    ['long gone', ['add_to_cart'], 40, 'i2'],
  ] as const)('on the cart, %s after %s minutes: %s', (_, kinds, minutes, expected) => {
    const signals = [
      { kind: 'page_view' as const, page: 'home', at: NOON },
      ...kinds.map((kind, i) => ({ kind, at: NOON + i })),
    ]
    const folded = foldAfresh(model.features, signals)
    const raws = rawVector(model.features, folded, NOON + signals.length - 2 + minutes * MINUTE)
    expect(assign(model, segmentation('intent'), raws).segment).toBe(expected)
  })

  it('names each cluster for a visit the model itself puts there', () => {
    const { segments } = segmentation('visit')
    const labels = shopRecipe().segmentation.segments.map(each => each.label)
    expect(
      segments
        .slice(1)
        .map(each => each.label)
        .sort(),
    ).toEqual([...labels].sort())
  })
})

describeWithData('the shop model, from its data', [CSV], paths => {
  it('is reproduced to the byte by the documented command', async () => {
    const at = scratch()
    const args = ['train', paths[CSV], '--recipe', join(folder, 'recipe.json'), '--out', at('model.json')]
    expect(await nearside(...args)).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(at('model.json'), 'utf8')).toBe(readFileSync(join(folder, 'model.json'), 'utf8'))
  })

  it('puts every row of the test set, replayed as signals, where the trainer does', () => {
    const rows = testRows(Infinity)
    const equal = rows.filter(row => segmentOf('visit', signalsOf(row)) === row.segment)
    expect(rows.length).toBeGreaterThan(2000)
    expect(equal).toHaveLength(rows.length)
    record('test rows replayed through core as the trainer assigns them', equal.length, 'rows', rows.length)
    expect(new Set(testRows(300).map(row => row.segment)).size).toBe(7)
    expect(testRows(300)).toHaveLength(300)
  })
})
