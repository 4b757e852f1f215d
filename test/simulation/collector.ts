// The real collector, answered without a socket, behind a network that loses, doubles and delays.
import type { Hono } from 'hono'
import { createCollector } from '../../collector/collector.ts'
import { firstOpen } from '../../collector/tally/open-epochs.ts'
import { openTally, type Tally } from '../../collector/tally/tally.ts'
import { type PrivateReport, parseAnyReport } from '../../core/private-report.ts'
import { parseTicket, type Report } from '../../core/report.ts'
import { COLLECTOR, SITE_ID } from './site.ts'
import type { Realm, World } from './world.ts'

/** What the network, or the collector's machine, does to a request. */
export const NETWORK = ['good', 'broken', 'lost', 'unheard', 'hangs', 'doubled'] as const
export type Network = (typeof NETWORK)[number]

/** As long as the worker waits for an answer. */
const ANSWER_WITHIN_MS = 20_000
const PLAIN = { 'content-type': 'text/plain;charset=UTF-8' }

export const createServer = (world: World) => {
  let tally: Tally | undefined
  let app: Hono | undefined
  /** What must be counted, by the answers that were given: the latest report of each pseudonym. */
  const rows = new Map<string, Report>()
  /** The same of private ones: the first under each token. */
  const tokens = new Map<string, PrivateReport>()
  const erased = new Set<string>()
  let network: Network = 'good'
  /** Requests that were handled. */
  let handled = 0

  const handle = async (url: string, body: string): Promise<number> => {
    handled++
    const path = url.slice(COLLECTOR.length)
    // Most sequences never come so far as to report: then there is none.
    tally ??= openTally(':memory:')
    app ??= createCollector({ tally, clock: world, sites: [SITE_ID] })
    const { status } = await app.request(path, { method: 'POST', body, headers: PLAIN })
    if (status !== 204) return status
    if (path.endsWith('/reports')) {
      const report = parseAnyReport(body)
      if ('token' in report) {
        if (!tokens.has(report.token)) tokens.set(report.token, report)
        return status
      }
      const before = rows.get(report.pseudonym)
      if (!before || before.seq < report.seq) rows.set(report.pseudonym, report)
    } else {
      const { pseudonym } = parseTicket(body)
      erased.add(pseudonym)
      // Once an epoch is closed its counts are all there is, and nobody can be found in them.
      if ((rows.get(pseudonym)?.epoch ?? 0) >= firstOpen(world.now())) rows.delete(pseudonym)
    }
    return status
  }

  const through = async (url: string, body: string): Promise<number> => {
    switch (network) {
      case 'good':
        return handle(url, body)
      case 'broken':
        return 500
      case 'lost':
        await handle(url, body)
        return 0
      case 'unheard':
        return 0
      case 'hangs':
        if (world.chance(0.5)) await handle(url, body)
        return -1
      case 'doubled':
        await handle(url, body)
        return handle(url, body)
      default:
        return network satisfies never
    }
  }

  let requests = 0
  return {
    rows,
    tokens,
    erased,
    handled: () => handled,
    cells: () => tally?.cells(SITE_ID) ?? [],
    stop: () => tally?.stop(),
    set: (it: Network): void => {
      network = it
    },
    /** A `fetch` of a worker: it may arrive although the worker is gone, and then nobody hears the answer. */
    post: async (by: Realm, url: string, body: string): Promise<number> => {
      const status = await world.ask(by, { lane: `${by.name} post${++requests}`, outlives: 'perhaps' }, () =>
        through(url, body),
      )
      return status < 0 ? new Promise(go => world.after(by, ANSWER_WITHIN_MS, () => go(0))) : status
    },
  }
}

export type Server = ReturnType<typeof createServer>
