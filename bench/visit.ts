/** One page of the shop: what it costs to start, events one by one, and a burst of them. */

import type { Browser, Page } from 'puppeteer-core'
import { openTab, pause, type Reading } from './browser.ts'
import { accept, type BenchWindow, refuse, stored } from './consent.ts'
import type { Sink } from './sink.ts'
import { PLAIN } from './stand.ts'
import type { Variant } from './variants.ts'

export interface VisitFigures {
  readonly startScript: number
  readonly startTask: number
  readonly storedBytes: number
  readonly storedNames: readonly string[]
  readonly heapStart: number
  /** Main-thread CPU, ms, of all events together and what follows from them. */
  readonly spaced: number
  readonly burst: number
  readonly heapAfter: number
  readonly longTasks: number
  readonly lost: number
}

export const SPACED = 50
export const BURST = 1000
const APART_MS = 40
/** Long enough for what a script puts off until the page has loaded. */
const START_MS = 1200
const SETTLE_MS = 1000
/** Each event carries a number of its own, by which the sink knows it again in any format. */
const FIRST_OF_BURST = 7_100_000
const FIRST_SPACED = 7_200_000
const MARKED = /(?<![\d.])7100\d{3}(?!\d)/g

const tick = (page: Page, times: number, fires: boolean): Promise<void> =>
  page.evaluate(
    async (count, apart, first, firing) => {
      const { bench } = window as unknown as BenchWindow
      const act = firing ? bench.fire : () => {}
      for (let i = 0; i < count; i++) {
        await new Promise(resolve => setTimeout(resolve, apart))
        act(first + i)
      }
    },
    times,
    APART_MS,
    FIRST_SPACED,
    fires,
  )

/** In a task of its own, as a page would: what DevTools runs is not counted as one. */
const fireBurst = (page: Page): Promise<void> =>
  page.evaluate(
    (count, first) =>
      new Promise<void>(resolve =>
        setTimeout(() => {
          const { bench } = window as unknown as BenchWindow
          for (let i = 0; i < count; i++) bench.fire(first + i)
          resolve()
        }, 50),
      ),
    BURST,
    FIRST_OF_BURST,
  )

const arrivedIn = (sink: Sink): number => new Set(sink.uploads.flatMap(({ text }) => text.match(MARKED) ?? [])).size

/** What Nearside keeps of a signal carries no number: the burst is what came on top of the rest. */
const keptIn = (page: Page): Promise<number> =>
  page.evaluate(
    async spaced =>
      ((await (window as unknown as BenchWindow).nearside.exportData())?.signals ?? []).filter(
        ({ kind }) => kind === 'add_to_cart',
      ).length - spaced,
    SPACED,
  )

const longTasks = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let count = 0
    const observer = new PerformanceObserver(list => {
      count += list.getEntries().length
    })
    observer.observe({ type: 'longtask', buffered: true })
    await new Promise(resolve => setTimeout(resolve, 50))
    return count
  })

const taskMs = (before: Reading, after: Reading): number => after.task - before.task

export const visit = async (browser: Browser, origin: string, variant: Variant, sink: Sink): Promise<VisitFigures> => {
  sink.clear()
  const { page, read, heap, close } = await openTab(browser, origin)
  if (variant.refused) await refuse(page)
  await page.goto(origin + PLAIN, { waitUntil: 'load' })
  await pause(START_MS)
  const started = await read()
  const { bytes, names } = await stored(page)
  const heapStart = await heap()
  if (variant.asks) await accept(page)
  await heap()
  await pause(SETTLE_MS)

  // The same waits without events, before and after: what is left is the events', and not the machine's mood. Each of the three is
  // asked for once and read once, as that costs the page something too.
  const idle = await read()
  await tick(page, SPACED, false)
  await pause(SETTLE_MS)
  const begun = await read()
  await tick(page, SPACED, true)
  await pause(SETTLE_MS)
  const done = await read()
  await tick(page, SPACED, false)
  await pause(SETTLE_MS)
  const spaced = await read()
  await fireBurst(page)
  await pause(SETTLE_MS)
  if (variant.package) await sink.quiet()
  const burst = await read()
  const heapAfter = await heap()
  const long = await longTasks(page)
  const kept = variant.asks ? await keptIn(page) : 0
  await close()
  // Whatever a script sends as its page goes away has arrived as well.
  if (variant.package) await pause(SETTLE_MS)
  return {
    startScript: started.script,
    startTask: started.task,
    storedBytes: variant.refused ? 0 : bytes,
    storedNames: names,
    heapStart,
    spaced: taskMs(begun, done) - (taskMs(idle, begun) + taskMs(done, spaced)) / 2,
    burst: taskMs(spaced, burst),
    heapAfter,
    longTasks: long,
    lost: variant.package ? BURST - arrivedIn(sink) : variant.asks ? BURST - kept : 0,
  }
}
