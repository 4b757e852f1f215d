/** A visit in progress: what every step works with, and what it may look up. */

import type { Page } from 'puppeteer-core'
import { parseReport, type Report } from '../../core/report.ts'
import type { Visitor } from './chromium.ts'
import type { Timeline } from './timeline.ts'
import { type Hand, pause } from './visitors.ts'
import type { Sent, Wire } from './wire.ts'

export interface Walk {
  readonly shop: string
  readonly collector: string
  readonly visitor: Visitor
  readonly wire: Wire
  readonly timeline: Timeline
  /** A segment as a person reads it. */
  readonly name: (segmentation: string, segment: string) => string
}

/** Time to read a page. */
export const DWELL_MS = 500
const PATIENCE_MS = 20_000
const POLL_MS = 25

const onSite = (walk: Walk, { method, url, body }: Sent): boolean =>
  method === 'GET' && url.startsWith(`${walk.shop}/`) && body === ''

/** All but the site's own files. */
export const apart = (walk: Walk): Sent[] => walk.wire.sent.filter(each => !onSite(walk, each))

export const reportsIn = (walk: Walk): { readonly body: string; readonly report: Report }[] =>
  apart(walk)
    .filter(({ url }) => url.endsWith('/v1/reports'))
    .map(({ body }) => ({ body, report: parseReport(body) }))

export const erasuresIn = (walk: Walk): Sent[] => apart(walk).filter(({ url }) => url.endsWith('/v1/erasures'))

export const eventually = async (holds: () => boolean | Promise<boolean>): Promise<boolean> => {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await holds())) {
    if (Date.now() > deadline) return false
    await pause(POLL_MS)
  }
  return true
}

/** What could be found of the visitor on the site's origin. */
export const keptOn = async (tab: Page) => {
  const { keys, databases } = await tab.evaluate(async () => ({
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
  }))
  const cookies = (await tab.browserContext().cookies()).map(({ name }) => name)
  return { keys, databases, cookies }
}

export const nothing = { keys: [], databases: [], cookies: [] }
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

export const visitSegment = async (hand: Hand): Promise<string> =>
  String((await hand.evaluate('nearside.segments().visit').catch(() => undefined)) ?? '')

/** The greetings that can be seen. */
export const greetings = (tab: Page): Promise<string[]> =>
  tab.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.hero')]
      .filter(hero => hero.offsetParent !== null || getComputedStyle(hero).display !== 'none')
      .map(hero => hero.querySelector('h1')?.textContent ?? ''),
  )
