import { describe, expect, it } from 'vitest'
import type { KeptSegment } from '../../core/access.ts'
import type { Entry, Event } from '../../core/ledger.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import type { Signal } from '../../core/signal.ts'
import { decision } from '../../view/decision.ts'
import type { ElementNode } from '../../view/element.ts'
import { labelsOfKept, labelsOfModel } from '../../view/labels.ts'
import { ledger } from '../../view/ledger.ts'
import { topReasons } from '../../view/reasons.ts'
import { refusals } from '../../view/refusals.ts'
import { segmentCard } from '../../view/segment-card.ts'
import { signals } from '../../view/signals.ts'
import { toMarkup } from '../../view/to-string.ts'

const id = (text: string) => text as SegmentId
/** What a person reads, without the decoration. */
const read = (node: ElementNode | string): string =>
  typeof node === 'string'
    ? node
    : node.tag === 'svg'
      ? ''
      : node.children.map(read).join(['li', 'p', 'th', 'td', 'tr'].includes(node.tag) ? '' : ' ')

const explorer: KeptSegment = {
  segmentation: 'visit',
  segment: id('b2'),
  question: 'What kind of visit is this?',
  label: 'Explorer <img src=x>',
  description: 'Looks at many products, in no hurry.',
  distance: 1.2,
  runnerUp: { segment: id('c3'), distance: 2.6 },
  contributions: [
    { feature: 'product_views', value: 14, weight: 6.1 },
    { feature: 'product_dwell', value: 312.44, weight: 2.2 },
    { feature: 'cart_views', value: 1, weight: -1.1 },
    { feature: 'help_views', value: 0, weight: 0.001 },
  ],
  among: [
    { segment: id('a1'), label: 'Unclear', description: '' },
    { segment: id('b2'), label: 'Explorer', description: 'Looks at many products.', place: [0, 1] },
    { segment: id('c3'), label: 'Buyer', description: 'Buys.', place: [2, 1] },
  ],
  place: [0.5, 1],
}
const labels = labelsOfKept({ segments: [explorer], features: [{ name: 'product_dwell', value: 312_440, ms: 1 }] })

describe('a segment card', () => {
  it('says the label, the reasons in words and numbers, and how near the next was', () => {
    const said = read(segmentCard(explorer, { question: () => undefined, segment: () => 'Buyer' }))
    for (const part of [
      'What kind of visit is this?',
      'Explorer',
      'Product views',
      '14',
      'Product dwell',
      '312.4',
      'Cart views',
      'spoke against it',
      'Buyer',
      'a clear case',
    ])
      expect(said).toContain(part)
    expect(said).not.toContain('Help views')
  })

  it('says the smallest change that would lead elsewhere', () => {
    const change = { feature: 'cart_views', from: 1, to: 3, segment: id('c3') }
    const said = read(segmentCard({ ...explorer, change }, { question: () => undefined, segment: () => 'Buyer' }))
    expect(said.replace(/\s+/g, ' ')).toContain('With “Cart views” at 3 instead of 1 it would be Buyer')
    expect(read(segmentCard(explorer))).not.toContain('instead of')
  })

  it('says how the answer bears on prices, whatever it is', () => {
    const disclosure = 'Explorers pay a tenth less.'
    expect(read(segmentCard({ ...explorer, disclosure }))).toContain(disclosure)
    expect(read(segmentCard({ ...explorer, disclosure, unassigned: 'no-signals' }))).toContain(disclosure)
  })

  it('says what the visitor chose, and what they ruled out', () => {
    expect(read(segmentCard({ ...explorer, pinned: true, contributions: [] }))).toContain('You chose this yourself')
    expect(read(segmentCard({ ...explorer, unassigned: 'not-me', contributions: [] }))).toContain('is not you')
  })

  it('prints a hostile label as text', () => {
    expect(toMarkup(segmentCard(explorer))).toContain('Explorer &lt;img src=x&gt;')
  })

  it('says why there is no group', () => {
    const said = read(segmentCard({ ...explorer, segment: id('a1'), unassigned: 'denied', contributions: [] }))
    expect(said).toContain('No group')
    expect(said).toContain('You have not allowed what this question needs')
    expect(said).not.toContain('Explorer')
  })

  it('shows no strengths for rules, which have none', () => {
    const { distance: _, runnerUp: __, ...rule } = explorer
    expect(
      toMarkup(segmentCard({ ...rule, contributions: [{ feature: 'cart_adds', value: 2, weight: 1 }] })),
    ).not.toContain('ns-bar')
  })

  it('puts the strongest reasons first', () => {
    expect(topReasons(explorer.contributions).map(it => it.feature)).toEqual([
      'product_views',
      'product_dwell',
      'cart_views',
    ])
  })
})

