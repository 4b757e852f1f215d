/** A Chromium that can reach nothing but this machine, and a tab whose main thread's CPU time can be read. */

import { existsSync } from 'node:fs'
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core'
import { chromiumFlags } from '../test/harness/flags.ts'

/** Main-thread CPU since the page began, ms, and what its process has used in all. */
export interface Reading {
  /** Running scripts, and compiling them. */
  readonly script: number
  /** All tasks: scripts, layout, what requests cost the page. */
  readonly task: number
  /** All threads of the renderer since it began, so workers too; in steps of 10 ms. */
  readonly process: number
}

export interface Tab {
  readonly page: Page
  read(): Promise<Reading>
  /** Bytes of the main thread's JavaScript heap, after a collection. */
  heap(): Promise<number>
  close(): Promise<void>
}

export const launch = (): Promise<Browser> => {
  const path = process.env.NEARSIDE_CHROMIUM
  if (!path || !existsSync(path)) throw new Error('No Chromium: run it by npm run bench, which finds or installs one.')
  return puppeteer.launch({
    executablePath: path,
    headless: true,
    pipe: true,
    defaultViewport: { width: 1280, height: 800 },
    ignoreDefaultArgs: ['--enable-automation'],
    args: [
      ...chromiumFlags,
      '--no-sandbox',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      // Trackers leave out what says that it is automated: these would then cost nothing.
      '--disable-blink-features=AutomationControlled',
    ],
  })
}

/** A browser that does not say "Headless", for the same reason. */
const disguise = async (browser: Browser, page: Page): Promise<void> => {
  const userAgent = (await browser.userAgent()).replace('HeadlessChrome', 'Chrome')
  const version = /Chrome\/(\d+)/.exec(userAgent)?.[1] ?? '0'
  await page.setUserAgent({
    userAgent,
    userAgentMetadata: {
      brands: [{ brand: 'Chromium', version }],
      platform: 'Linux',
      platformVersion: '',
      architecture: 'x86',
      model: '',
      mobile: false,
    },
  })
}

const metricsOf = async (session: CDPSession): Promise<{ [name: string]: number }> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

/** A fresh visitor, on an empty page of the origin. */
export const openTab = async (browser: Browser, origin: string): Promise<Tab> => {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await disguise(browser, page)
  const session = await page.createCDPSession()
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(`${origin}/blank.html`)
  return {
    page,
    read: async () => {
      const { ScriptDuration = 0, V8CompileDuration = 0, TaskDuration = 0, ProcessTime = 0 } = await metricsOf(session)
      return {
        script: (ScriptDuration + V8CompileDuration) * 1000,
        task: TaskDuration * 1000,
        process: ProcessTime * 1000,
      }
    },
    heap: async () => {
      await session.send('HeapProfiler.collectGarbage')
      await session.send('HeapProfiler.collectGarbage')
      return (await metricsOf(session)).JSHeapUsedSize ?? 0
    },
    close: () => context.close(),
  }
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
