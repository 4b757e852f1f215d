// Whatever Nearside promises holds while somebody looks: the same visit, with the panel and without.
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { type Developer, launchDeveloper } from './devtools-panel.ts'

type Api = { nearside: Nearside }

const SEGMENTATIONS = 2

let developer: Developer
const sites: SdkSite[] = []

beforeAll(async () => {
  developer = await launchDeveloper()
})
afterAll(async () => {
  await developer?.close()
  await Promise.all(sites.map(site => site.close()))
})

const untilHeld = (page: Page, what: () => unknown): Promise<unknown> => page.waitForFunction(what)

/** DevTools ask every local server for this by themselves. */
const isOurs = (request: string): boolean => !request.includes('/.well-known/')

/** What a site's server and its page can tell of one visit, but for what is drawn at random or is a time. */
const visit = async (looked: boolean) => {
  const site = await startSdkSite()
  sites.push(site)
  const page = await developer.browser.newPage()
  await page.goto(`${site.origin}/help`)
  if (looked) await (await developer.openPanel(page)).until('.dt-standing', /Live/)
  await page.goto(`${site.origin}/`)
  const before = await page.evaluate(async () => ({
    keys: Object.keys(localStorage),
    databases: (await indexedDB.databases()).length,
    native: /native code/.test(String(Worker.prototype.postMessage)),
  }))
  await page.waitForSelector('#nearside-consent [data-nearside=accept]')
  await page.click('#nearside-consent [data-nearside=accept]')
  await untilHeld(page, () => (window as unknown as Api).nearside.segments().visit)
  await page.evaluate(() => {
    const { nearside } = window as unknown as Api
    nearside.signal('add_to_cart', { quantity: 1 })
    nearside.signal('add_to_cart', { quantity: -1 })
    nearside.signal('answer', { question: 'tea', answer: 'green' })
  })
  // On disk, all of it: what a page that goes away at once leaves undone is a matter of milliseconds.
  await untilHeld(page, async () => {
    const { signals = [], refused, ledger = [] } = (await (window as unknown as Api).nearside.exportData()) ?? {}
    const added = signals.filter(({ kind }) => kind === 'add_to_cart').length
    const answered = ledger.filter(({ event }) => event.type === 'answer').length
    return added === 2 && refused?.unneeded === 1 && answered === 2
  })
  await page.goto(`${site.origin}/p/pot`)
  await untilHeld(page, () => (window as unknown as Api).nearside.segments().visit)
  const kept = await page.evaluate(() => (window as unknown as Api).nearside.exportData())
  const segments = await page.evaluate(() => (window as unknown as Api).nearside.segments())
  const reports = site.received.map(({ path, body }) => {
    const { pseudonym: _, ...report } = JSON.parse(body)
    return { path, bytes: body.length, ...report }
  })
  await page.evaluate(() => (window as unknown as Api).nearside.withdraw())
  await untilHeld(page, () => Object.keys(localStorage).length === 1)
  const after = await page.evaluate(async () => ({
    keys: Object.keys(localStorage),
    databases: (await indexedDB.databases()).length,
    segments: (window as unknown as Api).nearside.segments(),
  }))
  await page.close()
  return {
    native: before.native,
    told: {
      before: { ...before, native: undefined },
      after,
      segments,
      reports: reports.sort((a, b) => a.segmentation.localeCompare(b.segmentation)),
      signals: kept?.signals.map(({ kind, page }) => `${kind} ${page}`).sort(),
      refused: kept?.refused,
      events: kept?.ledger.map(({ event }) => event.type).sort(),
      asked: [...new Set(site.seen.map(({ method, path }) => `${method} ${path}`))].filter(isOurs).sort(),
    },
  }
}

it('decides, notes, refuses, assigns, reports, asks for and deletes the same with the panel open', async () => {
  const alone = await visit(false)
  const looked = await visit(true)
  // Else the second was not looked at, or the first was.
  expect([alone.native, looked.native]).toEqual([true, false])
  expect(alone.told.reports.length).toBeGreaterThanOrEqual(SEGMENTATIONS)
  expect(looked.told).toEqual(alone.told)
})
