// On a page that is sensitive, or that wants nothing of us, nothing at all is begun: whatever the visitor has allowed elsewhere.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerBanner, api, asPage, segmentOf } from '../harness/sdk-site.ts'
import { startVisit, type Visit } from '../harness/visit.ts'

let visit: Visit
const PAINT = '<script src="/nearside/nearside-paint.js"></script>'
const html = (attributes: string): ReturnType<typeof asPage> =>
  asPage(`<!doctype html><html lang="en" ${attributes}><head><title>advice</title>${PAINT}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head><body><h1>advice</h1></body></html>`)

beforeEach(async () => {
  visit = await startVisit({
    config: {
      pages: [
        { path: '/', kind: 'home' },
        { path: '/advice/*', kind: 'sensitive' },
      ],
    },
    files: {
      '/advice/sleep': html(''),
      '/marked': html('data-nearside-page="sensitive-page"'),
      '/young': html('data-nearside-page="off"'),
      ...Object.fromEntries(['/', '/advice/', '/health/'].map(path => [`${path}painted`, asPage(PAINT)])),
    },
  })
})
afterEach(() => visit.close())

const views = async (): Promise<number | undefined> =>
  (await api(visit.page, nearside => nearside.exportData()))?.signals.filter(({ kind }) => kind === 'page_view').length

const attribute = (): Promise<string | null> => visit.page.locator('html').getAttribute('data-nearside-visit')
/** What the page is shown, and what it is told. */
const shown = async () => [await attribute(), await api(visit.page, nearside => nearside.segments())]

/** Goes there, and waits until the page has done whatever it does; files that were asked for, by the end of their names. */
const go = async (path: string): Promise<string[]> => {
  const { page, site } = visit
  const asked: string[] = []
  const listen = (request: { url(): string }): unknown => asked.push(new URL(request.url()).pathname)
  page.on('request', listen)
  await page.goto(site.origin + path, { waitUntil: 'networkidle' })
  page.off('request', listen)
  return asked.filter(it => it.startsWith('/nearside')).map(it => it.replace('/nearside/', ''))
}

describe('a visitor who has said yes', () => {
  beforeEach(async () => {
    await go('/')
    await answerBanner(visit.page, 'accept')
    await segmentOf(visit.page, 'visit')
  })

  it('has no worker started on a sensitive page, nothing noted and nothing shown; and sees what is kept all the same', async () => {
    const { page } = visit
    for (const path of ['/advice/sleep', '/marked']) {
      const asked = await go(path)
      expect(asked.sort()).toEqual(['/nearside.json', 'nearside-paint.js', 'nearside-wait.js', 'nearside.js'])
      expect(await shown()).toEqual([null, {}])
      const before = await page.evaluate(() => JSON.stringify(localStorage))
      const reason = await api(
        page,
        nearside =>
          new Promise(tell => {
            nearside.on('refused', it => tell(it.reason))
            nearside.signal('add_to_cart')
          }),
      )
      expect(reason).toBe('sensitive-page')
      expect(page.workers(), path).toEqual([])
      expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(before)
    }
    expect(await views()).toBe(1)
    await api(page, nearside => nearside.openPrivacyCenter())
    await page.locator('#nearside-centre [data-tab=kept]').click()
    await page.keyboard.press('Escape')
    await go('/')
    await segmentOf(page, 'visit')
    await expect.poll(views).toBe(2)
  })

  it('is painted nothing on pages that are sensitive by their address alone', async () => {
    for (const [path, painted] of [
      ['/painted', true],
      ['/painted?of=health#/2', true],
      ['/advice/painted', false],
      ['/health/painted', false],
      ['/painted#/health', false],
    ] as const) {
      await visit.page.goto(visit.site.origin + path)
      expect([path, !!(await attribute())]).toEqual([path, painted])
    }
  })

  it('is followed once an application leaves a sensitive view, and let be once it comes to one', async () => {
    const { page } = visit
    const push = (path: string): Promise<void> => page.evaluate(to => history.pushState(null, '', to), path)
    await go('/advice/sleep')
    await push('/advice/food')
    await push('/')
    await segmentOf(page, 'visit')
    await expect.poll(attribute).toMatch(/^v/)
    await expect.poll(views).toBe(2)
    await push('/advice/sleep')
    await expect.poll(() => page.workers().length).toBe(0)
    expect(await shown()).toEqual([null, {}])
    await api(page, nearside => nearside.signal('add_to_cart'))
    expect(page.workers()).toEqual([])
    await push('/')
    await segmentOf(page, 'visit')
    await expect.poll(views).toBe(3)
    const kinds = await api(page, async nearside => (await nearside.exportData())?.signals.map(({ kind }) => kind))
    expect(kinds).not.toContain('add_to_cart')
    // So is a view that calls itself off.
    await page.evaluate(() => {
      document.documentElement.dataset.nearsidePage = 'off'
      history.pushState(null, '', '/cart')
    })
    await expect.poll(() => page.workers().length).toBe(0)
    expect(await shown()).toEqual([null, {}])
    await page.evaluate(() => {
      history.pushState(null, '', '/')
      delete document.documentElement.dataset.nearsidePage
    })
    await segmentOf(page, 'visit')
    await expect.poll(views).toBe(4)
    // What was noted right before the sensitive view is not lost with it.
    expect(kinds).toContain('page_dwell')
  })

  it('takes everything back from a sensitive page as from any other', async () => {
    const { page } = visit
    await go('/advice/sleep')
    await api(page, nearside => nearside.withdraw())
    expect(await api(page, nearside => nearside.consent()?.granted)).toEqual({})
    await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
  })

  it('has not even the config fetched on a page that is off', async () => {
    expect(await go('/young')).toEqual(['nearside-paint.js', 'nearside.js'])
    expect(visit.page.workers()).toEqual([])
    expect(await visit.page.locator('html').getAttribute('data-nearside-visit')).toBeNull()
  })
})

it('asks nobody there, but who asks for it', async () => {
  const { page } = visit
  for (const path of ['/advice/sleep', '/marked']) {
    await go(path)
    expect(await page.locator('#nearside-consent').count(), path).toBe(0)
  }
  expect(await go('/young')).toEqual(['nearside-paint.js', 'nearside.js'])
})
