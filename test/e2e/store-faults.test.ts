// What the browser or the machine does to the store: each has one outcome, in which the decision stands and the page goes on.
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launchChromium, newVisitor } from '../harness/browser.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { answerBanner, api, asPage, kept, openChoices, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { lookInside } from './store-inside.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page
/** What the console says of Nearside, and every error that reached the page. */
let said: string[]
let errors: string[]

beforeEach(async () => {
  site = await startSdkSite({ files: { '/plain': asPage('<title>plain</title>') } })
  said = []
  errors = []
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const listen = (tab: Page): Page => {
  tab.on('console', message => message.text().includes('[nearside]') && said.push(message.text()))
  tab.on('pageerror', error => errors.push(error.message))
  return tab
}
const visit = async (context: BrowserContext): Promise<void> => {
  visitor = context
  await lookInside(visitor)
  page = listen(await visitor.newPage())
}
const grant = async (): Promise<void> => {
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
}
const standing = (): Promise<unknown> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}').decision)
const carts = async (tab = page) =>
  (await api(tab, nearside => nearside.exportData()))?.signals.filter(({ kind }) => kind === 'add_to_cart').length
const databases = (): Promise<unknown> => page.evaluate(async () => (await indexedDB.databases()).map(it => it.name))
const GRANTED = { personalization: ['browsing', 'shopping'] }

describe('a full disk', () => {
  const QUOTA_BYTES = 300_000
  let cdp: CDPSession

  /** The browser asks for the quota when it first opens something of the origin's, and then for half a minute not again. */
  const visitWithLittleRoom = async (): Promise<void> => {
    await visit(await launchChromium())
    cdp = await visitor.newCDPSession(page)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: QUOTA_BYTES })
  }

  /** The site takes all the room there is, in ever smaller pieces. */
  const fill = (): Promise<void> =>
    page.evaluate(async () => {
      const opening = indexedDB.open('of the site', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('blocks', { autoIncrement: true })
      await new Promise(done => {
        opening.onsuccess = done
      })
      const put = (bytes: number): Promise<boolean> =>
        new Promise(done => {
          const tx = opening.result.transaction('blocks', 'readwrite')
          tx.objectStore('blocks').put(crypto.getRandomValues(new Uint8Array(bytes)))
          tx.oncomplete = () => done(true)
          tx.onabort = () => done(false)
        })
      for (let bytes = 50_000; bytes >= 100; bytes >>= 1) while (await put(bytes));
      opening.result.close()
    })

  it('stops noting for the page, says so once, and keeps the decision and what is there', async () => {
    await visitWithLittleRoom()
    await grant()
    await api(page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts()).toBe(1)
    await fill()
    await api(page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => said.length).toBe(1)
    expect(said[0]).toMatch(/quota|full/i)
    expect(await standing()).toMatchObject(GRANTED)
    await page.goto(`${site.origin}/plain`)
    const { records } = await page.evaluate(() => inside.all())
    expect(Object.keys(records).filter(key => key.startsWith('signals/shopping'))).toHaveLength(1)
    expect(errors).toEqual([])
  })

  it('does not keep what is denied: where less cannot be written, all is deleted', async () => {
    await visitWithLittleRoom()
    await grant()
    await expect.poll(() => site.received.filter(({ path }) => path === '/v1/reports').length).toBe(2)
    await fill()
    await api(page, nearside => nearside.withdraw('measurement'))
    await expect.poll(databases).toEqual(['of the site'])
    await page.goto(`${site.origin}/p/pot`)
    await expect.poll(() => site.received.filter(({ path }) => path === '/v1/erasures').length).toBe(2)
    expect(await standing()).toEqual({ ...GRANTED, measurement: [] })
    expect(errors).toEqual([])
  })

  it('does not stand in the way of a no', async () => {
    await visitWithLittleRoom()
    await grant()
    await fill()
    await api(page, nearside => nearside.withdraw())
    await expect.poll(databases).toEqual(['of the site'])
    expect(await standing()).toEqual({})
    expect(errors).toEqual([])
  })
})

