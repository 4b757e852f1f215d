/** `npm start -- --record`: a visit to the shop as the real panel hears it, saved for the page beside this file to show. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame, Page } from 'puppeteer-core'
import { launch } from '../shop/chromium.ts'
import { findRoot } from '../shop/files.ts'
import { startShop } from '../shop/serve.ts'
import { type Stop, stroll, until } from '../shop/visitors.ts'
import { openInDevTools, savedSession } from './in-devtools.ts'

/** Long enough for a report to be made and answered on one of them. */
const DWELL_MS = 1500

const page = (path: string): Stop => ({ path })
const STOPS: readonly Stop[] = [
  page('/'),
  page('/c/tea'),
  page('/p/jasmine-pearls'),
  page('/c/pots'),
  page('/p/wren-teapot'),
  page('/help/brewing'),
  page('/c/pots'),
  { path: '/p/glass-teapot', press: '#add-to-cart' },
  page('/cart'),
]

/** Faults as developers make them, for the panel to find: see docs/devtools.md for what each shows. */
const plantFaults = (visit: Page, collector: string): Promise<void> =>
  visit.evaluate(async url => {
    const { nearside } = window as unknown as {
      nearside: { signal(kind: string, fields: object): void; segments(): { visit: string } }
    }
    nearside.signal('add_to_basket', { quantity: 1 })
    nearside.signal('page_view', { page: 'ada@example.org' })
    const { visit: segment } = nearside.segments()
    await fetch(`/art/fern-mark.svg?group=${segment}`)
    const { site, notice } = await (await fetch('/nearside.json')).json()
    const epoch = Math.floor(Date.now() / (7 * 24 * 60 * 60 * 1000))
    const report = { v: 1, site, model: `${site}.1`, epoch, segmentation: 'visit', segment }
    const body = JSON.stringify({ ...report, pseudonym: 'bWFkZS11cC1ieS1hLXBhZA', seq: 1, notice })
    await fetch(`${url}/v1/reports`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } })
  }, collector)

/** States are long, and the views show the last: a few stand for what can be compared. */
const MOST_STATES = 3

/** Rows and states each stand on a line of their own. */
const shortened = (text: string): string => {
  const lines = text.split('\n')
  const before = lines.findIndex(line => line.endsWith('"states":[')) + 1
  return [...lines.slice(0, before), ...lines.slice(before).slice(-MOST_STATES - 1)].join('\n')
}

const shown = (panel: Frame, css: string): Promise<unknown> =>
  until({ evaluate: text => panel.evaluate(text) }, `document.querySelector('${css}')`, css)

const bring = async (panel: Frame, view: string, ...shows: readonly string[]): Promise<void> => {
  await panel.evaluate(`document.querySelector('#tab-${view}').click()`)
  for (const css of shows) await shown(panel, css)
}

const visited = async (visit: Page, panel: Frame, shop: string, collector: string): Promise<string> => {
  await shown(panel, '.dt-link-live')
  await visit.reload()
  await until(visit, `document.querySelector('#nearside-consent')`, 'the question')
  await visit.click('#nearside-consent [data-nearside=accept]')
  await stroll(visit, shop, STOPS, DWELL_MS)
  await plantFaults(visit, collector)
  await bring(panel, 'wire', '.dt-verdict-seen', '[data-alarm=unlogged]')
  await bring(panel, 'session', '[data-press=save]')
  return panel.evaluate(savedSession)
}

export const recordSession = async (): Promise<void> => {
  const root = findRoot(import.meta.dirname)
  const { shop, collector, stop } = await startShop()
  const browser = await launch({ extension: join(root, 'dist/extension/chrome-devtools'), devtools: true })
  try {
    const visit = await browser.newPage()
    await visit.goto(shop)
    const { panel } = await openInDevTools(visit)
    const text = shortened(await visited(visit, panel, shop, collector))
    const path = join(root, 'examples/panel/session.json')
    await writeFile(path, text)
    console.log(`examples/panel/session.json: ${text.length} characters`)
  } finally {
    await browser.close()
    await stop()
  }
}
