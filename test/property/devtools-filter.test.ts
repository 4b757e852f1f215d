// The filter of the DevTools stream: what is typed is what is shown.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import type { Happening, RecordedSession } from '../../core/protocol/devtools.ts'
import { causesOf } from '../../extension/devtools/panel/causes.ts'
import { FILTER_KEYS, type FilterContext, parseFilter } from '../../extension/devtools/panel/filter.ts'
import { createLog } from '../../extension/devtools/panel/log.ts'
import { createSift } from '../../extension/devtools/panel/sift.ts'
import { makeSession, SHOP_MODEL } from '../harness/devtools-session.ts'
import { count } from '../harness/size.ts'

const RUNS = count(20_000, 300)
const model = parseModel(SHOP_MODEL)
const log = createLog(() => {})
let session: RecordedSession
let context: FilterContext

beforeAll(async () => {
  session = await makeSession()
  for (const happening of session.happenings) log.hear({ news: 'happening', happening })
  context = {
    model,
    changed: log.changed,
    causes: n => {
      const row = log.find(n)
      const led = row ? causesOf(row, { rows: log.rows(), model, changed: log.changed }) : []
      return new Set(led.map(each => each.n))
    },
  }
})

const shown = (text: string): Happening[] => {
  const sift = createSift(log, parseFilter(text, context))
  while (sift.step());
  return [...sift.found]
}

const value = fc.constantFrom(
  'page_view',
  'search',
  'true',
  'false',
  'visit',
  'intent',
  'ingest',
  'shopping',
  '2',
  'product',
)
const term = fc
  .tuple(fc.boolean(), fc.option(fc.constantFrom(...FILTER_KEYS)), fc.array(value, { minLength: 1, maxLength: 3 }))
  .map(([not, key, values]) => `${not ? '-' : ''}${key ? `${key}:` : ''}${values.join(',')}`)

describe('the filter', () => {
  it('shows all of it where nothing is typed', () => {
    expect(shown('  ')).toEqual(session.happenings)
  })

  it.each([
    ['kind:page_view', (row: Happening) => row.what === 'signal' && row.signal.kind === 'page_view'],
    ['refused:true', (row: Happening) => row.what === 'refused'],
    ['refused:unneeded kind:search', (row: Happening) => row.what === 'refused' && row.kind === 'search'],
    ['what:request request:report', (row: Happening) => row.what === 'request' && row.kind === 'report'],
    ['load:2 verb:ingest', (row: Happening) => row.load === 2 && 'verb' in row && row.verb === 'ingest'],
    ['"page=article"', (row: Happening) => row.what === 'signal' && row.signal.page === 'article'],
  ])('%s', (text, belongs) => {
    const wanted = session.happenings.filter(belongs)
    expect(wanted.length).toBeGreaterThan(0)
    expect(shown(text)).toEqual(wanted)
  })

  it('finds for a segmentation what feeds it, what became of it and what was told of it, and nothing of another', () => {
    const rows = shown('segmentation:intent')
    expect(rows.some(row => row.what === 'signal' && row.signal.kind === 'add_to_cart')).toBe(true)
    expect(rows.some(row => row.what === 'signal' && row.signal.kind === 'page_dwell')).toBe(false)
    expect(rows.filter(row => row.what === 'request')).toHaveLength(1)
    expect(shown('segmentation:visit').filter(row => row.what === 'request').length).toBeGreaterThan(1)
  })

  it('goes from a change of segment to the signals since the change before it', () => {
    const change = session.happenings.find(row => row.what === 'segments' && row.segments.visit === 'v4') as Happening
    const rows = shown(`because:${change.n}`)
    expect(rows.at(-1)).toBe(change)
    expect(rows.slice(0, -1).map(row => row.what === 'signal' && row.signal.page)).toEqual([
      'product',
      'product',
      'article',
      'article',
    ])
  })

  it('says which key it does not know, and holds to the rest', () => {
    const filter = parseFilter('colour:red kind:search', context)
    expect(filter.faults[0]).toContain('colour: is not known here')
    expect(shown('colour:red kind:search')).toEqual(shown('kind:search'))
  })

  it('narrows with every term, and a minus turns a term round', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 3 }), term, (terms, more) => {
        const all = shown(terms.join(' '))
        const some = shown([...terms, more].join(' '))
        const others = shown([...terms, more.startsWith('-') ? more.slice(1) : `-${more}`].join(' '))
        expect([...some, ...others].sort((a, b) => a.n - b.n)).toEqual(all)
      }),
      { numRuns: RUNS },
    )
  })

  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), text => {
        expect(shown(text).length).toBeLessThanOrEqual(session.happenings.length)
      }),
      { numRuns: RUNS },
    )
  })
})
