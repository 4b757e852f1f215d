import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { assign } from '../../core/assign.ts'
import { foldAfresh, rawVector } from '../../core/feature.ts'
import { categoriesOf } from '../../core/model.ts'
import { parseModel } from '../../core/parse-model.ts'
import { type PageKind, parseSignal } from '../../core/signal.ts'
import { modelNeeds } from '../../trainer/needs.ts'
import { seeded } from '../../trainer/random.ts'
import { describeWithData } from '../harness/data.ts'
import { record } from '../harness/size.ts'
import { nearside, scratch } from './io.ts'

const folder = join(import.meta.dirname, '../../sdk/starter')
const CSV = 'online_shoppers_intention.csv'
const NOON = 1_800_000_000_000

const text = readFileSync(join(folder, 'starter.json'), 'utf8')
const model = parseModel(text, 'starter.json')
const segmentation = (id: string) => {
  const found = model.segmentations.find(it => it.id === id)
  if (!found) throw new Error(`no segmentation ${id}`)
  return found
}

type Act = PageKind | 'add_to_cart' | 'remove_from_cart' | 'purchase'
const noted = (act: Act, i: number) => {
  const at = NOON + i * 1000
  const isAct = act === 'add_to_cart' || act === 'remove_from_cart' || act === 'purchase'
  return parseSignal(isAct ? { kind: act, at } : { kind: 'page_view', page: act, at }, 'signal')
}

/** The segment on a device after these pages and acts. */
const segmentOf = (id: string, acts: readonly Act[]): string => {
  const raws = rawVector(model.features, foldAfresh(model.features, acts.map(noted)), NOON + acts.length * 1000)
  return assign(model, segmentation(id), raws).segment
}

describe('the starter model', () => {
  it.each<[string, Act[], string]>([
    ['nothing seen', ['other'], 's0'],
    ['a first page', ['home'], 's1'],
    ['two pages of products', ['home', 'product'], 's1'],
    ['three', ['home', 'category', 'product'], 's2'],
    ['five', ['home', 'category', 'product', 'product', 'search'], 's2'],
    ['an article, straight from a search engine', ['article'], 's3'],
    ['help between products', ['home', 'product', 'help', 'product', 'product'], 's3'],
    ['the account at once', ['home', 'account', 'account'], 's4'],
    ['a cart after three products', ['home', 'product', 'product', 'product', 'cart'], 's4'],
  ])('tells within five page views: %s', (_, pages, expected) => {
    expect(pages.length).toBeLessThanOrEqual(5)
    expect(segmentOf('visit', pages)).toBe(expected)
  })

  it.each<[string, Act[], string]>([
    ['untouched', ['home'], 'c3'],
    ['filled', ['product', 'add_to_cart'], 'c2'],
    ['emptied', ['add_to_cart', 'remove_from_cart'], 'c3'],
    ['filled twice, one taken out', ['add_to_cart', 'add_to_cart', 'remove_from_cart'], 'c2'],
    ['ordered', ['add_to_cart', 'purchase'], 'c1'],
  ])('knows the cart: %s', (_, acts, expected) => {
    expect(segmentOf('cart', acts)).toBe(expected)
  })

  it('knows a search from none', () => {
    expect(segmentOf('search', ['home', 'search'])).toBe('q1')
    expect(segmentOf('search', ['home', 'product'])).toBe('q2')
  })

  it('leaves visit and search to those who grant browsing alone, and keeps no dwell, value or word of the shop', () => {
    expect(['visit', 'search', 'cart'].map(id => categoriesOf(model, segmentation(id)))).toEqual([
      ['browsing'],
      ['browsing'],
      ['shopping'],
    ])
    expect(modelNeeds(model).map(({ kind, fields }) => [kind, fields])).toEqual([
      ['add_to_cart', []],
      ['page_view', ['page']],
      ['purchase', []],
      ['remove_from_cart', []],
    ])
  })

  it('weighs at most 2.5 kB', () => {
    const size = brotliCompressSync(text).length
    expect(size).toBeLessThan(2500)
    record('the starter model', size, 'B brotli')
  })
})

/** Pages of each group in a row of the file, in the order of the model's features. */
const GROUPS = ['Administrative', 'Informational', 'ProductRelated']

/** Draws `n` pages of a visit whose pages come in any order, each as likely as the next. */
const firstPages = (pages: readonly number[], n: number, random: () => number): number[] => {
  const left = [...pages]
  const seen = pages.map(() => 0)
  for (let drawn = 0; drawn < n; drawn++) {
    const target = random() * left.reduce((a, b) => a + b, 0)
    const group = left.findIndex((_, i) => target < left.slice(0, i + 1).reduce((a, b) => a + b, 0))
    left[group] = (left[group] ?? 0) - 1
    seen[group] = (seen[group] ?? 0) + 1
  }
  return seen
}

describeWithData('the starter model, from its data', [CSV], paths => {
  it('is reproduced to the byte by the documented command', async () => {
    const at = scratch()
    const args = ['train', paths[CSV], '--recipe', join(folder, 'starter.recipe.json'), '--out', at('starter.json')]
    const { code, out } = await nearside(...args, '--json')
    expect(code).toBe(0)
    expect(readFileSync(at('starter.json'), 'utf8')).toBe(text)
    const { rows } = JSON.parse(out)
    expect(rows).toEqual({
      read: 12_330,
      training: 2_508,
      test: 594,
      left: [
        { reason: 'outside only', rows: 9_222 },
        { reason: 'nothing seen', rows: 6 },
      ],
    })
  })

  it('agrees with itself at the end of visits that training did not see as often as its page says', () => {
    const table = parseCsv(readFileSync(paths[CSV], 'utf8'), GROUPS, CSV)
    const visits = Array.from({ length: table.rows }, (_, row) =>
      GROUPS.map(name => Number(table.columns.get(name)?.[row])),
    ).filter(pages => pages.reduce((a, b) => a + b, 0) > 8)
    const at = (pages: readonly number[]): string =>
      assign(model, segmentation('visit'), [...pages, ...model.features.slice(3).map(() => 0)]).segment
    const random = seeded(1)
    const agreement = [1, 2, 3, 4, 5].map(n => {
      const same = visits.filter(pages => at(firstPages(pages, n, random)) === at(pages)).length
      return Number((same / visits.length).toFixed(2))
    })
    expect(visits).toHaveLength(9_222)
    expect(agreement).toEqual([0.02, 0.04, 0.55, 0.58, 0.62])
  })
})
