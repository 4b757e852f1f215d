// What a developer hands on: a session that reads as before, and holds nothing by which the visitor could be known again.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession, State } from '../../core/protocol/devtools.ts'
import { bugReport } from '../../extension/devtools/panel/bug-report.ts'
import { findingsIn } from '../../extension/devtools/panel/findings.ts'
import { linesOf, record } from '../../extension/devtools/panel/recording.ts'
import { AT_ONCE, createJoin, piecesOf } from '../../extension/devtools/panel/session-pieces.ts'
import { createReader } from '../../extension/devtools/panel/site-files.ts'
import { matchWire } from '../../extension/devtools/panel/wire-match.ts'
import { parseSession } from '../../extension/devtools/parse-told.ts'
import { makeSession, SHOP_CONFIG } from '../harness/devtools-session.ts'
import { count } from '../harness/size.ts'

const RUNS = count(20_000, 300)
let session: RecordedSession
let state: State
beforeAll(async () => {
  session = await makeSession({ unlogged: true })
  state = session.states.at(-1) as State
})

const saved = (happenings = session.happenings, states = session.states): RecordedSession =>
  record(happenings, states, session.made)
const rowAt = (i: number): Happening => session.happenings[i % session.happenings.length] as Happening
const secretsIn = (text: string): string[] =>
  [...text.matchAll(/\\?"(?:pseudonym|token)\\?":\\?"([^"\\]+)/g)].map(it => it[1] as string)

describe('a saved session', () => {
  it('is read back as it was written, and says what it holds', () => {
    const file = saved()
    expect(parseSession(JSON.stringify(file))).toEqual(file)
    expect(file.holds.join('\n')).toMatch(/17 signals as noted, and 3 refusals[\s\S]*Without keys, pseudonyms/)
  })

  it('is written a line a row, and comes to the same however it is cut into pieces', () => {
    const lines = [...linesOf(session.happenings, session.states, session.made)]
    expect(lines.length).toBeGreaterThan(session.happenings.length)
    expect(JSON.parse(lines.join(''))).toEqual(JSON.parse(JSON.stringify(saved())))
    const long = { ...session, happenings: Array.from({ length: 2 * AT_ONCE + 1 }, (_, i) => rowAt(i)) }
    const join = createJoin()
    const joined = [...piecesOf(long)].map(piece => join(structuredClone(piece))).filter(Boolean)
    expect(joined).toEqual([long])
    expect([...piecesOf(long)].filter(({ piece }) => piece === 'rows')).toHaveLength(3)
  })

  it('holds none of the device’s secrets, and still matches ledger and wire', () => {
    const secrets = new Set(secretsIn(JSON.stringify(session)))
    expect(secrets.size).toBeGreaterThan(1)
    const file = saved()
    const text = JSON.stringify(file)
    for (const secret of secrets) expect(text).not.toContain(secret)
    for (const { hash } of state.kept?.ledger ?? []) if (!/^0+$/.test(hash)) expect(text).not.toContain(hash)
    const verdicts = ({ sent, alarms }: ReturnType<typeof matchWire>) => [
      sent.map(({ verdict, status }) => [verdict, status]),
      alarms.map(({ alarm, request }) => [alarm, request.n]),
    ]
    expect(verdicts(matchWire(file.happenings, file.states.at(-1), state.at))).toEqual(
      verdicts(matchWire(session.happenings, state, state.at)),
    )
  })

  it('holds no query, no number of an order and no address, wherever they stood', () => {
    const word = fc.stringMatching(/^[a-z]{6,12}\d{6}$/)
    fc.assert(
      fc.property(word, secret => {
        const at = { n: 1, at: state.at, load: 1 }
        const rows: Happening[] = [
          { ...at, what: 'load', path: `/order/${secret}?q=${secret}`, early: true },
          { ...at, what: 'problem', text: `https://shop.example/a?${secret} did not answer` },
          { ...at, what: 'blocked', directive: 'img-src', url: `https://ads.example/${secret}?${secret}` },
          {
            ...at,
            what: 'request',
            kind: 'other',
            method: 'GET',
            url: `https://a.example/x#${secret}`,
            status: 200,
            bytes: 0,
          },
          { ...at, what: 'signal', page: 1, batch: 1, signal: { kind: 'purchase', at: 1, id: secret } },
        ]
        const file = saved(rows, [{ ...state, path: `/u/${secret}@shop.example` }])
        expect(JSON.stringify(file)).not.toContain(secret)
        expect(file.happenings.map(({ what }) => what)).toEqual(rows.map(({ what }) => what))
      }),
      { numRuns: RUNS },
    )
  })

  it('says whom a request went to, whatever their port, and not as whom', () => {
    const row = session.happenings.find(({ what }) => what === 'request') as Happening
    const to = (url: string): unknown => saved([{ ...row, url } as Happening]).happenings[0]
    expect(to('http://127.0.0.1:41413/v1/reports')).toMatchObject({ url: 'http://127.0.0.1:41413/v1/reports' })
    expect(to('https://ada:secret@a.example/x')).toMatchObject({ url: 'https://a.example/x' })
  })

  it('is refused with the place of the fault where it is not one', () => {
    expect(() => parseSession(JSON.stringify({ ...saved(), happenings: [{ what: 'load' }] }), 'file.json')).toThrow(
      /file\.json\.happenings\[0\]/,
    )
  })
})

