// Routers, hashes and soft navigations: every view is noted once, as what it is, and dwell belongs to the view that was looked at.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, openChoices, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { dwells, expectViews, views } from './navigation-site.ts'

const app = (head = ''): string => `<!doctype html><html lang="en"><head><title>app</title>${head}
<script async src="/nearside/nearside.js"></script></head><body><main></main><a id="anchor" href="#part">part</a><p id="part">part</p></body></html>`

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const arrive = async (head?: string): Promise<void> => {
  for (const path of ['/', '/p/pot', '/cart']) site.route(path, asPage(app(head)))
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  await expectViews(page, ['home'])
}
const push = (url: string): Promise<void> => page.evaluate(to => history.pushState(null, '', to), url)
/** Looks on for so long, by the page's own clock. */
const look = (ms: number): Promise<unknown> => page.evaluate(wait => new Promise(go => setTimeout(go, wait)), ms)

describe('a router', () => {
  it('that pushes, replaces and goes back has each view noted once', async () => {
    await arrive()
    await push('/p/pot')
    await page.evaluate(() => history.replaceState(null, '', '/cart'))
    await page.goBack()
    await expectViews(page, ['home', 'product', 'cart', 'home'])
    await page.goForward()
    await expectViews(page, ['home', 'product', 'cart', 'home', 'cart'])
  })

  it('that changes its state, its query or an anchor has no new view noted', async () => {
    await arrive()
    await page.evaluate(() => history.replaceState({ scroll: 1 }, ''))
    await push('/?sort=price')
    await page.locator('#anchor').click()
    await page.evaluate(() => history.replaceState(null, '', '/?sort=name#part'))
    await push('/cart')
    await expectViews(page, ['home', 'cart'])
  })

  it('by hash has each of its paths noted, as the patterns name them', async () => {
    const pages = [
      { path: '/', kind: 'home' },
      { path: '/#/p/*', kind: 'product' },
      { path: '/#!/cart', kind: 'cart' },
    ]
    site.route('/nearside.json', JSON.stringify({ ...JSON.parse(site.config), pages }))
    await arrive()
    await page.evaluate(() => {
      location.hash = '#/p/pot'
    })
    await page.evaluate(() => {
      location.hash = '#/p/pot?size=2'
    })
    await page.evaluate(() => {
      location.hash = '#!/cart'
    })
    await page.goBack()
    await expectViews(page, ['home', 'product', 'cart', 'product'])
  })

  it('has the time of each view noted for that view', async () => {
    await arrive()
    const start = await page.evaluate(() => performance.now())
    await look(120)
    await push('/p/pot')
    await look(60)
    await push('/cart')
    await expectViews(page, ['home', 'product', 'cart'])
    const whole = (await page.evaluate(() => performance.now())) - start
    const [[first, home], [second, product], ...more] = (await dwells(page)) as [[string, number], [string, number]]
    expect([first, second, more]).toEqual(['home', 'product', []])
    expect(home).toBeGreaterThanOrEqual(119)
    expect(product).toBeGreaterThanOrEqual(59)
    expect(product).toBeLessThan(whole - 119)
  })
})

describe('a view that is rendered after its address', () => {
  const MARK = '<meta name="nearside-page" content="home">'
  const mark = (kind: string): Promise<void> =>
    page.evaluate(to => document.querySelector('meta[name=nearside-page]')?.setAttribute('content', to), kind)

  it('is noted as what it calls itself, not as what the last one did', async () => {
    await arrive(MARK)
    await push('/p/pot')
    await look(50)
    expect(await views(page)).toEqual(['home'])
    await mark('article')
    await expectViews(page, ['home', 'article'])
  })

  it('is noted within a moment where it calls itself the same', async () => {
    await arrive(MARK)
    await push('/p/pot')
    await expectViews(page, ['home', 'home'])
  })

  it('is noted although the visitor leaves before', async () => {
    await arrive(MARK)
    await push('/p/pot')
    await page.goto(`${site.origin}/quiet`)
    await segmentOf(page, 'visit')
    await expectViews(page, ['home', 'home'])
  })

  it('is noted once where the next comes before it was rendered', async () => {
    await arrive(MARK)
    await push('/p/pot')
    await push('/cart')
    await mark('cart')
    await expectViews(page, ['home', 'home', 'cart'])
  })
})

it('a soft navigation by the Navigation API is a view', async () => {
  await arrive()
  await page.evaluate(async () => {
    const { navigation } = window as unknown as {
      navigation: EventTarget & { navigate(url: string): { finished: Promise<unknown> } }
    }
    navigation.addEventListener('navigate', event => {
      ;(event as Event & { intercept(options: object): void }).intercept({
        handler: () => new Promise(go => setTimeout(go, 30)),
      })
    })
    await navigation.navigate('/p/pot').finished
  })
  await expectViews(page, ['home', 'product'])
})

it('a withdrawal in the middle of a navigation ends what waits for it', async () => {
  await arrive('<meta name="nearside-page" content="home">')
  await push('/p/pot')
  await page.evaluate(() => (window as unknown as { nearside: { withdraw(): unknown } }).nearside.withdraw())
  await page.evaluate(() => document.querySelector('meta[name=nearside-page]')?.setAttribute('content', 'cart'))
  await openChoices(page)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  await expectViews(page, ['cart'])
})
