import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Around, type Asked, isWorthTelling, wireOf } from '../../extension/devtools/wire.ts'
import { count, seed } from '../harness/size.ts'

const SITE = 'https://shop.example'
const around: Around = { origin: SITE, granted: true, segments: { visit: 'v3' }, files: [`${SITE}/nearside.json`] }
const get = (url: string): Asked => ({ method: 'GET', url, status: 200, body: undefined, document: false })
const post = (url: string, body: string): Asked => ({ ...get(url), method: 'POST', body })

const REPORT = JSON.stringify({
  v: 1,
  site: 'shop',
  model: 'shop.1',
  epoch: 2968,
  segmentation: 'visit',
  segment: 'v3',
  pseudonym: 'AAAAAAAAAAAAAAAAAAAAAA',
  seq: 1,
  notice: 'abc',
})

it.each([
  ['a report by its body, wherever it goes', post('https://elsewhere.example/x', REPORT), 'report'],
  ['a report by its address, whatever it says', post('https://c.example/v1/reports', 'v3'), 'report'],
  ['a ticket', post('https://c.example/v1/erasures', '{}'), 'ticket'],
  ['a file of ours', get(`${SITE}/a/nearside-worker.js?x`), 'file'],
  ['the config, whatever it is called', get(`${SITE}/nearside.json`), 'file'],
  ['a page', { ...get(`${SITE}/`), document: true }, 'page'],
  ['anything else', get(`${SITE}/tea.svg`), 'other'],
] as const)('knows %s', (_, asked, kind) => {
  expect(wireOf(asked, around).kind).toBe(kind)
})

it('tells whose a request is, and whether anything was granted', () => {
  expect(wireOf(get('https://other.example/pixel'), { ...around, granted: false })).toMatchObject({
    foreign: true,
    before: true,
  })
  expect(wireOf(get(`${SITE}/tea.svg`), around)).not.toHaveProperty('foreign')
})

it.each([
  ['in an address', get(`${SITE}/offers?segment=v3`), true],
  ['behind percents', get(`${SITE}/offers?x=%22v3%22`), true],
  ['in a body', post(`${SITE}/log`, '{"s":"v3"}'), true],
  ['in the middle of something else', get(`${SITE}/offers?file=v31-rv3`), false],
  ['in a path, beside its question', get(`${SITE}/greetings/visit-v3.webp`), true],
  ['in a path, as any product may be called', get(`${SITE}/v3/tea`), false],
] as const)('finds a segment that is spelt out: %s', (_, asked, found) => {
  expect(wireOf(asked, around).carries).toEqual(found ? ['visit'] : undefined)
})

it('leaves out the pictures of the site itself, and nothing that tells somebody something', () => {
  const told = (asked: Asked): boolean => isWorthTelling(wireOf(asked, around))
  expect(told(get(`${SITE}/tea.svg`))).toBe(false)
  expect(told(get(`${SITE}/tea.svg?s=v3`))).toBe(true)
  expect(told(get('https://other.example/tea.svg'))).toBe(true)
  expect(told(post(`${SITE}/cart`, 'add=1'))).toBe(true)
})

it('keeps nothing of an address behind its path, and no body but a report’s', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (query, fragment, body) => {
      const wire = wireOf(post(`https://x.example/a?${query}#${fragment}`, body), around)
      expect(wire.url).toBe('https://x.example/a')
      if (wire.kind === 'other') expect(wire).not.toHaveProperty('body')
    }),
    { seed, numRuns: count(1000, 40) },
  )
})
