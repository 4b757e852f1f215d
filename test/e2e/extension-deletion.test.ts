// Deleted means deleted, at the moment that each strength's wording promises, as the site's own page sees it.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Site } from '../harness/site.ts'
import { count, record } from '../harness/size.ts'
import { type Kept, launchKept } from './extension-keeper.ts'
import { storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

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

describe('deleting what a closed site keeps', () => {
  let kept: Kept
  let shop: Site
  let other: Site
  let tab: Page
  beforeAll(async () => {
    kept = await launchKept({ hosts: ['http://localhost/*'], permissions: ['browsingData'] })
  })
  afterAll(() => kept.close())
  beforeEach(async () => {
    shop = await startLittleShop()
    other = await startLittleShop()
    shop.route('/probe/', PROBE)
    tab = await kept.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await shop.close()
    await other.close()
  })

  const deletion = (origin: string) =>
    kept.desk.evaluate(async at => (await keeper.readDeletions()).find(each => each.origin === at), origin)

  it(`before the site's own code can read any of it: ${TIMES} of ${TIMES}, and the same host's other port is left alone`, async () => {
    let gone = 0
    await allow(tab, other)
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      await tab.goto('about:blank')
      const [asked] = await kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
      expect(asked?.state).toBe('waits')
      await tab.goto(`${shop.origin}/probe/`)
      const found = await tab.evaluate(() => (window as unknown as { first: Promise<typeof EMPTY> }).first)
      expect(found).toEqual(EMPTY)
      gone++
      await expect.poll(() => deletion(shop.origin)).toMatchObject({ state: 'gone', verified: 'page' })
    }
    expect(gone).toBe(TIMES)
    record(
      'What is deleted for a next visit is gone before the site’s own code can read any of it',
      gone,
      'sites',
      TIMES,
    )
    await tab.goto(`${other.origin}/`)
    expect((await storageOf(tab)).databases).toEqual(['nearside'])
  })

  it(`at once, by the browser: ${TIMES} of ${TIMES}`, async () => {
    let gone = 0
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop)
      await tab.goto('about:blank')
      const [done] = await kept.desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin)
      expect(done).toMatchObject({ state: 'gone', verified: 'browser' })
      await tab.goto(`${shop.origin}/probe/`)
      const found = await tab.evaluate(() => (window as unknown as { first: Promise<typeof EMPTY> }).first)
      expect(found).toEqual(EMPTY)
      gone++
    }
    expect(gone).toBe(TIMES)
    record('What is deleted at once is gone, as the site’s own page sees it', gone, 'sites', TIMES)
  })
})
