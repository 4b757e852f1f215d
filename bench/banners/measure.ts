/** What one banner costs a page, and what it is like, in a real Chromium. */

import type { Browser, Page } from 'puppeteer-core'
import { openTab, pause } from '../browser.ts'
import { packed } from '../bundle.ts'
import type { Tool } from './tools.ts'

export interface BannerFigures {
  readonly name: string
  readonly version: string
  /** Of scripts and styles, brotli: until the first layer stands, and until the second does. */
  readonly firstBytes: number
  readonly bytes: number
  /** What is fetched besides, to show in the second layer what would be sent. */
  readonly besides: number
  /** Judged beside the others? */
  readonly aside: boolean
  /** Of the page, less a bare one, ms at a quarter of the speed: scripts as Chromium counts them, and all that the main thread does. */
  readonly script: readonly number[]
  readonly task: readonly number[]
  /** How many tasks took longer than 50 ms, less those of a bare one. */
  readonly long: readonly number[]
  /** From the page's first paint to the banner's being there, ms. */
  readonly visible: readonly number[]
  /** From the page's being asked for to the banner's being there, ms. */
  readonly there: readonly number[]
  readonly nodes: number
  readonly nodesLeft: number
  readonly axe: readonly [first: number, second: number]
  /** The size of the button that accepts, over that of the one that rejects; and do they look alike? */
  readonly sizeRatio: number
  readonly alike: boolean
  /** Under a strict policy: violations, and is it shown? */
  readonly violations: number
  readonly shown: boolean
}

const SLOWER = 4
/** Long enough for what a script puts off until the page has loaded. */
const SETTLE_MS = 1000
const SHOWN_WITHIN_MS = 15_000
/** Seldom, as each time is a task of the page. */
const ASK_MS = 100

/**
 * Runs in the page before anything else: notes when the banner is first there to be seen. It looks where something has changed: frames
 * that nobody but a bench asks for would be counted as the banner's work, the more of them the later it comes.
 */
const watch = (selector: string): void => {
  const marks = window as unknown as { shownAt?: number; violations?: number; long?: number }
  marks.violations = 0
  marks.long = 0
  new PerformanceObserver(list => {
    marks.long = (marks.long ?? 0) + list.getEntries().length
  }).observe({ type: 'longtask', buffered: true })
  document.addEventListener('securitypolicyviolation', () => {
    marks.violations = (marks.violations ?? 0) + 1
  })
  let looking = false
  const look = (): void => {
    const found = document.querySelector(selector)
    const box = found?.getBoundingClientRect()
    looking = !!box
    if (!found || !box) return
    if (box.width > 0 && box.height > 0 && getComputedStyle(found).visibility === 'visible') {
      marks.shownAt = performance.now()
      changes.disconnect()
    } else requestAnimationFrame(look)
  }
  const changes = new MutationObserver(() => {
    if (!looking) requestAnimationFrame(look)
    looking = true
  })
  changes.observe(document, { childList: true, subtree: true })
}

const isShown = '(window.shownAt ?? -1) >= 0'

const visible = (page: Page, selector: string) =>
  page.waitForSelector(selector, { visible: true, timeout: SHOWN_WITHIN_MS })
const nodesIn = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)

/** Script time of a page, at a quarter of the speed, and how long after its first paint the banner is there. */
const time = async (browser: Browser, origin: string, path: string, selector: string) => {
  const tab = await openTab(browser, origin)
  const session = await tab.page.createCDPSession()
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await tab.page.evaluateOnNewDocument(watch, selector)
  const before = await tab.read()
  await tab.page.goto(origin + path, { waitUntil: 'load' })
  await tab.page.waitForFunction(isShown, { polling: ASK_MS, timeout: SHOWN_WITHIN_MS })
  await pause(SETTLE_MS)
  const { script, task } = await tab.read()
  const told = await tab.page.evaluate(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
    const { shownAt = 0, long = 0 } = window as unknown as { shownAt?: number; long?: number }
    return { there: shownAt, after: Math.max(0, shownAt - painted), long }
  })
  await tab.close()
  return { script: script - before.script, task: task - before.task, ...told }
}

const AXE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const faults = async (page: Page, axe: string, selector: string): Promise<number> => {
  await page.evaluate(axe)
  return page.evaluate(
    async (inside, tags) => {
      const { axe } = window as unknown as {
        axe: { run(at: string, given: object): Promise<{ violations: unknown[] }> }
      }
      return (await axe.run(inside, { runOnly: tags })).violations.length
    },
    selector,
    AXE,
  )
}

