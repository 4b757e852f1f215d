// `<nearside-show>`: for what attributes do not reach, a shadow root among it.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

const ELEMENTS = `<nearside-show id="for" hidden when="visit:v1 visit:v2">for you<template><img src="/for.svg" alt=""></template></nearside-show>
<nearside-show id="other" hidden when="visit:v9"><template><img src="/other.svg" alt=""></template></nearside-show>
<nearside-show id="unless" unless="visit:v1">for everybody else</nearside-show><div id="host"></div>
<script>host.attachShadow({ mode: 'open' }).innerHTML = '<nearside-show hidden when="visit:v1">in a shadow</nearside-show>'</script>`

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined, expose: 'api' } })
  const head = `<script async src="/nearside/nearside.js"></script><script type="module" src="/nearside/nearside-element.js"></script>`
  site.route(
    '/',
    asPage(`<!doctype html><html lang="en"><head><title>elements</title>${head}</head><body>${ELEMENTS}</body></html>`),
  )
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${site.origin}/`)
  await page.locator('#nearside-consent').waitFor()
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

/** What is seen of `for`, `other`, `unless` and the one in a shadow. */
const seen = (): Promise<boolean[]> =>
  Promise.all(['#for', '#other', '#unless', '#host nearside-show'].map(it => page.locator(it).isVisible()))
const pictures = (): string[] => site.seen.map(({ path }) => path).filter(path => path.endsWith('.svg'))

it('shows what is for a segment once it is known, in a shadow root too, and takes it back with a withdrawal', async () => {
  expect(await seen()).toEqual([false, false, true, false])
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'v1')
  await expect.poll(seen).toEqual([true, false, false, true])
  await api(page, nearside => nearside.withdraw())
  await expect.poll(seen).toEqual([false, false, true, false])
})

it('fetches nothing of a template before it is shown, and nothing of another segment’s ever', async () => {
  expect(pictures()).toEqual([])
  await answerBanner(page, 'accept')
  await expect.poll(pictures).toEqual(['/for.svg'])
  expect(await page.locator('#for img').count()).toBe(1)
  await api(page, nearside => nearside.withdraw())
  await expect.poll(() => page.locator('#for img').count()).toBe(0)
  expect(pictures()).toEqual(['/for.svg'])
})

it('follows its attributes, and whatever is added later', async () => {
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'v1')
  await page.locator('#other').evaluate(it => it.setAttribute('when', 'visit:v1'))
  expect(await page.locator('#other img').count()).toBe(1)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<nearside-show id="late" when="visit:v1">late</nearside-show>'),
  )
  expect(await page.locator('#late').isVisible()).toBe(true)
  await page.locator('#late').evaluate(it => it.setAttribute('unless', 'visit:v1'))
  expect(await page.locator('#late').isVisible()).toBe(false)
})
