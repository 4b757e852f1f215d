// Firefox: the same source in another browser. No driver can click its toolbar, so the popup is opened by its address, and the
// grant that a click would give is written into the manifest of a copy.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SegmentId } from '../../core/segmentation.ts'
import { switched } from '../../extension/request.ts'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import type { Site } from '../harness/site.ts'
import { ask, change, enter, exported, inPage, lookIn, segment, startAskingShop } from './extension-ask.ts'
import { NOTHING, press, said, storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

const built = join(import.meta.dirname, '../../dist/extension/firefox')

const withHosts = async (): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'nearside-firefox-'))
  await cp(built, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'))
  await writeFile(
    join(copy, 'manifest.json'),
    JSON.stringify({ ...manifest, host_permissions: ['http://localhost/*'] }),
  )
  return copy
}

describe.skipIf(!process.env.NEARSIDE_FIREFOX)('the popup in Firefox', () => {
  let copy: string
  let firefox: Firefox
  let shop: Site
  beforeAll(async () => {
    copy = await withHosts()
    shop = await startLittleShop()
    firefox = (await launchFirefox({ extension: copy })) as Firefox
  })
  afterAll(async () => {
    await firefox?.close()
    await shop?.close()
    await rm(copy, { recursive: true, force: true })
  })

  // Going to an address of an extension never counts as done, though the page is there.
  const open = async (page: Page, query = ''): Promise<void> => {
    await page.goto(`${firefox.extensionOrigin}/popup/popup.html${query}`, { timeout: 2000 }).catch(() => {})
    await page.waitForSelector('h1')
  }

  /** Of the one tab that shows a site. */
  const idOf = (popup: Page): Promise<number | undefined> =>
    popup.evaluate(async () => {
      const { browser } = globalThis as unknown as {
        browser: { tabs: { query(asked: object): Promise<{ id: number }[]> } }
      }
      return (await browser.tabs.query({ url: 'http://localhost/*' }))[0]?.id
    })

  it('shows, withdraws and deletes what a site keeps', async () => {
    const tab = await firefox.browser.newPage()
    await tab.goto(`${shop.origin}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))

    const popup = await firefox.browser.newPage()
    await open(popup)
    expect(await said(popup)).toContain('This page cannot be looked at')
    await open(popup, `?tab=${await idOf(popup)}`)
    expect(await said(popup)).toContain('You said yes here')
    expect(await said(popup)).toContain('A quick look')
    await press(popup, 'ask-withdraw')
    await press(popup, 'withdraw')
    expect(await said(popup)).toContain('Withdrawn, and verified')
    const { decision, page, databases } = await storageOf(tab)
    expect([Object.keys(JSON.parse(page ?? '')), databases]).toEqual([['tickets'], []])
    expect(JSON.parse(decision ?? '').decision).toEqual({})
    // What was reported is asked back by the site's own page.
    await tab.reload()
    await expect.poll(() => storageOf(tab)).toEqual({ ...NOTHING, decision })
    await press(popup, 'look')
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('Verified gone')
    expect(await storageOf(tab)).toEqual(NOTHING)
    await popup.close()
    await tab.close()
  })

  it('shows an open site in its dashboard, where it is set right and deleted', async () => {
    const tab = await firefox.browser.newPage()
    await tab.goto(`${shop.origin}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    const page = await firefox.browser.newPage()
    const address = `${firefox.extensionOrigin}/dashboard/dashboard.html#site=${encodeURIComponent(shop.origin)}`
    await page.goto(address, { timeout: 2000 }).catch(() => {})
    const click = async (css: string): Promise<void> => {
      await page.waitForSelector(css)
      await page.$eval(css, it => (it as HTMLElement).click())
    }
    await click('[data-tab=groups]')
    await page.waitForSelector('.ns-card')
    expect(await said(page)).toContain('A quick look')
    await click('[data-does=not]')
    await expect.poll(async () => (await exported(tab))?.segments[0]?.unassigned).toBe('not-me')
    await click('[data-tab=erase]')
    await click('[data-does=ask-erase]')
    await click('[data-does=do-erase]')
    await page.waitForSelector('.place .ns-mark-done')
    expect((await storageOf(tab)).databases).toEqual([])
    await page.close()
    await tab.close()
  })

  it('opens and reads a site that it is let on by the browser’s own question', async () => {
    // Elsewhere than its manifest says already.
    const elsewhere = `http://127.0.0.1:${shop.port}`
    const tab = await firefox.browser.newPage()
    await tab.goto(`${elsewhere}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    await tab.close()
    const page = await firefox.browser.newPage()
    const address = `${firefox.extensionOrigin}/dashboard/dashboard.html#site=${encodeURIComponent(elsewhere)}`
    await page.goto(address, { timeout: 2000 }).catch(() => {})
    expect(await page.$('.ns-figures')).toBeNull()
    await (await page.waitForSelector('[data-does=open]'))?.click()
    await page.waitForSelector('.ns-figures')
    const press = async (deed: string) => (await page.waitForSelector(`[data-does=${deed}]`))?.click()
    await press('no-eye')
    await page.waitForSelector('[data-does=eye]')
    await press('eye')
    await page.waitForSelector('[data-does=no-eye]')
    await page.close()
  })

  it('reads what exportData() tells, and the page hears of what is set right, switched, paused and deleted in part', async () => {
    const site = await startAskingShop()
    const tab = await firefox.browser.newPage()
    await enter(tab, `${site.origin}/`)
    await inPage(tab, nearside => nearside.signal('answer', { question: 'for', answer: 'gift' }))
    await segment(tab, 'gift', 'c1')
    const popup = await firefox.browser.newPage()
    await open(popup)
    await open(popup, `?tab=${await idOf(popup)}`)
    await vi.waitFor(async () => {
      const sight = await lookIn(popup)
      const own = await exported(tab)
      expect(sight).toMatchObject({ seen: 'granted', kept: { ...own, made: expect.any(Number) } })
    }, 5000)
    const sight = await lookIn(popup)
    if (sight.seen !== 'granted' || !sight.config || !sight.kept) throw new Error(sight.seen)

    expect(await ask(popup, { ask: 'check', origin: site.origin })).toEqual({ kept: 'no-log', served: 'no-log' })

    const gift = sight.kept.signals.find(({ kind }) => kind === 'answer')
    if (!gift) throw new Error('no answer is kept')
    await change(popup, { ask: 'correct', correction: { signal: gift, to: null } }, site.origin)
    await segment(tab, 'gift', 'c2')
    await change(
      popup,
      { ask: 'correct', correction: { segmentation: 'visit', segment: 'a2' as SegmentId } },
      site.origin,
    )
    await segment(tab, 'visit', 'a2')

    const { grants, seq } = sight.decision
    const less = switched(grants, sight.config, { category: 'shopping', on: false })
    expect((await change(popup, { ask: 'decide', seq, grants: less }, site.origin)).refused).toBeUndefined()
    await expect.poll(() => inPage(tab, nearside => nearside.consent()?.granted)).toEqual(less)
    await change(popup, { ask: 'pause', paused: true }, site.origin)
    await expect.poll(() => inPage(tab, nearside => nearside.consent()?.paused)).toBe(true)
    const gone = await change(popup, { ask: 'remove', scope: { category: 'browsing' } }, site.origin)
    expect(gone).toMatchObject({ sight: { seen: 'granted', kept: { signals: [] } } })
    expect(gone.count).toBeGreaterThan(0)
    await site.close()
  })
})
