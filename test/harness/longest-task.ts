// How long the longest task of a page takes, in processor time: a busy machine makes any task long by the clock.
import type { CDPSession } from 'playwright-core'
import type { CDPSession as PuppetSession } from 'puppeteer-core'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time of the thread, in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const STARTS_WITHIN_MS = 500

/** What Playwright and Puppeteer both give of a page's Chromium. */
interface Session {
  on(event: 'Tracing.dataCollected', hear: (told: { value: unknown }) => void): unknown
  once(event: 'Tracing.tracingComplete', hear: () => void): unknown
  send(method: 'Tracing.start', params: object): Promise<unknown>
  send(method: 'Tracing.end'): Promise<unknown>
}

/**
 * Milliseconds of the longest task on a page's main thread while `act` goes on.
 * @param session of a page that is the only one its Chromium has open: all of its pages are looked at
 * @throws where the trace told of no task at all
 */
export const longestTask = async (
  session: CDPSession | PuppetSession,
  act: () => Promise<unknown>,
): Promise<number> => {
  const cdp = session as unknown as Session
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as TraceEvent[])))
  const complete = new Promise(resolve => cdp.once('Tracing.tracingComplete', () => resolve(undefined)))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  // The browser says that it traces before each of its processes does, and nobody says when they do.
  await new Promise(go => setTimeout(go, STARTS_WITHIN_MS))
  await act()
  await cdp.send('Tracing.end')
  await complete
  const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain'
  const mains = new Set(events.filter(isMain).map(({ pid, tid }) => `${pid}/${tid}`))
  // What a promise goes on with runs after the task that settled it, and the trace tells of it apart.
  const isTask = ({ name }: TraceEvent): boolean => /(RunTask|PerformMicrotaskCheckpoint)$/.test(name)
  const tasks = events.filter(event => isTask(event) && mains.has(`${event.pid}/${event.tid}`))
  if (!tasks.length) throw new Error('the trace tells of no task')
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000
}
