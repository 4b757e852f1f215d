/// <reference types="chrome" />
// Deleted means deleted, at the moment that each strength's wording promises, as the site's own page sees it.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parsePageState } from '../../core/standing.ts'
import type { Request } from '../../extension/request.ts'
import { parseAccount } from '../../extension/sight.ts'
import type { Site } from '../harness/site.ts'
import { count, record } from '../harness/size.ts'
import { EVERYWHERE, type Kept, launchKept } from './extension-keeper.ts'
import { NOTHING, storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

type Visited = { nearsideVisitor(request: Request): unknown }

/** Out of how many each strength is tried. */
const TIMES = count(50, 5)

/** Says yes; done when the site keeps something. */
const allow = async (tab: Page, { origin }: Site): Promise<void> => {
  await tab.goto(`${origin}/`)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
}

/**
 * The site's own first script, on a page of it that runs nothing else: which keys it finds, what of the database it can open, and, that
 * being undone, which names are left. Names alone are told late: what is being deleted is still among them.
 */
const PROBE = `<!doctype html><script>
window.first = new Promise(found => {
  const keys = Object.keys(localStorage)
  const opening = indexedDB.open('nearside')
  let before
  opening.onupgradeneeded = event => {
    before = event.oldVersion
    opening.transaction.abort()
  }
  opening.onsuccess = () => found({ keys, before: opening.result.version, names: ['nearside'] })
  opening.onerror = async () => found({ keys, before, names: (await indexedDB.databases()).map(it => it.name) })
})
</script>`

const EMPTY = { keys: [], before: 0, names: [] }

describe('deleting what a site keeps', () => {
  let kept: Kept
  let shop: Site
  let other: Site
  let tab: Page
  beforeAll(async () => {
    kept = await launchKept({ hosts: EVERYWHERE })
  })
  afterAll(() => kept.close())
  beforeEach(async () => {
    shop = await startLittleShop()
    other = await startLittleShop()
    for (const site of [shop, other]) site.route('/probe/', PROBE)
    tab = await kept.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await shop.close()
    await other.close()
  })

  /** As the extension's screens do it. */
  const eraseOpen = (origin: string) =>
    kept.desk.evaluate(async at => {
      const target = { tabId: (await chrome.tabs.query({ url: `${at}/*` }))[0]?.id as number }
      await chrome.scripting.executeScript({ target, files: ['/both-ends.iife.js', '/look.iife.js'] })
      const func = (asked: string) =>
        (globalThis as unknown as Visited).nearsideVisitor({ ask: 'erase', origin: asked })
      return (await chrome.scripting.executeScript({ target, func, args: [at] }))[0]?.result
    }, origin)

  /** Asks the browser within a real click: it shows no question for this permission alone. */
  const click = (verb: 'allowAtOnce' | 'stopAtOnce') =>
    kept.desk.evaluate(async name => {
      const answer = new Promise(resolve =>
        document.addEventListener('click', () => resolve(keeper[name]()), { once: true }),
      )
      document.body.click()
      return answer
    }, verb)

  const deletion = (origin: string) =>
    kept.desk.evaluate(async at => (await keeper.readDeletions()).find(each => each.origin === at), origin)

  it(`before the site's own code can read any of it: ${TIMES} of ${TIMES}, and the same host's other port is left alone`, async () => {
    await allow(tab, other)
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      await tab.goto('about:blank')
      const [asked] = await kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
      expect(asked?.state).toBe('waits')
      if (i === 0) {
        await tab.goto(`${other.origin}/`)
        expect((await storageOf(tab)).databases).toEqual(['nearside'])
        expect((await deletion(shop.origin))?.state).toBe('waits')
      }
      await tab.goto(`${shop.origin}/probe/`)
      const found = await tab.evaluate(() => (window as unknown as { first: Promise<typeof EMPTY> }).first)
      expect(found).toEqual(EMPTY)
      await expect.poll(() => deletion(shop.origin)).toMatchObject({ state: 'gone', verified: 'page' })
    }
    // Both ports of the host at once, beside a default: one script's number is not another's.
    const grants = { personalization: ['browsing', 'shopping'], measurement: ['browsing', 'shopping'] } as const
    await allow(tab, shop)
    await tab.goto('about:blank')
    await kept.desk.evaluate(
      async (sites, given) => {
        await keeper.setEverywhere({ answer: 'only', grants: given })
        await keeper.deleteAtNextVisit(sites, Date.now())
      },
      [shop.origin, other.origin],
      grants,
    )
    for (const site of [other, shop]) {
      await tab.goto(`${site.origin}/probe/`)
      expect(await tab.evaluate(() => (window as unknown as { first: Promise<typeof EMPTY> }).first)).toEqual(EMPTY)
      await expect.poll(() => deletion(site.origin)).toMatchObject({ state: 'gone', verified: 'page' })
    }
    await kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
    await tab.goto(`${shop.origin}/`)
    await tab.waitForFunction(() => localStorage.getItem('nearside')?.includes('shopping'))
    const said = await tab.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '').decision)
    expect(said).toEqual(grants)
    await kept.desk.evaluate(() => keeper.setEverywhere({ answer: 'ask' }))
    record('Deleted for a next visit: gone before the site’s own code can read any of it', TIMES, 'sites', TIMES)
  })

  it('is refused where the visitor has not allowed it, done where they have; forgotten with the rest, but for what still waits', async () => {
    const atOnce = () => kept.desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin)
    await click('stopAtOnce')
    expect(await atOnce()).toMatchObject([{ state: 'failed', problem: 'no-access' }])
    const elsewhere = 'https://nowhere.example'
    const asked = await kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), elsewhere)
    expect(asked).toMatchObject([{ state: 'waits' }])
    await click('allowAtOnce')
    expect(await atOnce()).toMatchObject([{ state: 'gone', verified: 'browser' }])
    await kept.desk.evaluate(() => keeper.forgetHistory())
    expect((await kept.desk.evaluate(() => keeper.readDeletions())).map(({ origin }) => origin)).toEqual([elsewhere])
    await kept.desk.evaluate(at => keeper.dropDeletion(at), elsewhere)
  })

  it('of all 1,000 sites of a full list, asked for in one: all wait, and nothing more is to be done for it', async () => {
    const origins = Array.from({ length: 1000 }, (_, i) => `https://shop-${i}.example`)
    const asked = await kept.desk.evaluate(all => keeper.deleteAtNextVisit(all, Date.now()), origins)
    expect(asked.filter(({ state }) => state === 'waits')).toHaveLength(1000)
    await kept.desk.evaluate(async () => {
      await keeper.attend()
      await chrome.storage.local.remove('deletions')
      await keeper.attend()
    })
    const left = await kept.desk.evaluate(() => chrome.scripting.getRegisteredContentScripts())
    expect(left.filter(({ id }) => id.startsWith('erase'))).toEqual([])
  })

  it(`at once, by the browser, whether the site is open or not: ${TIMES} of ${TIMES}`, async () => {
    await click('allowAtOnce')
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      // Closed, or open and in the middle of beginning anew.
      if (i % 2) await tab.reload()
      else await tab.goto('about:blank')
      const [done] = await kept.desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin)
      expect(done).toMatchObject({ state: 'gone' })
      await tab.goto(`${shop.origin}/probe/`)
      const found = await tab.evaluate(() => (window as unknown as { first: Promise<typeof EMPTY> }).first)
      expect(found).toEqual(EMPTY)
    }
    record('Deleted at once: gone, as the site’s own page sees it', TIMES, 'sites', TIMES)
  })

  it(`on the open page, with an account of what is left: ${TIMES} of ${TIMES}`, async () => {
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      const account = parseAccount(await eraseOpen(shop.origin), 'account')
      const { decision, page, databases } = await storageOf(tab)
      expect([decision, databases, account.blocked, account.returned]).toEqual([null, [], false, false])
      const { tickets = [], ...rest } = parsePageState(page)
      expect([rest, tickets.length], 'nothing but what asks the collector to forget').toEqual([
        {},
        account.remains.tickets,
      ])
      await tab.evaluate(() => localStorage.clear())
    }
    record('Deleted on the open page: gone, but for requests to forget that wait', TIMES, 'sites', TIMES)
  })

  it(`by the site's own Nearside, once a decision has run out: ${TIMES} of ${TIMES}`, async () => {
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      await tab.goto(`${shop.origin}/probe/`)
      await tab.evaluate(() => {
        const standing = JSON.parse(localStorage.getItem('nearside') ?? '')
        localStorage.setItem('nearside', JSON.stringify({ ...standing, expires: '2025-01-01' }))
      })
      await tab.goto(`${shop.origin}/`)
      await tab.waitForSelector('[data-nearside=accept]')
      await expect.poll(() => storageOf(tab)).toEqual(NOTHING)
    }
    record('Run out: gone when the site’s own Nearside next begins', TIMES, 'sites', TIMES)
  })
})
