// What Health finds that nobody is told of: what a policy stops in the worker, and reports that nobody answers.
import { beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../../core/protocol/devtools.ts'
import type { Finding } from '../../extension/devtools/panel/finding.ts'
import { findingsIn } from '../../extension/devtools/panel/findings.ts'
import { isAllowed } from '../../extension/devtools/panel/policy.ts'
import { createReader, type SiteFiles } from '../../extension/devtools/panel/site-files.ts'
import { makeSession } from '../harness/devtools-session.ts'

const WORKER = 'https://shop.example/nearside/nearside-worker.js'

describe('a policy', () => {
  it.each([
    ['nothing at all', '', 'https://other.example/', true],
    ['another directive', "img-src 'none'", 'https://other.example/', true],
    ['itself', "connect-src 'self'", 'https://shop.example/a', true],
    ['itself, asked for another', "connect-src 'self'", 'https://other.example/', false],
    ['nothing', "connect-src 'none'", 'https://shop.example/a', false],
    ['what stands by default', "default-src 'self'", 'https://other.example/', false],
    ['more than by default', "default-src 'none'; connect-src https:", 'https://other.example/', true],
    ['a host', 'connect-src other.example', 'https://other.example/v1', true],
    ['a host, over a safer scheme', 'connect-src http://other.example', 'https://other.example/', true],
    ['a host, over a less safe one', 'connect-src https://other.example', 'http://other.example/', false],
    ['hosts of a domain', 'connect-src https://*.other.example', 'https://a.other.example/', true],
    ['hosts of a domain, but not itself', 'connect-src https://*.other.example', 'https://other.example/', false],
    ['a port', 'connect-src https://other.example:8443', 'https://other.example:8443/', true],
    ['a port, and another is asked for', 'connect-src https://other.example', 'https://other.example:8443/', false],
    ['a folder', 'connect-src https://other.example/v1/', 'https://other.example/v1/reports', true],
    ['a file, and another is asked for', 'connect-src https://other.example/v1', 'https://other.example/v1/a', false],
    ['two policies, of which one does not', "connect-src *, default-src 'self'", 'https://other.example/', false],
  ])('that names %s', (_, header, url, allowed) => {
    expect(isAllowed(header, 'connect-src', url, WORKER)).toBe(allowed)
  })
})

describe('health', () => {
  let state: State
  let files: SiteFiles
  beforeAll(async () => {
    state = (await makeSession()).states.at(-1) as State
    files = createReader()(state)
  })
  const found = (change: Partial<State>): string[] =>
    findingsIn([], { ...state, ...change }, files).map(({ place, problem }: Finding) => `${place}: ${problem}`)

  it('finds what the policy of the worker’s own file stops, and nothing in one that is as it should be', () => {
    const { reports } = files.config ?? {}
    const strict = { url: WORKER, header: "default-src 'self'" }
    expect(found({ policy: strict })).toContain(
      `content security policy of nearside-worker.js, connect-src: it stops ${reports?.url}/v1/reports`,
    )
    const fit = { url: WORKER, header: `default-src 'self'; connect-src 'self' ${reports?.url}` }
    expect(found({ policy: fit }).join()).not.toContain('policy')
  })

  it('names each mistake in the site’s files, where it is and how to mend it', () => {
    const found = (change: object): Finding[] => {
      const config = { url: 'https://shop.example/nearside.json', json: JSON.stringify(change) }
      return [...findingsIn([], state, createReader()({ ...state, config }))]
    }
    const written = JSON.parse(state.config?.json ?? '{}')
    const { place, problem, mend } = found({ ...written, expose: 'all' })[0] as Finding
    expect([place, problem]).toEqual(['nearside.json.expose', 'found all'])
    expect(mend).toMatch(/attribute.*api.*none/)
    // A notice that is not the one due is told, and the rest is read all the same.
    const stale = found({ ...written, notice: 'zzzzzz' })
    expect(stale.map(it => it.place)).toContain('nearside.json.notice')
    expect(stale.length).toBeGreaterThan(1)
  })

  it('finds reports that went out and were not answered', () => {
    const { kept } = state
    const sent = kept?.ledger.find(({ event }) => event.type === 'report')
    const body = sent?.event.type === 'report' ? sent.event.body : ''
    expect(found({}).join()).not.toContain('that settles it')
    expect(found({ kept: kept && { ...kept, waiting: [body] } })).toContain(
      'reports: one report went out, and no answer has come that settles it',
    )
  })

  it('says so where a page has no Nearside', () => {
    expect(found({ seen: 'absent', path: '/about' })).toContain('/about: this page has no Nearside')
  })
})
