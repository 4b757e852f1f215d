// The ledger against the wire: whatever is on only one of them is found, and nothing that is on both is doubted.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession, State } from '../../core/protocol/devtools.ts'
import { type Match, matchWire, type Request } from '../../extension/devtools/panel/wire-match.ts'
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
const verdicts = ({ sent }: Match): string[] => [...new Set(sent.map(({ verdict }) => verdict))]

describe('the ledger against the wire', () => {
  it('sees every report of an honest session on both, with the same answer', () => {
    const match = matchWire(session.happenings, state)
    expect(match.sent.length).toBeGreaterThan(3)
    expect(verdicts(match)).toEqual(['seen'])
    expect(match.sent.every(({ status, requests }) => requests.every(it => it.status === status))).toBe(true)
    expect(match.alarms).toEqual([])
  })

  it('does not doubt what is on its way: not seen yet, or not read yet', () => {
    const [first] = reportsIn(session.happenings)
    const unseen = matchWire(
      session.happenings.filter(row => row !== first),
      state,
    )
    expect(unseen.sent.filter(({ verdict }) => verdict === 'not-seen-yet')).toHaveLength(1)
    expect(unseen.alarms).toEqual([])
    const late = { ...(first as Request), body: '{"v":1}', at: state.at + 1, n: 9999 }
    const unread = matchWire([...session.happenings, late], state)
    expect(unread.pending).toEqual([late])
    expect(unread.alarms).toEqual([])
  })

  it('does not doubt what was made before the panel was open', () => {
    const late = session.happenings.filter(({ load }) => load > 3)
    expect(matchWire(late, state).sent.map(({ verdict }) => verdict)).toContain('earlier')
    expect(matchWire(late, state).alarms).toEqual([])
  })

  it('finds a report that the device never wrote down, and a request before anything was granted', async () => {
    const planted = await makeSession({ unlogged: true, early: true })
    const { alarms } = matchWire(planted.happenings, planted.states.at(-1))
    expect(alarms.map(({ alarm, request }) => [alarm, request.url])).toEqual([
      ['unlogged', 'http://127.0.0.1:8787/v1/reports'],
      ['early', 'https://ads.example/pixel'],
    ])
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
    expect(matchWire([...files, other], state).alarms).toEqual([{ alarm: 'carries', request: other }])
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
        const found = matchWire(rows, state).alarms.map(({ alarm }) => alarm)
        expect(found).toEqual(forged === body ? [] : ['unlogged'])
      }),
      { numRuns: RUNS },
    )
  })
})
