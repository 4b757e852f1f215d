// The boundary between a page and the popup: what a site stores is a claim, and is parsed as one.
import { describe, expect, it } from 'vitest'
import own from '../../extension/locales/en.json' with { type: 'json' }
import { way } from '../../extension/popup/frame.ts'
import { parseChanged, parseChecked, switched } from '../../extension/request.ts'
import { parseAccount, parseSight } from '../../extension/sight.ts'
import type { Voice } from '../../extension/voice.ts'
import { toMarkup } from '../../view/to-string.ts'

const remains = { decision: true, granted: true, page: true, database: true, tickets: 0, others: 0 }
const decision = { seq: 1, grants: { personalization: ['browsing'] }, expires: '2199-01-01', notice: 'n1' }
const report = { type: 'report', segmentation: 'visit', recipient: 'https://counts.example', body: '{"v":1}' }
const entry = { n: 1, at: 1_700_000_000_000, event: report, hash: '0'.repeat(64) }
const segment = {
  segmentation: 'visit',
  segment: 'a1',
  distance: 1,
  contributions: [{ feature: 'pages', value: 2, weight: 0.5 }],
  question: 'What kind of visit?',
  label: 'Looks around',
  description: '',
  among: [
    { segment: 'a0', label: 'Not known yet', description: '' },
    { segment: 'a1', label: 'Looks around', description: '', place: [0.5, -1] },
  ],
  place: [0.25, 0],
}
const access = {
  v: 1,
  site: 'shop',
  made: 1_700_000_000_000,
  decision,
  retention: { browsing: 30 },
  signals: [{ kind: 'page_view', at: 1_700_000_000_000, page: 'home' }],
  refused: { 'looks-personal': 2 },
  features: [{ name: 'pages', value: null }],
  segments: [segment],
  ledger: [entry],
  tampered: null,
  waiting: ['{"v":1}'],
}
const sight = { seen: 'granted', decision, kept: access, config: null, tail: 0, remains }
const withAccess = (changes: object) => ({ ...sight, kept: { ...access, ...changes } })

describe('a sight', () => {
  it.each([
    { seen: 'absent' },
    { seen: 'undecided' },
    { seen: 'refused', decision: { ...decision, grants: {} }, remains },
    sight,
    { ...sight, kept: null },
    { seen: 'leftover', decision: null, kept: null, config: null, remains },
    { seen: 'erased', remains: { ...remains, tickets: 2, until: '2199-01-01' } },
    { seen: 'unreadable', problem: 'newer', remains },
  ])('is read as it was told: $seen', value => {
    expect(parseSight(structuredClone(value))).toEqual(value)
  })

  it.each([
    ['nothing at all', null],
    ['a kind that there is not', { seen: 'everything' }],
    ['a kind from the prototype', { seen: 'constructor' }],
    ['a state that only the popup can see', { seen: 'blocked' }],
    ['a field too many', { seen: 'absent', html: '<b>' }],
    ['a day that there is not', { ...sight, decision: { ...decision, expires: '2199-99-99' } }],
    ['a label of a megabyte', withAccess({ segments: [{ ...segment, label: 'x'.repeat(1e6) }] })],
    ['a number that is none', withAccess({ segments: [{ ...segment, distance: Number.NaN }] })],
    ['an instant that no calendar has', withAccess({ ledger: [{ ...entry, at: 9e15 }] })],
    ['a report longer than any', withAccess({ waiting: ['x'.repeat(257)] })],
    ['half a character', withAccess({ ledger: [{ ...entry, event: { ...report, body: '\ud800' } }] })],
    ['an event that there is not', withAccess({ ledger: [{ ...entry, event: { type: 'toString' } }] })],
    ['a signal that there is not', withAccess({ signals: [{ kind: 'diary', at: 1 }] })],
    ['a reason that there is not', withAccess({ refused: { ada: 1 } })],
    ['a million signals', withAccess({ signals: new Array(1_000_000).fill(access.signals[0]) })],
    ['a purpose that there is not', withAccess({ decision: { ...decision, grants: { spying: ['browsing'] } } })],
  ])('is refused: %s', (_, value) => {
    expect(() => parseSight(value)).toThrow()
  })
})

describe('what became of a change', () => {
  const changed = { count: 1, sight: { seen: 'absent' } }
  const head = { size: 2, root: 'r'.repeat(43) }

  it.each([changed, { ...changed, count: 0, refused: 'outdated', problem: 'too late' }])(
    'is read as it was told',
    told => {
      expect(parseChanged(structuredClone(told), 'answer')).toEqual(told)
    },
  )

  it.each([
    null,
    { ...changed, count: -1 },
    { ...changed, refused: 'because' },
    { ...changed, problem: 'x'.repeat(301) },
    { ...changed, sight: { seen: 'everything' } },
  ])('is refused: %j', told => {
    expect(() => parseChanged(told, 'answer')).toThrow()
  })

  it.each([
    { kept: 'logged', served: 'rewritten', head, differing: ['vary'] },
    { kept: 'no-log', served: 'no-log' },
  ])('a check is read as it was told', told => {
    expect(parseChecked(told, 'answer')).toEqual(told)
  })

  it.each([null, { kept: 'logged' }, { kept: 'fine', served: 'fine' }, { kept: 'logged', served: 'logged', head: 1 }])(
    'a check is refused: %j',
    told => {
      expect(() => parseChecked(told, 'answer')).toThrow()
    },
  )
})

describe('a switch', () => {
  const offer = { purposes: ['personalization', 'measurement'], categories: ['browsing', 'shopping'] } as const
  const grants = { personalization: ['browsing'], advertising: ['answers'] } as const

  it.each([
    [
      { purpose: 'measurement', on: true },
      { ...grants, measurement: ['browsing', 'shopping'] },
    ],
    [
      { category: 'shopping', on: true },
      { ...grants, personalization: ['browsing', 'shopping'], measurement: ['shopping'] },
    ],
    [
      { purpose: 'personalization', category: 'shopping', on: true },
      { ...grants, personalization: ['browsing', 'shopping'] },
    ],
    [{ purpose: 'personalization', category: 'browsing', on: false }, { advertising: ['answers'] }],
    [{ purpose: 'advertising', on: false }, { personalization: ['browsing'] }],
    [{ purpose: 'activation', on: true }, grants],
    [{ on: false }, {}],
  ] as const)('%j turns what it names, and on no more than is offered', (turned, left) => {
    expect(switched(grants, offer, turned)).toEqual(left)
  })
})

describe('an account', () => {
  const account = { act: 'erase', remains, blocked: false, returned: false }

  it('is read as it was told', () => {
    expect(parseAccount(account, 'account')).toEqual(account)
  })

  it.each([null, { ...account, act: 'look' }, { ...account, blocked: 'no' }, { ...account, remains: {} }])(
    'is refused: %j',
    value => {
      expect(() => parseAccount(value, 'account')).toThrow()
    },
  )
})

it('a site in a private window is not named in the address that leads to the dashboard', () => {
  const address = (incognito: boolean) =>
    toMarkup(way({ tab: 1, origin: 'https://shop.example', incognito }, { own } as Voice))
  expect(address(false)).toContain('#site=https%3A%2F%2Fshop.example')
  expect(address(true)).not.toContain('shop')
})
