// The ledger against the wire: whatever is on only one of them is found, and nothing that is on both is doubted.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession, State } from '../../core/protocol/devtools.ts'
import { type Match, matchWire, type Request, TOLD_WITHIN_MS } from '../../extension/devtools/panel/wire-match.ts'
import { makeSession } from '../harness/devtools-session.ts'
import { count } from '../harness/size.ts'

const RUNS = count(20_000, 300)
let session: RecordedSession
let state: State
beforeAll(async () => {
  session = await makeSession()
  state = session.states.at(-1) as State
})

const reportsIn = (rows: readonly Happening[]): Request[] =>
  rows.filter(row => row.what === 'request' && row.kind === 'report') as Request[]
/** As soon as the state has come. */
const match = (rows: readonly Happening[], of: State | undefined = state, later = 0): Match =>
  matchWire(rows, of, (of?.at ?? 0) + later)
const verdicts = ({ sent }: Match): string[] => [...new Set(sent.map(({ verdict }) => verdict))]

describe('the ledger against the wire', () => {
  it('sees every report of an honest session on both, with the same answer', () => {
    const all = match(session.happenings)
    expect(all.sent.length).toBeGreaterThan(3)
    expect(verdicts(all)).toEqual(['seen'])
    expect(all.sent.every(({ status, requests }) => requests.every(it => it.status === status))).toBe(true)
    expect(all.alarms).toEqual([])
  })

  it('does not doubt what is on its way: not seen yet, or not read yet', () => {
    const [first] = reportsIn(session.happenings)
    const rows = session.happenings.filter(row => row !== first)
    const unseen = matchWire(rows, state, (first as Request).at)
    expect(unseen.sent.filter(({ verdict }) => verdict === 'not-seen-yet')).toHaveLength(1)
    expect(unseen.alarms).toEqual([])
    const late = { ...(first as Request), body: '{"v":1}', at: state.at + 1, n: 9999 }
    const unread = match([...session.happenings, late])
    expect(unread.pending).toEqual([late])
    expect(unread.alarms).toEqual([])
  })

  it('says of a report that was answered and never shown that it went out where DevTools do not look', () => {
    const last = reportsIn(session.happenings).at(-1)
    const rows = session.happenings.filter(row => row !== last)
    const ofLast = ({ sent }: Match) => sent.find(({ entry }) => entry.event.body === last?.body)?.verdict
    const answered = match(rows).sent.find(({ entry }) => entry.event.body === last?.body)?.answered ?? Infinity
    const since = state.at - answered
    expect(ofLast(match(rows, state, TOLD_WITHIN_MS - since))).toBe('not-seen-yet')
    expect(ofLast(match(rows, state, TOLD_WITHIN_MS - since + 1))).toBe('unshown')
    // One that nobody has answered may be sent again, and one without a network to look at is not missed in it.
    const entries = state.kept?.ledger.filter(({ event }) => event.type !== 'answer') ?? []
    const unanswered = { ...state, kept: state.kept && { ...state.kept, ledger: entries } }
    expect(ofLast(match(rows, unanswered, TOLD_WITHIN_MS * 2))).toBe('not-seen-yet')
    const dark = rows.filter(({ what }) => what !== 'request')
    expect(ofLast(match(dark, state, TOLD_WITHIN_MS * 2))).toBe('not-seen-yet')
  })

  it('does not doubt what was made before the panel was open', () => {
    const late = session.happenings.filter(({ load }) => load > 3)
    expect(match(late).sent.map(({ verdict }) => verdict)).toContain('earlier')
    expect(match(late).alarms).toEqual([])
  })

  it('finds a report that the device never wrote down, and a request before anything was granted', async () => {
    const planted = await makeSession({ unlogged: true, early: true })
    const { alarms } = match(planted.happenings, planted.states.at(-1))
    expect(alarms.map(({ alarm, request }) => [alarm, request.url])).toEqual([
      ['unlogged', 'http://127.0.0.1:8787/v1/reports'],
      ['early', 'https://ads.example/pixel'],
    ])
  })

  it('finds a report from before any grant, though there is no ledger that it could be missing from', () => {
    const [first] = reportsIn(session.happenings)
    const early = { ...(first as Request), before: true as const }
    const { alarms } = match([early], { ...state, kept: null })
    expect(alarms.map(({ alarm }) => alarm)).toContain('unlogged')
  })

  it('finds a request in which a segment is spelt out, but takes a report for what it is', () => {
    const other: Happening = {
      what: 'request',
      kind: 'other',
      method: 'GET',
      url: 'https://shop.example/recommend',
      status: 200,
      bytes: 0,
      carries: ['visit'],
      n: 9999,
      at: state.at,
      load: 8,
    }
    const rows = session.happenings.map(row => (row.what === 'request' ? { ...row, carries: ['visit'] } : row))
    const files = rows.filter(row => row.what !== 'request' || row.kind === 'report')
    expect(match([...files, other]).alarms).toEqual([{ alarm: 'carries', request: other }])
  })

  it('tells any other byte in any report', () => {
    const places = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('a', '0', ' '))
    fc.assert(
      fc.property(places, ([which, where, to]) => {
        const reports = reportsIn(session.happenings)
        const chosen = reports[which % reports.length] as Request
        const body = chosen.body as string
        const at = where % body.length
        const forged = body.slice(0, at) + to + body.slice(at + 1)
        const rows = session.happenings.map(row => (row === chosen ? { ...chosen, body: forged } : row))
        const found = match(rows).alarms.map(({ alarm }) => alarm)
        expect(found).toEqual(forged === body ? [] : ['unlogged'])
      }),
      { numRuns: RUNS },
    )
  })
})
