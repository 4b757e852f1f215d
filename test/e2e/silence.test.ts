// Nothing before consent, and nothing after a no: no storage, no request but the site's own static files.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, kept, NOTICE, type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { wire } from '../harness/wire.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page
let sent: ReturnType<typeof wire>['sent']

beforeEach(async () => {
  site = await startSdkSite()
  visitor = await newVisitor({ proxy: site.proxy })
  sent = wire(visitor).sent
  page = await visitor.newPage()
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const STATIC = /^\/(nearside\/nearside(-paint|-banner|-config)?\.js|nearside\.json|favicon\.ico)$/

/** All that went over the wire from the pages: the documents themselves left out. */
const askedFor = (): string[] => {
  const pages = sent.filter(({ resource }) => resource !== 'document').map(({ method, url }) => `${method} ${url}`)
  const seen = site.seen.filter(({ path }) => path.includes('nearside') || !/^\/(p\/.*|cart|help|account)?$/.test(path))
  return [...pages, ...seen.map(({ method, host, path }) => `${method} http://${host}${path}`)]
}
const expectSilence = (): void => {
  for (const request of new Set(askedFor())) {
    const [method, url] = request.split(' ') as [string, string]
    expect(method).toBe('GET')
    expect(new URL(url).origin).toBe(site.origin)
    expect(new URL(url).pathname).toMatch(STATIC)
    expect(new URL(url).search).toBe('')
  }
  expect(site.received).toEqual([])
}
const NOTHING = { keys: [], cookies: [], databases: [] }

const wander = async (): Promise<void> => {
  for (const path of ['/p/pot', '/cart', '/help']) {
    await page.goto(site.origin + path)
    await page.mouse.wheel(0, 400)
    await page.keyboard.press('Tab')
    await api(page, nearside => nearside.signal('add_to_cart', { value: 100 }))
  }
}

describe('before any choice', () => {
  it('stores nothing, sends nothing and listens to nothing, however long the visitor wanders', async () => {
    await page.goto(`${site.origin}/`)
    await page.locator('#nearside-consent').waitFor()
    await wander()
    expect(await kept(page, visitor)).toEqual(NOTHING)
    await page.goto('about:blank')
    expectSilence()
  })

  it('adds no listener outside its own elements', async () => {
    await page.addInitScript(() => {
      const added: string[] = []
      const add = EventTarget.prototype.addEventListener
      EventTarget.prototype.addEventListener = function (...given: Parameters<typeof add>) {
        if (!(this instanceof Element && this.closest('#nearside-consent,:not(:root *)'))) added.push(given[0])
        return add.apply(this, given)
      }
      Object.assign(window, { added })
    })
    await page.goto(`${site.origin}/`)
    await page.locator('#nearside-consent').waitFor()
    expect(await page.evaluate(() => (window as unknown as { added: string[] }).added)).toEqual([])
  })

  it('tells a listener why a signal was refused, and keeps none of it', async () => {
    await page.goto(`${site.origin}/`)
    const refusal = api(
      page,
      nearside => new Promise(tell => nearside.on('refused', tell) && nearside.signal('page_view')),
    )
    expect(await refusal).toEqual({ kind: 'page_view', reason: 'no-decision' })
    expect(await kept(page, visitor)).toEqual(NOTHING)
  })
})

describe('after Reject all', () => {
  it('keeps the refusal and nothing else, and does not ask again', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'reject')
    await wander()
    expect(await page.locator('#nearside-consent').count()).toBe(0)
    expect(await kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
    const refusal = await page.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}'))
    expect(refusal).toEqual({
      v: 1,
      seq: 1,
      decision: {},
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      revision: NOTICE,
    })
    await page.goto('about:blank')
    expectSilence()
  })

  it('asks again when the notice is another, and when the refusal has run out', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'reject')
    await page.evaluate(() => {
      const refusal = JSON.parse(localStorage.getItem('nearside') ?? '{}')
      localStorage.setItem('nearside', JSON.stringify({ ...refusal, revision: 'older' }))
    })
    await page.reload()
    await answerBanner(page, 'reject')
    await page.evaluate(() => {
      const refusal = JSON.parse(localStorage.getItem('nearside') ?? '{}')
      localStorage.setItem('nearside', JSON.stringify({ ...refusal, expires: '2020-01-01' }))
    })
    await page.reload()
    await page.locator('#nearside-consent').waitFor()
  })
})
