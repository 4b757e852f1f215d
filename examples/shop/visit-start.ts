/** The first half of a visit: arrival, a yes, a look round, a cart, and coming back. */

import type { Page } from 'puppeteer-core'
import { explorer, type Stop, stroll, until } from './visitors.ts'
import {
  apart,
  DWELL_MS,
  eventually,
  greetings,
  keptOn,
  nothing,
  reportsIn,
  same,
  visitSegment,
  type Walk,
} from './walk.ts'

export const arrive = async (walk: Walk) => {
  const { timeline, wire } = walk
  timeline.step('Arrives at the shop. The question is on the page; nothing is clicked.')
  const tab = await walk.visitor.open()
  wire.watch(tab)
  await tab.goto(`${walk.shop}/`)
  await until(tab, "document.querySelector('#nearside-consent')", 'the question')
  await tab.waitForNetworkIdle({ idleTime: 500 })
  const requests = apart(walk).map(({ method, url }) => `${method} ${url}`)
  const kept = await keptOn(tab)
  timeline.check(`${wire.sent.length} GETs of the shop's own files, and no other request`, !requests.length, requests)
  timeline.check('no cookie, referrer or query with any of them', !wire.sent.some(each => each.telling))
  timeline.check('nothing in storage: no key, no database, no cookie', same(kept, nothing), kept)
  return { tab, beforeConsent: { requests, storageKeys: kept.keys } }
}

export const consent = async ({ timeline, name }: Walk, tab: Page): Promise<void> => {
  timeline.step('Says yes to everything.')
  await tab.click('#nearside-consent [data-nearside=accept]')
  await until(tab, 'nearside.segments().visit', 'a first segment')
  const segment = await visitSegment(tab)
  timeline.check(`worked out on the device: ${name('visit', segment)}`, segment === 'v1', segment)
}

const isReported = (walk: Walk, segment: string): boolean =>
  reportsIn(walk)
    .filter(({ report }) => report.segmentation === 'visit')
    .at(-1)?.report.segment === segment

export const explore = async (walk: Walk, tab: Page): Promise<void> => {
  const { timeline, name } = walk
  timeline.step(`Looks round: ${explorer.length} pages.`)
  let segment = await visitSegment(tab)
  let pages = 0
  await stroll(tab, walk.shop, explorer, DWELL_MS, async ({ path }) => {
    pages++
    const now = await visitSegment(tab)
    if (now && now !== segment) timeline.note(`page ${pages}, ${path}: now ${name('visit', now)}`)
    segment = now || segment
  })
  timeline.check('the segment follows what was done', /^v[234]$/.test(segment), segment)
  const seen = await greetings(tab)
  timeline.check(`the home page greets accordingly: “${seen}”`, same(seen, ['Still reading? Good. So are we.']))
  timeline.check('the segment is reported once it has held', await eventually(() => isReported(walk, segment)))
}

const SCOOP: readonly Stop[] = [
  { path: '/c/tools' },
  { path: '/p/olive-scoops', press: '#add-to-cart' },
  { path: '/cart' },
]

export const fillCart = async ({ timeline, shop }: Walk, tab: Page): Promise<void> => {
  timeline.step('Puts something in the cart.')
  await stroll(tab, shop, SCOOP, DWELL_MS)
  const lines = await tab.evaluate(() => document.querySelectorAll('#lines > li').length)
  timeline.check('it is there, and the shop told only Nearside on this device', lines === 1, lines)
}

/** Runs before any script of the page: when did the segment come, and when the first paint? */
const watchPaint = (): void => {
  const page = window as { nearsideSeen?: { segment: string; at: number } }
  new MutationObserver((_, watching) => {
    const segment = document.documentElement?.getAttribute('data-nearside-visit')
    if (!segment) return
    page.nearsideSeen = { segment, at: performance.now() }
    watching.disconnect()
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

const PAINTED = `(() => {
  const [paint] = performance.getEntriesByName('first-paint')
  return paint && window.nearsideSeen && { ...window.nearsideSeen, paint: paint.startTime }
})()`

/** In a new tab: what the first one held for itself is gone. */
export const comeBack = async (walk: Walk, first: Page): Promise<Page> => {
  const { timeline, name } = walk
  timeline.step('Closes the tab, and comes back in another.')
  await first.close()
  const tab = await walk.visitor.open()
  walk.wire.watch(tab)
  await tab.evaluateOnNewDocument(watchPaint)
  await tab.goto(`${walk.shop}/`)
  const seen = (await until(tab, PAINTED, 'the first paint')) as { segment: string; at: number; paint: number }
  timeline.check(
    `the first paint, at ${Math.round(seen.paint)} ms, already knows: ${name('visit', seen.segment)}`,
    seen.at < seen.paint,
    seen,
  )
  return tab
}