/** The two buttons side by side, as the eye has them. */
const compareButtons = (page: Page, accept: string, reject: string) =>
  page.evaluate(
    (a, b) => {
      const [yes, no] = [document.querySelector(a), document.querySelector(b)]
      if (!yes || !no) return { sizeRatio: 0, alike: false }
      const area = (it: Element): number => it.getBoundingClientRect().width * it.getBoundingClientRect().height
      const look = (it: Element): string => {
        const { color, backgroundColor, fontSize, fontWeight, borderColor, textDecorationLine } = getComputedStyle(it)
        return [color, backgroundColor, fontSize, fontWeight, borderColor, textDecorationLine].join()
      }
      return { sizeRatio: area(yes) / area(no), alike: look(yes) === look(no) }
    },
    accept,
    reject,
  )

/** Ours: the worker makes the report that would be sent, and shows it. */
const BESIDES = /nearside-(session|worker|records|rights)/

/** What it is like, on a page of its own. */
const inspect = async (browser: Browser, origin: string, tool: Tool, axe: string) => {
  const tab = await openTab(browser, origin)
  const { page } = tab
  const bodies = new Map<string, Promise<number>>()
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (/\.(js|css)$/.test(pathname) && pathname !== '/setup.js')
      bodies.set(
        pathname,
        response
          .buffer()
          .then(packed)
          .catch(() => 0),
      )
  })
  const bytes = async (besides: boolean): Promise<number> => {
    const counted = [...bodies].filter(([path]) => BESIDES.test(path) === besides).map(([, size]) => size)
    return (await Promise.all(counted)).reduce((sum, it) => sum + it, 0)
  }
  await page.goto(`${origin}/bare.html`)
  // The tags in the head are the site's own.
  const bare = (await nodesIn(page)) + (tool.head.match(/<(script|link)\b/g)?.length ?? 0)
  await page.goto(`${origin}/page.html`, { waitUntil: 'load' })
  await visible(page, tool.first)
  await pause(SETTLE_MS)
  const firstBytes = await bytes(false)
  const nodes = (await nodesIn(page)) - bare
  const buttons = await compareButtons(page, tool.accept, tool.reject)
  const firstFaults = await faults(page, axe, tool.first)
  await page.click(tool.settings)
  await visible(page, tool.second)
  await pause(SETTLE_MS)
  const secondFaults = await faults(page, axe, tool.second)
  const [all, besides] = [await bytes(false), await bytes(true)]
  await page.goto(`${origin}/page.html`, { waitUntil: 'load' })
  await (await visible(page, tool.reject))?.click()
  await pause(SETTLE_MS)
  const nodesLeft = (await nodesIn(page)) - bare
  await tab.close()
  return { firstBytes, bytes: all, besides, nodes, nodesLeft, axe: [firstFaults, secondFaults] as const, ...buttons }
}

/** How it fares where nothing but the page's own files may run, and no string becomes a script. */
const underPolicy = async (browser: Browser, origin: string, tool: Tool) => {
  const tab = await openTab(browser, origin)
  await tab.page.evaluateOnNewDocument(watch, tool.first)
  await tab.page.goto(`${origin}/strict.html`, { waitUntil: 'load' })
  await pause(SETTLE_MS * 2)
  const told = await tab.page.evaluate(() => {
    const { shownAt, violations = 0 } = window as unknown as { shownAt?: number; violations?: number }
    return { shown: shownAt !== undefined, violations }
  })
  await tab.close()
  return told
}

/** A tool's own site. */
export interface Stand {
  readonly tool: Tool
  readonly version: string
  readonly origin: string
  close(): Promise<void>
}

/** All of one round before the next, so that a busy minute is everybody's. @param axe axe-core's own source */
export const measureBanners = async (
  browser: Browser,
  stands: readonly Stand[],
  axe: string,
  rounds: number,
): Promise<BannerFigures[]> => {
  const times = stands.map(() => ({
    script: [] as number[],
    task: [] as number[],
    long: [] as number[],
    visible: [] as number[],
    there: [] as number[],
  }))
  for (let round = 0; round < rounds; round++) {
    console.error(`bench: round ${round + 1}`)
    // Another one is the first each time: what comes first finds the browser as the last left it.
    for (let turn = 0; turn < stands.length; turn++) {
      const i = (round + turn) % stands.length
      const { origin, tool } = stands[i] as Stand
      const bare = await time(browser, origin, '/bare.html', 'h1')
      const own = await time(browser, origin, '/page.html', tool.first)
      const found = times[i]
      found?.script.push(own.script - bare.script)
      found?.task.push(own.task - bare.task)
      found?.long.push(own.long - bare.long)
      found?.visible.push(own.after)
      found?.there.push(own.there)
    }
  }
  const all: BannerFigures[] = []
  for (const [i, { origin, tool, version }] of stands.entries())
    all.push({
      name: tool.name,
      version,
      aside: tool.aside === true,
      ...(times[i] as (typeof times)[number]),
      ...(await inspect(browser, origin, tool, axe)),
      ...(await underPolicy(browser, origin, tool)),
    })
  return all
}
