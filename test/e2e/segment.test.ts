// Segment: what a page tracks is heard once, whichever of the snippet's stand-in and the library takes the call.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { answerBanner, api } from '../harness/sdk-site.ts'
import { need, openSourcePage, type SourcePage } from '../harness/source-page.ts'

let opened: SourcePage
afterEach(() => opened.close())

const needs = [need('purchase', ['currency', 'quantity', 'value'])]

// By what Segment documents of its snippet, none of its code: a list of calls with a function for each method.
const SNIPPET = `<script>
window.analytics = []
for (const verb of ['track', 'page', 'identify', 'ready', 'on', 'addSourceMiddleware'])
  analytics[verb] = (...given) => { analytics.push([verb, ...given]); return analytics }
analytics.page()
</script>`

const track = (page: Page, total: number): Promise<void> =>
  page.evaluate(
    amount =>
      void (window as unknown as { analytics: { track(...given: unknown[]): unknown } }).analytics.track(
        'Order Completed',
        {
          total: amount,
          currency: 'EUR',
          email: 'ada@example.org',
          products: [{ price: amount, quantity: 1 }],
        },
      ),
    total,
  )
const order = (value: number) => ({ kind: 'purchase', currency: 'EUR', quantity: 1, value })
const OURS = '/Reflect/.test(String(analytics.track))'
const isHeard = (page: Page): Promise<unknown> => page.waitForFunction(OURS)

describe('with the snippet alone, as where the library is blocked', () => {
  it('nothing of before the yes is noted, all after it is', async () => {
    opened = await openSourcePage(SNIPPET, needs, ['segment'])
    const { page, kept } = opened
    await track(page, 1)
    await answerBanner(page, 'accept')
    await isHeard(page)
    await track(page, 2)
    await expect.poll(kept).toEqual([order(200)])
  })

  it('on the next page, what was tracked while it began is noted too', async () => {
    opened = await openSourcePage(
      `${SNIPPET}<script>analytics.track('Order Completed', { total: 3, currency: 'EUR' })</script>`,
      needs,
      ['segment'],
    )
    const { page, kept, site } = opened
    await answerBanner(page, 'accept')
    await isHeard(page)
    expect(await kept()).toEqual([])
    await page.goto(`${site.origin}/page`)
    await expect.poll(kept).toEqual([order(300)])
  })
})

const folder = join(import.meta.dirname, '../../bench/peers/node_modules/@segment/analytics-next/dist/umd')
const isInstalled = existsSync(join(folder, 'standalone.js'))
if (!isInstalled) console.log("Segment's own library: skipped, not installed (npm ci in bench/peers)")

describe.skipIf(!isInstalled)("with Segment's own library", () => {
  // Read when it is asked for: where it is not installed, this is looked at all the same.
  const files = {
    '/analytics.js/v1/key/analytics.min.js': () => ({
      body: readFileSync(join(folder, 'standalone.js'), 'utf8'),
      headers: { 'content-type': 'text/javascript' },
    }),
  }
  const start = async (): Promise<void> => {
    opened = await openSourcePage(
      `${SNIPPET}<script>analytics._writeKey = 'key'; analytics._cdn = location.origin</script>`,
      needs,
      ['segment'],
      files,
    )
    const { host } = new URL(opened.site.origin)
    const settings = { integrations: { 'Segment.io': { apiKey: 'key', apiHost: `${host}/v1`, protocol: 'http' } } }
    opened.site.route('/v1/projects/key/settings', {
      body: JSON.stringify(settings),
      headers: { 'content-type': 'application/json' },
    })
  }
  const load = async (page: Page): Promise<void> => {
    await page.addScriptTag({ url: '/analytics.js/v1/key/analytics.min.js' })
    await page.waitForFunction(
      () => (window as unknown as { analytics: { initialized?: boolean } }).analytics.initialized,
    )
  }

  it.each([true, false])(
    'a yes before it is there, after a call %s: each is heard once, that before the yes never',
    async before => {
      await start()
      const { page, kept } = opened
      if (before) await track(page, 1)
      await answerBanner(page, 'accept')
      await isHeard(page)
      await track(page, 2)
      await load(page)
      await isHeard(page)
      await track(page, 3)
      await expect.poll(kept).toEqual([order(200), order(300)])
      await api(page, nearside => nearside.withdraw())
      expect(await page.evaluate(OURS)).toBe(false)
    },
  )

  it('where its track cannot be wrapped, a source middleware hears, and passes everything on', async () => {
    await start()
    const { page, kept } = opened
    const passed: unknown[] = []
    opened.site.route('/v1/t', ({ body }) => {
      passed.push(JSON.parse(body).properties.total)
      return {}
    })
    await load(page)
    await page.evaluate(() => {
      const { analytics } = window as unknown as { analytics: { track: unknown } }
      Object.defineProperty(analytics, 'track', { value: analytics.track, writable: false })
    })
    await track(page, 1)
    await answerBanner(page, 'accept')
    await expect.poll(opened.loaded).toContain('middleware')
    await expect
      .poll(async () => {
        await track(page, 2)
        return (await kept())[0]
      })
      .toEqual(order(200))
    await api(page, nearside => nearside.withdraw())
    await track(page, 4)
    await expect.poll(() => passed).toContain(4)
    expect(await kept()).toEqual([])
    expect(passed[0]).toBe(1)
  })
})
