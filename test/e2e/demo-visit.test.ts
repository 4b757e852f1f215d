// `npm start -- --visit --json`: the account of a whole visit, checked against what it says of itself.
import { beforeAll, describe, expect, it } from 'vitest'
import { parseReport, printTicket, REPORT_BYTES } from '../../core/report.ts'
import type { Visit } from '../../examples/shop/visit.ts'
import { type Ended, run } from './demo-shop.ts'

describe('npm start -- --visit --json', () => {
  let ended: Ended
  let visit: Visit
  beforeAll(async () => {
    ended = await run('--visit', '--json')
    expect(ended.err).toBe('')
    visit = JSON.parse(ended.out)
  })

  it('prints one object and nothing else, and all it looked at held', () => {
    expect(ended.code).toBe(0)
    expect(ended.out.trim().split('\n')).toHaveLength(1)
    expect(Object.keys(visit)).toEqual([
      'beforeConsent',
      'segments',
      'reports',
      'bytesSent',
      'requestsSent',
      'afterErase',
    ])
  })

  it('begins and ends with nothing', () => {
    expect(visit.beforeConsent).toEqual({ requests: [], storageKeys: [] })
    expect(visit.afterErase).toEqual({ storageKeys: [], databases: [] })
  })

  it('shows a segment that follows what the visitor did', () => {
    expect(visit.segments.visit?.[0]).toBe('v1')
    expect(visit.segments.visit?.at(-1)).toMatch(/^v[234]$/)
    expect(Object.keys(visit.segments).sort()).toEqual(['intent', 'visit'])
  })

  it('sent reports of segment ids, a request to forget for each pseudonym, and not a byte more', () => {
    expect(visit.reports.length).toBeGreaterThanOrEqual(2)
    for (const { raw, ...report } of visit.reports) {
      expect(parseReport(raw)).toEqual(report)
      expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(REPORT_BYTES)
    }
    const tickets = new Map(visit.reports.map(({ site, pseudonym }) => [pseudonym, { v: 1, site, pseudonym } as const]))
    const bodies = [...visit.reports.map(({ raw }) => raw), ...[...tickets.values()].map(printTicket)]
    expect(visit.requestsSent).toBe(bodies.length)
    expect(visit.bytesSent).toBe(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0))
  })
})
