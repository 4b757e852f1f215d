/** What the store costs in the worker: opening it, taking a batch in, and an account of all that it holds. */

import type { Browser, Page } from 'puppeteer-core'
import type { Grants } from '../../core/consent.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import type { createSession, Session } from '../../sdk/session.entry.ts'
import { TIMES } from './timed-worker.ts'

/** Milliseconds, of every single call. */
export interface StoreFigures {
  readonly open: number[]
  /** The first of a day, which sees to what is too old. */
  readonly openNextDay: number[]
  readonly ingest: number[]
  readonly exportData: number[]
  /** The same as the page waits for it: with the document on its way over. */
  readonly exportWaited: number[]
}

interface StoreBench {
  /** Takes the page's clock so far from the machine's, ms. */
  shift: number
  begin(): Promise<void>
  end(): void
  /** Notes so many signals a batch, on each of so many days that end today. */
  fill(days: number, batches: number, signals: number): Promise<void>
  exported(): Promise<{ waited: number; signals: number }>
  /** How long the worker took for each call of a verb since it was last asked. */
  times(verb: string): Promise<number[]>
}

declare global {
  var store: StoreBench
}

/** Runs in the page. */
const prepare = (file: ConfigFile, grants: Grants, channel: string): void => {
  const DAY_MS = 86_400_000
  const KINDS = ['home', 'category', 'product', 'search', 'cart', 'account', 'help', 'article']
  const machine = Date.now.bind(Date)
  Date.now = () => machine() + globalThis.store.shift
  let session: Session | undefined
  let taken = 0
  const said: { verb: string; ms: number }[] = []
  new BroadcastChannel(channel).onmessage = ({ data }) => said.push(data)
  const url = '/nearside/nearside-session.js'
  const decision = { seq: 1, grants, expires: '2999-01-01', notice: JSON.parse(file.json).notice }

  /** As a visit goes: a page is looked at, and how long is known at its end; at times something is put in the cart. */
  const signalAt = (i: number) => {
    const at = Date.now()
    if (i % 10 === 9) return { kind: 'add_to_cart', at } as const
    const page = KINDS[i % KINDS.length] as string
    return i % 2 ? ({ kind: 'page_dwell', at, page, ms: 900 + i } as const) : ({ kind: 'page_view', at, page } as const)
  }

  globalThis.store = {
    shift: 0,
    begin: async () => {
      const made: { createSession: typeof createSession } = await import(url)
      session = made.createSession(
        ({ problem }) => problem && console.error(problem),
        () => undefined,
        false,
      )
      const answer = await session.open({ config: file, decision, tail: [] })
      if (!answer.needs) throw new Error(`not opened: ${JSON.stringify(answer)}`)
    },
    end: () => session?.end(),
    fill: async (days, batches, signals) => {
      for (let day = days - 1; day >= 0; day--) {
        globalThis.store.shift = -day * DAY_MS
        for (let i = 0; i < batches; i++) {
          const batch = Array.from({ length: signals }, (_, n) => signalAt(taken * 7 + n))
          await session?.ingest({ page: 1, n: ++taken, signals: batch })
        }
      }
    },
    exported: async () => {
      const from = performance.now()
      const document = (await session?.ask('exportData', undefined)) as { signals: readonly unknown[] }
      return { waited: performance.now() - from, signals: document.signals.length }
    },
    times: async verb => {
      // What a worker said last is heard after its answer.
      await new Promise(resolve => setTimeout(resolve, 50))
      return said.splice(0).flatMap(it => (it.verb === verb ? [it.ms] : []))
    },
  }
}

const GRANTS: Grants = { personalization: ['browsing', 'shopping'], measurement: ['browsing', 'shopping'] }

/** Days over which a history is spread: within the shop's retention. */
const DAYS = 25
/** Signals of one look at a page, with what came of it. */
const A_PAGE = 5
export const FEW = 5000
export const MANY = 50_000
export const BATCH = 50
const TIMES_EACH = 21
const EXPORTS = 5
/** Within the retention of the oldest. */
const NEXT_DAYS = 5

const times = (page: Page, verb: string): Promise<number[]> => page.evaluate(it => globalThis.store.times(it), verb)

/** A visitor of so many signals, as they came day by day. */
const visitorWith = async (browser: Browser, origin: string, file: ConfigFile, signals: number): Promise<Page> => {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.goto(`${origin}/blank.html`)
  await page.evaluate(prepare, file, GRANTS, TIMES)
  await page.evaluate(
    async (days, batches, each) => {
      globalThis.store.shift = -days * 86_400_000
      await globalThis.store.begin()
      await globalThis.store.fill(days, batches, each)
    },
    DAYS,
    signals / DAYS / A_PAGE,
    A_PAGE,
  )
  return page
}

/** @param days from the machine's today */
const restart = (page: Page, days = 0): Promise<void> =>
  page.evaluate(shift => {
    globalThis.store.end()
    globalThis.store.shift = shift
    return globalThis.store.begin()
  }, days * 86_400_000)

const withFew = async (page: Page): Promise<Pick<StoreFigures, 'open' | 'openNextDay' | 'ingest'>> => {
  await times(page, 'open')
  for (let i = 0; i < TIMES_EACH; i++) await restart(page)
  const open = await times(page, 'open')
  for (let i = 0; i < TIMES_EACH; i++) await page.evaluate(signals => globalThis.store.fill(1, 1, signals), BATCH)
  const ingest = await times(page, 'ingest')
  for (let day = 1; day <= NEXT_DAYS; day++) await restart(page, day)
  return { open, ingest, openNextDay: await times(page, 'open') }
}

const withMany = async (page: Page): Promise<Pick<StoreFigures, 'exportData' | 'exportWaited'>> => {
  const exportWaited: number[] = []
  for (let i = 0; i < EXPORTS; i++) {
    await restart(page)
    const { waited, signals } = await page.evaluate(() => globalThis.store.exported())
    if (signals !== MANY) throw new Error(`an account of ${signals} signals, where ${MANY} were noted`)
    exportWaited.push(waited)
  }
  return { exportWaited, exportData: await times(page, 'exportData') }
}

export const measure = async (browser: Browser, origin: string, file: ConfigFile): Promise<StoreFigures> => {
  const few = await visitorWith(browser, origin, file, FEW)
  const found = await withFew(few)
  await few.browserContext().close()
  const many = await visitorWith(browser, origin, file, MANY)
  return { ...found, ...(await withMany(many)) }
}
