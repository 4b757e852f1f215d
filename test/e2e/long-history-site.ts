// A site whose questions look back over days, and a visitor who comes for weeks: what the long-history promises are kept on.
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { DAY_MS } from '../../core/epoch.ts'
import type { Hydration } from '../../core/protocol/session.ts'
import type { Nearside } from '../../sdk/api.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, type SdkSiteOptions, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

/** Days, today included. What an account told is kept for less than a question about orders looks back. */
export const RETENTION = { browsing: 5, shopping: 30, account: 10 }

/** Noon of the first day of an epoch: for a week no key is renewed. */
export const NOON = Date.UTC(2026, 5, 11, 12)

/** The nearer of two centroids: none of it, or `much`. */
const question = (id: string, feature: string, letter: string, much: number) => ({
  kind: 'centroids',
  id,
  label: `How much of ${feature} there was`,
  uses: ['content'],
  segments: [0, 1, 2].map(n => ({ id: letter + n, label: `${feature} ${n}`, description: `Of ${feature}: ${n}.` })),
  features: [feature],
  scaler: { center: [0], scale: [1] },
  centroids: [[0], [much]],
})

/** Nothing in it changes with the time alone: no page wakes for its sake. */
const model = JSON.stringify({
  v: 1,
  name: 'long',
  revision: 1,
  issued: '2026-01-01',
  expires: '2028-01-01',
  features: [
    { name: 'views', kind: 'page_view', aggregate: 'count', window: 5 },
    { name: 'adds', kind: 'add_to_cart', aggregate: 'count', window: 'session' },
    { name: 'looks', kind: 'view_item', aggregate: 'sum', field: 'value', window: 2 },
    { name: 'orders', kind: 'purchase', aggregate: 'count', window: 30 },
    { name: 'spent', kind: 'purchase', aggregate: 'sum', field: 'value', window: 30 },
  ],
  segmentations: [question('cart', 'adds', 'c', 1), question('habit', 'orders', 'h', 4)],
  guarantee: { minimumSize: 1, dataset: 'made up', digest: 'none', basis: 'Made up for a test.' },
})

/** @param more of its config */
export const startLongSite = (more: SdkSiteOptions['config'] = { reports: undefined }): Promise<SdkSite> =>
  startSdkSite({
    model,
    config: { categories: ['browsing', 'shopping', 'account'], retention: RETENTION, ...more },
  })

/** What a page has of Nearside. */
export interface InPage {
  nearside: Nearside
}

export const startVisitor = async (site: SdkSite) => {
  const visitor: BrowserContext = await newVisitor()
  const page: Page = await visitor.newPage()

  /** Comes to a page of the site at an instant, ms since 1970; from there on time goes by as it does. */
  const comeAt = async (at: number, path = '/p/pot'): Promise<void> => {
    await page.clock.setSystemTime(at)
    await page.goto(site.origin + path)
    await page.waitForFunction(() => (window as unknown as InPage).nearside)
  }
  const exported = async (): Promise<AccessDocument> =>
    (await api(page, nearside => nearside.exportData())) as AccessDocument

  return {
    page,
    comeAt,
    exported,
    /** The first of all visits, with a yes to everything. */
    begin: async (at = NOON): Promise<void> => {
      await comeAt(at)
      await answerBanner(page, 'accept')
      await segmentOf(page, 'cart')
    },
    /** Waits until the worker is up, and has seen to all that a start is for. */
    started: (): Promise<unknown> => segmentOf(page, 'cart'),
    /** Waits until so many signals of a kind are kept. */
    untilKept: (kind: string, n: number): Promise<unknown> =>
      expect.poll(async () => (await exported()).signals.filter(it => it.kind === kind).length).toBe(n),
    /** Orders of the past, one every `apart` ms, the latest at `last`. */
    hydrate: (first: number, count: number, last: number, apart: number): Promise<Hydration | null> =>
      page.evaluate(
        ([from, n, end, step]) =>
          (window as unknown as InPage).nearside.hydrate(
            Array.from({ length: n }, (_, i) => ({
              id: `o${from + i}`,
              kind: 'purchase',
              at: end - (n - 1 - i) * step,
              value: from + i,
            })),
          ),
        [first, count, last, apart] as const,
      ),
    close: (): Promise<void> => visitor.close(),
  }
}

export type Visitor = Awaited<ReturnType<typeof startVisitor>>

/** Such a site, and a visitor of it. */
export const startLongVisit = async () => {
  const site = await startLongSite()
  const visitor = await startVisitor(site)
  const close = async (): Promise<void> => {
    await visitor.close()
    await site.close()
  }
  return { site, visitor, close }
}

export type LongVisit = Awaited<ReturnType<typeof startLongVisit>>

export const midnightAfter = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS
