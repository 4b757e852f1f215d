import { expect, it } from 'vitest'
import type { Deed, Happening, News } from '../../core/protocol/devtools.ts'
import { createSession } from '../../extension/devtools/session.ts'

const load: Deed = { what: 'load', path: '/', early: true }
const yes: Deed = { what: 'decision', granted: { measurement: ['browsing'] }, expires: '2199-01-01' }
const signal = (batch: number): Deed => ({ what: 'signal', signal: { kind: 'page_view', at: 1 }, page: 0.5, batch })
const handed = (batch: number): Deed => ({
  what: 'call',
  id: `c${batch}`,
  verb: 'ingest',
  bytes: 1,
  batches: [[0.5, batch]],
})

const record = (...deeds: readonly Deed[]) => {
  const session = createSession()
  deeds.forEach((deed, at) => {
    session.add(at, deed)
  })
  const rows: Happening[] = []
  session.listen((news: News) => news.news === 'happening' && rows.push(news.happening))
  return { session, rows }
}

it('numbers what happens, page by page', () => {
  const { rows } = record(load, yes, load, yes)
  expect(rows.map(({ n, load, what }) => [n, load, what])).toEqual([
    [1, 1, 'load'],
    [2, 1, 'decision'],
    [3, 2, 'load'],
    [4, 2, 'decision'],
  ])
})

it('tells a batch once that the next page hands over again', () => {
  const { rows } = record(load, signal(1), handed(1), load, signal(1), signal(2), handed(2))
  expect(rows.filter(({ what }) => what === 'signal')).toHaveLength(2)
})

it('tells a decision once a page, and each that differs', () => {
  const no: Deed = { what: 'decision', granted: {} }
  const { rows } = record(load, yes, yes, no, no, yes)
  expect(rows.filter(({ what }) => what === 'decision')).toHaveLength(3)
})

it('judges a request by what was granted when it began, not when it ended', () => {
  const { session } = record(load, yes)
  expect([session.around(0).granted, session.around(1).granted]).toEqual([false, true])
})

it('takes what is paused, and a new page, for nothing granted', () => {
  const paused = record(load, yes, { ...yes, paused: true } as Deed).session
  const again = record(load, yes, load).session
  expect([paused.around(9).granted, again.around(9).granted]).toEqual([false, false])
})

it('accuses no request that began before anything is known', () => {
  const session = createSession()
  session.add(10, load)
  expect([session.around(9).granted, session.around(10).granted]).toEqual([true, false])
})
