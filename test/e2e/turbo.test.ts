// The real Turbo: it swaps the body, puts copies of pages back and morphs them; views, dwell and what is shown stay true.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { dwells, expectViews } from './navigation-site.ts'

const turbo = readFileSync(createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-esm.js'), 'utf8')

const SHOWN = `<template data-nearside-show="visit:v1 visit:v2"><p class="taken">taken</p></template>
<p hidden data-nearside-show="visit:v1 visit:v2" class="attribute">attribute</p>`
/** Marks its kind, so that the old view's mark is there while the new one is fetched. */
const html = (kind: string): string => `<!doctype html><html lang="en"><head><title>${kind}</title>
<meta name="nearside-page" content="${kind}"><meta name="turbo-refresh-method" content="morph">
<script type="module" src="/turbo.js"></script><script async src="/nearside/nearside.js"></script></head>
<body><h1>${kind}</h1><a href="/p/pot">pot</a> <a href="/cart">cart</a> <a href="/">home</a>${SHOWN}</body></html>`

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  site.route('/turbo.js', { body: turbo, headers: { 'content-type': 'text/javascript' } })
  for (const [path, kind] of Object.entries({ '/': 'home', '/p/pot': 'product', '/cart': 'cart' }))
    site.route(path, asPage(html(kind)))
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${site.origin}/`)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const visit = async (name: string, title = name): Promise<void> => {
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { name: title }).waitFor()
}
const accept = async (): Promise<void> => {
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  await expectShown()
}
/** Both ways of showing, each once. */
const expectShown = async (): Promise<void> => {
  await page.locator('.attribute').waitFor()
  await expect.poll(() => page.locator('.taken').count()).toBe(1)
}

describe('under Turbo', () => {
  it('each visit is one view, of its own kind, with its own dwell', async () => {
    await accept()
    await visit('pot', 'product')
    await visit('cart')
    await page.goBack()
    await page.getByRole('heading', { name: 'product' }).waitFor()
    await visit('home')
    await expectViews(page, ['home', 'product', 'cart', 'product', 'home'])
    expect((await dwells(page)).map(([kind]) => kind)).toEqual(['home', 'product', 'cart', 'product'])
  })

  it('what is shown is there once after a visit, a copy that is put back, and a morph', async () => {
    await accept()
    await visit('pot', 'product')
    await expectShown()
    await page.goBack()
    await page.getByRole('heading', { name: 'home' }).waitFor()
    await expectShown()
    const morphed = page.evaluate(() => new Promise(go => addEventListener('turbo:render', go, { once: true })))
    await page.evaluate(() =>
      (window as unknown as { Turbo: { session: { refresh(url: string): void } } }).Turbo.session.refresh(
        location.href,
      ),
    )
    await morphed
    await expectShown()
  })

  it('a copy that is put back after a withdrawal shows nothing', async () => {
    await accept()
    await visit('pot', 'product')
    await api(page, nearside => nearside.withdraw())
    await page.goBack()
    await page.getByRole('heading', { name: 'home' }).waitFor()
    expect(await page.locator('.taken, .attribute:visible').count()).toBe(0)
  })

  it('the question stays while the visitor goes on undecided', async () => {
    await page.locator('#nearside-consent').waitFor()
    await visit('pot', 'product')
    await accept()
    await expectViews(page, ['product'])
  })
})