describe('eviction', () => {
  it('of the database ends the page’s work; the next page begins anew under the same decision', async () => {
    await visit(await launchChromium())
    await grant()
    await api(page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts()).toBe(1)
    const cdp = await visitor.newCDPSession(page)
    await cdp.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' })
    await expect.poll(() => api(page, nearside => nearside.segments())).toEqual({})
    expect(await standing()).toMatchObject(GRANTED)
    await page.goto(`${site.origin}/p/pot`)
    await segmentOf(page, 'visit')
    expect(await carts()).toBe(0)
    expect([said, errors]).toEqual([[], []])
  })

  it('of the key alone: nothing is granted, so the visitor is asked; a no then deletes what was left', async () => {
    await visit(await newVisitor())
    await grant()
    await page.evaluate(() => localStorage.clear())
    await page.goto(`${site.origin}/p/pot`)
    await page.locator('#nearside-consent').waitFor()
    expect(await api(page, nearside => nearside.segments())).toEqual({})
    await answerBanner(page, 'reject')
    await expect.poll(() => kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
  })
})

describe('another version', () => {
  it('that is newer is left alone, and said; the decision stands, and a no deletes it', async () => {
    await visit(await newVisitor())
    await grant()
    await page.goto(`${site.origin}/plain`)
    const later = await page.evaluate(async () => {
      const before = await inside.version()
      const opening = indexedDB.open('nearside', before + 1)
      await new Promise(done => {
        opening.onsuccess = done
      })
      opening.result.close()
      return before + 1
    })
    const before = await page.evaluate(() => inside.all())
    await page.goto(`${site.origin}/p/pot`)
    await expect.poll(() => said.length).toBe(1)
    expect(said[0]).toContain('newer version')
    expect(await page.evaluate(() => inside.version())).toBe(later)
    expect(await page.evaluate(() => inside.all())).toEqual(before)
    expect(await standing()).toMatchObject(GRANTED)
    await api(page, nearside => nearside.withdraw())
    await expect.poll(() => kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
    expect(errors).toEqual([])
  })

  it('that is older is taken over with all that is kept, its ledger and its pseudonyms', async () => {
    await visit(await newVisitor())
    await grant()
    await api(page, nearside => nearside.signal('add_to_cart'))
    await expect.poll(() => carts()).toBe(1)
    await expect.poll(() => site.received.length).toBe(2)
    const exported = await api(page, nearside => nearside.exportData())
    await page.goto(`${site.origin}/plain`)
    const { epoch } = JSON.parse(site.received[0]?.body ?? '')
    const pseudonym = await page.evaluate(text => inside.toFirstVersion(text), `pseudonym|shop|visit|${epoch}`)
    expect(await page.evaluate(() => inside.version())).toBe(1)
    const before = await page.evaluate(() => inside.all())
    await page.goto(`${site.origin}/quiet`)
    await expect.poll(() => page.evaluate(() => inside.version())).toBe(2)
    await expect.poll(async () => (await page.evaluate(() => inside.all())).head?.key).toBe(1)
    const after = await page.evaluate(() => inside.all())
    for (const [key, value] of Object.entries(before.records))
      if (!['state', 'site'].includes(key)) expect(after.records[key]).toEqual(value)
    expect(await carts()).toBe(1)
    expect((await api(page, nearside => nearside.exportData()))?.ledger.slice(0, exported?.ledger.length)).toEqual(
      exported?.ledger,
    )
    const visits = () =>
      site.received
        .slice(2)
        .flatMap(({ path, body }) => (path === '/v1/reports' ? [JSON.parse(body)] : []))
        .filter(it => it.segmentation === 'visit')
    await expect.poll(() => visits().length).toBe(1)
    // Taken back and granted again under the new key: within the epoch it is the same pseudonym.
    await api(page, nearside => nearside.withdraw('measurement')).then(() => openChoices(page))
    await answerBanner(page, 'accept')
    await expect.poll(() => visits().length).toBe(2)
    for (const report of visits()) expect(report.pseudonym).toBe(pseudonym)
    expect([said, errors]).toEqual([[], []])
  })

  it('that is older and held by a page that does not let go is waited for by a later page, not by this one', async () => {
    await visit(await newVisitor())
    await grant()
    await page.goto(`${site.origin}/plain`)
    await page.evaluate(() => inside.toFirstVersion(''))
    await page.evaluate(async () => {
      const opening = indexedDB.open('nearside')
      await new Promise(done => {
        opening.onsuccess = done
      })
      Object.assign(window, { held: opening.result })
    })
    const other = listen(await visitor.newPage())
    await other.goto(`${site.origin}/quiet`)
    await expect.poll(() => said.length).toBe(1)
    expect(said[0]).toContain('another tab')
    expect(await other.locator('h1').textContent()).toBe('quiet')
    expect(await standing()).toMatchObject(GRANTED)
    await page.close()
    await other.reload()
    await segmentOf(other, 'visit')
    expect(errors).toEqual([])
  })
})

describe('where nothing can be kept', () => {
  it('as without https, the page says so once, notes nothing, and goes on', async () => {
    await visit(await launchChromium({ args: ['--host-resolver-rules=MAP plain.example 127.0.0.1'] }))
    const origin = site.origin.replace('localhost', 'plain.example')
    await page.goto(`${origin}/`)
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await answerBanner(page, 'accept')
    await expect.poll(() => said.length).toBe(1)
    expect(said[0]).toContain('https')
    expect(await databases()).toEqual([])
    expect(await standing()).toMatchObject(GRANTED)
    expect(await api(page, nearside => nearside.exportData())).toBeNull()
    await api(page, nearside => nearside.withdraw())
    expect(await standing()).toEqual({})
    expect(errors).toEqual([])
  })
})
