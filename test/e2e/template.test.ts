// `<template data-nearside-show>`: inert until its segment is shown, taken away with it; and what a page adds later is shown as well.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

const CSP = "default-src 'self'; require-trusted-types-for 'script'; trusted-types nearside"
const TEMPLATES = `<template data-nearside-show="visit:v1 visit:v2"><p class="brief">Welcome <img src="/brief.svg" alt=""></p>
  <template data-nearside-show="visit:v1"><p class="nested">nested</p></template><p class="brief">twice</p></template>
  <template data-nearside-show="visit:v9"><p class="never"><img src="/never.svg" alt=""></p></template>
  <p id="after">after</p><p hidden data-nearside-show="visit:v1" id="attribute">brief</p>`
const html = (body: string): string => `<!doctype html><html lang="en"><head><title>templates</title>
<script src="/nearside/nearside-paint.js"></script><script async src="/nearside/nearside.js"></script></head><body>${body}</body></html>`

let site: SdkSite
let visitor: BrowserContext
let page: Page
let errors: string[]

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined }, headers: { 'content-security-policy': CSP } })
  site.route('/', asPage(html(TEMPLATES)))
  site.route('/favicon.ico', { status: 204 })
  for (const picture of ['/brief.svg', '/never.svg'])
    site.route(picture, {
      body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      headers: { 'content-type': 'image/svg+xml' },
    })
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  errors = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
})
afterEach(async () => {
  expect(errors).toEqual([])
  await visitor.close()
  await site.close()
})

const fetched = (): string[] => site.seen.map(({ path }) => path).filter(path => path.endsWith('.svg'))
const accept = async (): Promise<void> => {
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'v1')
}
/** The elements of the body in order, as far as they are of these tests. */
const bodyNow = (): Promise<string[]> =>
  page.locator('body > :is(p, template)').evaluateAll(all => all.map(it => it.className || it.id || it.localName))
const BEFORE = ['template', 'template', 'after', 'attribute']
const SHOWN = ['template', 'brief', 'template', 'nested', 'brief', 'template', 'after', 'attribute']

describe('a template', () => {
  it('is inert until its segment is shown, and never fetched for another, under a strict policy with Trusted Types', async () => {
    await page.goto(`${site.origin}/`)
    await page.locator('#nearside-consent').waitFor()
    expect(await bodyNow()).toEqual(BEFORE)
    expect(fetched()).toEqual([])
    await answerBanner(page, 'accept')
    await page.locator('.nested').waitFor()
    expect(await bodyNow()).toEqual(SHOWN)
    await expect.poll(fetched).toEqual(['/brief.svg'])
  })

  it('is shown again on the next page, and left as it is while its segment holds', async () => {
    await accept()
    await page.reload()
    const copy = await page.locator('.brief').first().elementHandle()
    // The worker has answered for this page: nothing but the test changes the segment from here on.
    await api(page, nearside => nearside.exportData())
    await page.evaluate(() => document.documentElement.setAttribute('data-nearside-visit', 'v1'))
    await page.evaluate(() => document.documentElement.setAttribute('data-nearside-visit', 'v2'))
    await page.locator('.nested').waitFor({ state: 'detached' })
    expect(await copy?.evaluate(it => it.isConnected)).toBe(true)
  })

  it('is taken away when the segment changes, and put back with it', async () => {
    await accept()
    await page.locator('.nested').waitFor()
    await page.evaluate(() => document.documentElement.setAttribute('data-nearside-visit', 'v8'))
    await expect.poll(bodyNow).toEqual(BEFORE)
    await page.evaluate(() => document.documentElement.setAttribute('data-nearside-visit', 'v1'))
    await expect.poll(bodyNow).toEqual(SHOWN)
  })

  it('is taken away by a withdrawal, and then nothing is watched any more', async () => {
    await accept()
    await page.locator('.nested').waitFor()
    await api(page, nearside => nearside.withdraw())
    await expect.poll(bodyNow).toEqual(BEFORE)
    expect(await page.locator('#attribute').isVisible()).toBe(false)
    await page.evaluate(() => document.documentElement.setAttribute('data-nearside-visit', 'v1'))
    await page.evaluate(() => document.body.append(document.createElement('p')))
    expect(await page.locator('.brief').count()).toBe(0)
  })
})

describe('what the page adds later', () => {
  it('is shown before it is painted, template or not', async () => {
    await accept()
    await page.locator('.nested').waitFor()
    const shown = await page.evaluate(async () => {
      const added = (document.querySelector('#attribute') as HTMLElement).cloneNode(true) as HTMLElement
      added.hidden = true
      const template = document.createElement('template')
      template.dataset.nearsideShow = 'visit:v1'
      template.content.append(document.createElement('q'))
      const section = document.createElement('section')
      section.append(added, template)
      document.body.append(section)
      await new Promise(requestAnimationFrame)
      return [added.hidden, section.querySelectorAll('q').length]
    })
    expect(shown).toEqual([false, 1])
  })

  it('does not double what a copy of the page brings back', async () => {
    await accept()
    await page.locator('.nested').waitFor()
    await page.evaluate(() => document.body.replaceWith(document.body.cloneNode(true)))
    await page.evaluate(() => new Promise(requestAnimationFrame))
    expect(await bodyNow()).toEqual(SHOWN)
  })

  it('does not keep a page busy that undoes what is shown', async () => {
    await accept()
    await page.locator('.nested').waitFor()
    const removed = await page.evaluate(async () => {
      let times = 0
      const undo = new MutationObserver(() => {
        for (const it of document.querySelectorAll('.brief')) it.remove()
        times++
      })
      undo.observe(document.body, { childList: true })
      document.querySelector('.brief')?.remove()
      await new Promise(go => setTimeout(go, 50))
      undo.disconnect()
      return times
    })
    expect(removed).toBeLessThan(1000)
  })

  it('is left alone where the segment is for the api only', async () => {
    site.route('/nearside.json', JSON.stringify({ ...JSON.parse(site.config), expose: 'api' }))
    await accept()
    await page.evaluate(() => new Promise(requestAnimationFrame))
    expect(await bodyNow()).toEqual(BEFORE)
    expect(await page.locator('#attribute').isVisible()).toBe(false)
  })
})