describe('the report of a fault', () => {
  it('tells what stands, what is wrong and what happened last, without the secrets', () => {
    const text = bugReport(saved(), createReader()(state), 'Browser 1')
    expect(text).toContain('model: fernhollow.1')
    expect(text).toMatch(/search: emitted one time in vain/)
    expect(text).toMatch(/POST report http:\/\/127\.0\.0\.1:8787\/v1\/reports/)
    for (const secret of secretsIn(JSON.stringify(session))) expect(text).not.toContain(secret)
  })
})

describe('the findings', () => {
  const findings = (change: Partial<State>, rows: readonly Happening[] = []): string[] => {
    const it = { ...state, ...change }
    return findingsIn(rows, it, createReader()(it)).map(({ level, place, problem }) => `${level}: ${place}: ${problem}`)
  }
  const config = (change: object): Partial<State> => ({
    config: {
      json: JSON.stringify({ ...JSON.parse(SHOP_CONFIG), ...change }),
      url: 'https://shop.example/nearside.json',
    },
  })

  it.each([
    ['a field that there is not', config({ retentoin: 3 }), /error: nearside\.json\.retentoin: no such field/],
    ['a notice that is not due', config({ notice: 'old' }), /error: nearside\.json\.notice: found old/],
    [
      'a page that nobody should be watched on',
      config({ pages: [{ path: '/health/*', kind: 'article' }] }),
      /touches on health/,
    ],
    ['a model that is not one', { model: '{' }, /error: model\.json: not valid JSON/],
    ['an expired model', { at: Date.UTC(2030, 1, 1) }, /error: model\.json\.expires: fernhollow\.1 expired/],
  ])('tell %s', (_, change, wanted) => {
    expect(findings(change as Partial<State>).join('\n')).toMatch(wanted)
  })

  it('tell a model that asks for more than the site says', () => {
    const { needs, ...rest } = JSON.parse(SHOP_CONFIG)
    const fewer = needs.filter((need: { kind: string }) => need.kind !== 'purchase')
    expect(findings(config({ ...rest, needs: fewer })).join('\n')).toMatch(/asks for signals of kind purchase/)
  })

  it('tell signals that are wanted and never come, and those that come in vain', () => {
    const told = findings({}, session.happenings)
    expect(told).toContain('warning: purchase: the model wants it for purchases, and no page has emitted it yet')
    expect(told).toContain('warning: search: emitted one time in vain: no feature looks at it')
    expect(told.filter(line => line.startsWith('error'))).toEqual([])
  })
})