describe('the ledger', () => {
  const body = '{"v":1,"site":"shop","note":"é"}  '
  const events: Event[] = [
    { type: 'decision', seq: 1, grants: { measurement: ['browsing'] }, means: 'banner', notice: 'n1' },
    {
      type: 'segment',
      segmentation: 'visit',
      segment: id('b2'),
      before: id('a1'),
      model: 'm.1',
      reasons: explorer.contributions,
    },
    { type: 'report', segmentation: 'visit', recipient: 'https://count.example', body },
    { type: 'answer', segmentation: 'visit', seq: 1, status: 204 },
    { type: 'deletion', why: 'visitor', what: 'signals', count: 12 },
  ]
  const entries: Entry[] = events.map((event, i) => ({
    n: i + 1,
    at: 1_700_000_000_000 + i,
    event,
    hash: '0'.repeat(64),
  }))

  it('tells every kind of entry, newest first, under its own number', () => {
    const node = ledger(entries, labels)
    expect(node.children.map(it => (it as ElementNode).attributes.value)).toEqual(['5', '4', '3', '2', '1'])
    const said = read(node)
    for (const part of [
      'Deleted: Signals, 12.',
      'The site’s count has taken report 1',
      'https://count.example',
      'Explorer',
      'You allowed: Count groups (Browsing).',
    ])
      expect(said).toContain(part)
  })

  it('shows each report byte for byte, and how many they are', () => {
    const html = toMarkup(ledger(entries))
    expect(html).toContain(`<code>${body.replaceAll('"', '&quot;')}</code>`)
    expect(html).toContain('Every byte that was sent: 35 bytes')
  })

  it('says so while it is empty', () => {
    expect(read(ledger([]))).toContain('Nothing has happened yet')
  })
})

describe('the decision', () => {
  const decided = {
    seq: 2,
    expires: '2026-05-03',
    notice: 'n1',
    grants: { personalization: ['browsing', 'shopping'], measurement: ['browsing'] },
  } as const
  const grants = { personalization: [...decided.grants.personalization], measurement: [...decided.grants.measurement] }

  it('shows each pair, to eyes and to screen readers', () => {
    const html = toMarkup(
      decision(
        { ...decided, grants },
        { categories: ['browsing', 'shopping'], purposes: ['personalization', 'measurement'] },
      ),
    )
    expect(html.match(/>allowed</g)).toHaveLength(3)
    expect(html.match(/>not allowed</g)).toHaveLength(1)
    expect(html).toContain('3 May 2026')
  })

  it('tells a refusal from an answer that is still to come', () => {
    expect(read(decision(null))).toContain('until you say yes')
    expect(read(decision({ ...decided, grants: {} }))).toContain('You said no')
  })
})

describe('what is kept', () => {
  const day = 86_400_000
  const kept: Signal[] = [
    { kind: 'page_view', at: 20_000 * day, page: 'home' },
    { kind: 'page_view', at: 20_002 * day, page: 'product' },
    { kind: 'page_dwell', at: 20_002 * day, page: 'product', ms: 100 },
  ]

  it('is counted by kind and by day', () => {
    const html = toMarkup(signals(kept))
    expect(html).toContain('3 notes since 4 Oct 2024.')
    expect(html).toContain('Page seen')
    expect(html).toContain('4 Oct 2024: 1, 6 Oct 2024: 1')
  })

  it('is nothing where nothing is', () => {
    expect(read(signals([]))).toContain('Nothing is kept')
  })

  it('comes with what was not taken, by reason; with nothing where nothing was refused', () => {
    const said = read(refusals({ 'looks-personal': 1200, unneeded: 3 }) ?? '')
    expect(said).toMatch(/No group needs it3 .*looked like something about a person1,200$/)
    expect(said).not.toContain('Not of a form')
    expect(refusals({})).toBeUndefined()
  })
})

describe('labels', () => {
  it('come from models, and are missing where no model names them', () => {
    const labels = labelsOfModel({
      segmentations: [
        {
          id: 'visit',
          label: 'Which visit?',
          uses: ['content'],
          kind: 'rules',
          rules: [],
          otherwise: id('a1'),
          segments: [{ id: id('a1'), label: 'Unclear', description: '' }],
        },
      ],
    })
    expect([
      labels.question('visit'),
      labels.segment('visit', 'a1'),
      labels.segment('visit', 'zz'),
      labels.question('other'),
    ]).toEqual(['Which visit?', 'Unclear', undefined, undefined])
  })
})
