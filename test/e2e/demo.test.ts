// The shop that `npm start` serves: what it answers, that it is silent before a yes, and that three visitors become three segments.
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bouncer, buyer, explorer, pause, stroll } from '../../examples/shop/visitors.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, kept, segmentOf } from '../harness/sdk-site.ts'
import { type Sent, wire } from '../harness/wire.ts'
import { type Demo, run, startDemo } from './demo-shop.ts'

const PAGES = [
  '/',
  '/c/tea',
  '/c/gifts',
  '/p/hollow-morning',
  '/p/slow-mornings-book',
  '/search',
  '/search?q=tea',
  '/cart',
  '/checkout',
  '/order/thanks',
  '/account',
  '/help',
  '/help/shipping',
  '/help/brewing',
  '/privacy',
]
const MISSING = ['/nowhere', '/p/nothing-of-ours', '/c/nothing-of-ours', '/p/', '/c/tea/more']

let demo: Demo
let shop: string
beforeAll(async () => {
  demo = await startDemo()
  shop = demo.printed.shop
})
afterAll(() => demo.stop())

describe('the demo, from the outside', () => {
  it('prints where the shop, the collector and the dashboard are, and stops when told to', async () => {
    const another = await startDemo()
    const { shop, dashboard } = another.printed
    const types = [shop, dashboard].map(async address => (await fetch(address)).headers.get('content-type'))
    const found = await Promise.all(types).finally(() => another.stop('SIGINT'))
    const { code, out, err } = await another.stop()
    expect(Object.keys(another.printed)).toEqual(['shop', 'collector', 'dashboard', 'studio'])
    for (const type of found) expect(type).toMatch(/^text\/html; charset=utf-8$/i)
    expect({ code, err, lines: out.trim().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 })
  })

  it('says how to go on where its port is taken, or an option is wrong', async () => {
    const taken = await run('--port', new URL(shop).port)
    expect(taken).toMatchObject({ code: 1, out: '' })
    expect(taken.err).toMatch(/^nearside: Port \d+ is taken\. Choose another: npm start -- --port \d+/)
    expect((await run('--port', 'x')).err).toContain('--port x is no port')
    expect((await run('--help')).out).toContain('Example: npm start')
  })

  it.each(PAGES)('%s is a page', async path => {
    const answer = await fetch(shop + path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('data-config="/nearside.json"')
  })

  it.each(MISSING)('%s is no page, and its status says so', async path => {
    expect((await fetch(shop + path)).status).toBe(404)
  })

  it('gives away nothing but its own files', async () => {
    for (const path of [
      '/..%2froutes.json',
      '/%2e%2e/%2e%2e/package.json',
      '/nearside/..%2f..%2fpackage.json',
      '/art/%2e%2e%2fshop.css',
      '/%00',
      '/%',
      '//etc/passwd',
    ])
      expect((await fetch(shop + path)).status, path).toBe(404)
    expect((await fetch(shop, { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it('answers everyone with the same bytes and strict headers, and an unchanged file with 304', async () => {
    const one = await fetch(`${shop}/nearside.json`, { headers: { cookie: 'a=1', 'accept-language': 'de' } })
    const other = await fetch(`${shop}/nearside.json`)
    const text = await one.text()
    expect(await other.text()).toBe(text)
    expect(JSON.parse(text).reports).toEqual({ url: demo.printed.collector, maxDelay: 2000, stable: 2000 })
    const { 'content-security-policy': policy = '', ...headers } = Object.fromEntries(one.headers)
    expect(policy).toContain(`connect-src 'self' ${demo.printed.collector}`)
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' })
    expect(Object.keys(headers)).not.toContain('vary')
    expect(Object.keys(headers)).not.toContain('set-cookie')
    const again = await fetch(`${shop}/nearside.json`, { headers: { 'if-none-match': headers.etag ?? '' } })
    expect(again.status).toBe(304)
  })
})

describe('a visitor of the demo', () => {
  let visitor: BrowserContext
  let page: Page
  let sent: Sent[]
  let complaints: string[]

  const come = async (options: BrowserContextOptions = {}) => {
    const context = await newVisitor({ reducedMotion: 'reduce', ...options })
    const tab = await context.newPage()
    tab.on('console', message => {
      if (/error|warning/.test(message.type())) complaints.push(`${tab.url()} ${message.text()}`)
    })
    tab.on('pageerror', error => complaints.push(`${tab.url()} ${error.message}`))
    return { context, tab }
  }
  beforeEach(async () => {
    complaints = []
    const { context, tab } = await come()
    visitor = context
    page = tab
    sent = wire(visitor).sent
  })
  afterEach(() => visitor.close())

  const expectSilence = (): void => {
    for (const { method, url, headers } of sent) {
      expect(`${method} ${new URL(url).origin}`).toBe(`GET ${shop}`)
      expect(headers.cookie || headers.referer || '').toBe('')
    }
  }

  it('causes no request but GETs of the shop, and leaves nothing, on arrival', async () => {
    await page.goto(shop)
    await page.locator('#nearside-consent').waitFor()
    await page.waitForLoadState('networkidle')
    expectSilence()
    expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
  })

  it('leaves nothing but the refusal after Reject all, however long the visit', async () => {
    await page.goto(shop)
    await answerBanner(page, 'reject')
    await stroll(page, shop, buyer, 0)
    await page.waitForLoadState('networkidle')
    expectSilence()
    expect(await kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
    expect(await page.evaluate(() => JSON.parse(localStorage.nearside).decision)).toEqual({})
  })

  it('meets no violation of the shop’s policy and no error, on any page, before and after a yes', async () => {
    for (const path of PAGES) {
      await page.goto(shop + path)
      await page.locator('#nearside-consent').waitFor()
    }
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    for (const path of PAGES) {
      await page.goto(shop + path)
      await segmentOf(page, 'visit')
    }
    expect(complaints).toEqual([])
  })

  /** With nothing in the cache: what is there is asked for whether or not it can be seen. */
  const askedFor = async (
    path: string,
    storageState: NonNullable<BrowserContextOptions['storageState']>,
  ): Promise<string[]> => {
    const { context, tab } = await come({ storageState })
    const { sent } = wire(context)
    await tab.goto(shop + path, { waitUntil: 'networkidle' })
    // The worker is up, and has asked for all that it wants.
    await api(tab, nearside => nearside.exportData())
    await context.close()
    const own = sent.map(({ method, url }) => `${method} ${url}`).filter(each => each.startsWith(`GET ${shop}`))
    return [...new Set(own)].sort()
  }

  it('becomes one of three segments by what was done, and no request tells which', async () => {
    const visit = async (stops: typeof buyer) => {
      const { context, tab } = await come()
      await tab.goto(shop)
      await answerBanner(tab, 'accept')
      await segmentOf(tab, 'visit')
      await stroll(tab, shop, stops, 420)
      await pause(1500)
      const segment = await segmentOf(tab, 'visit')
      const storageState = await context.storageState()
      await context.close()
      const asked = await Promise.all(['/', '/p/kyusu', '/cart'].map(path => askedFor(path, storageState)))
      return { segment, asked }
    }
    const [one, two, three] = await Promise.all([visit(bouncer), visit(explorer), visit(buyer)])
    expect([one.segment, two.segment, three.segment]).toEqual(['v1', expect.stringMatching(/^v[234]$/), 'v5'])
    expect(two.asked).toEqual(one.asked)
    expect(three.asked).toEqual(one.asked)
  })
})
