/// <reference types="chrome" />
// The index of sites, and who may know of it: no page, no private window, no script on a page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import type { Site } from '../harness/site.ts'
import { EVERYWHERE, type Kept, launchKept } from './extension-keeper.ts'
import { EXTENSION, storageOf } from './extension-popup.ts'
import { startForger, startLittleShop } from './extension-site.ts'

const shipped = JSON.parse(readFileSync(join(EXTENSION, 'manifest.json'), 'utf8'))

/** What Chromium would say before it installs the extension as it is shipped, changed so. */
const warningsOf = (desk: Page, change: object): Promise<string[]> =>
  desk.evaluate(
    text => chrome.management.getPermissionWarningsByManifest(text),
    JSON.stringify({ ...shipped, ...change }),
  )

/** Whatever a page can look at without asking: its window, its document, its storage. */
const surroundings = async () => ({
  names: Object.getOwnPropertyNames(window).sort(),
  html: document.documentElement.outerHTML,
  keys: Object.keys(localStorage),
  databases: await indexedDB.databases(),
  loaded: performance.getEntriesByType('resource').map(({ name }) => name),
})

describe('the index', () => {
  let kept: Kept
  let shop: Site
  let plain: Site
  let tab: Page
  beforeAll(async () => {
    kept = await launchKept({ hosts: EVERYWHERE, privateWindows: true })
  })
  afterAll(() => kept.close())
  beforeEach(async () => {
    shop = await startLittleShop()
    plain = await startForger()
    tab = await kept.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await shop.close()
    await plain.close()
    await kept.desk.evaluate(() => keeper.forgetIndex())
  })

  const index = () => kept.desk.evaluate(() => keeper.readIndex())

  it('writes down the sites that use Nearside, by origin and day, and what stood there; no other site', async () => {
    await tab.goto(`${plain.origin}/`)
    await tab.goto(`${shop.origin}/product/one/?who=ada`)
    const today = new Date().toISOString().slice(0, 10)
    const site = { origin: shop.origin, firstSeen: today, lastSeen: today }
    await expect.poll(index).toEqual([{ ...site, stands: 'undecided' }])
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    await tab.reload()
    const expires = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
    await expect.poll(index).toEqual([{ ...site, stands: 'granted', pairs: 0x33, expires }])
    const dot = () =>
      kept.desk.evaluate(async at => {
        const [{ id } = {}] = await chrome.tabs.query({ url: `${at}/*` })
        return id === undefined ? null : chrome.action.getBadgeText({ tabId: id })
      }, shop.origin)
    await expect.poll(dot).toBe('•')
  })

  it('says that a site has written anew after all was deleted there', async () => {
    const state = () => kept.desk.evaluate(async () => (await keeper.readDeletions())[0])
    const accept = async () => {
      await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
      await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
    }
    await tab.goto(`${shop.origin}/`)
    await accept()
    await kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
    await tab.reload()
    await expect.poll(state).toMatchObject({ state: 'gone', verified: 'page' })
    await accept()
    await tab.goto(`${shop.origin}/product/one/`)
    await expect.poll(state).toMatchObject({ state: 'returned' })
    await kept.desk.evaluate(at => keeper.dropDeletion(at), shop.origin)
    expect(await state()).toBeUndefined()
  })

  it('nothing of a private window is written down, and what is to be deleted elsewhere is not taken for deleted there', async () => {
    const state = () => kept.desk.evaluate(async () => (await keeper.readDeletions())[0]?.state)
    await kept.desk.evaluate(async at => {
      await keeper.setEverywhere({ answer: 'refuse' })
      await keeper.deleteAtNextVisit([at], Date.now())
    }, shop.origin)
    const hidden = await kept.browser.createBrowserContext()
    const page = await hidden.newPage()
    await page.goto(`${shop.origin}/`)
    // The default answers there as well: our scripts are on the page.
    await page.waitForFunction(() => localStorage.getItem('nearside'))
    await page.evaluate(() => {
      const decision = JSON.parse(localStorage.getItem('nearside') ?? '')
      localStorage.setItem('nearside', JSON.stringify({ ...decision, expires: '2199-01-01' }))
    })
    await page.reload()
    expect((await storageOf(page)).decision, 'and nothing is deleted').toContain('2199-01-01')
    expect(await index()).toEqual([])
    expect(await state()).toBe('waits')
    await kept.desk.evaluate(() =>
      keeper.noteSight({ origin: 'https://private.example', incognito: true }, { seen: 'undecided' }, Date.now()),
    )
    await hidden.close()
    await kept.desk.evaluate(() => keeper.setEverywhere({ answer: 'ask' }))
    await tab.goto(`${shop.origin}/`)
    await expect.poll(state).toBe('gone')
    await expect.poll(async () => (await index()).map(({ origin }) => origin)).toEqual([shop.origin])
    await kept.desk.evaluate(() => keeper.forgetHistory())
    expect(await state()).toBeUndefined()
  })

  it('holds 1,000 sites, the latest, and is empty after one click', async () => {
    const full = await kept.desk.evaluate(async () => {
      const old = { firstSeen: '2025-01-01', stands: 'refused' }
      const sites = Array.from({ length: 1000 }, (_, i) => ({
        ...old,
        origin: `https://shop-${i}.example`,
        lastSeen: i === 7 ? '2025-01-01' : '2025-01-02',
      }))
      await chrome.storage.local.set({ sites })
      await keeper.noteSite({ origin: 'https://new.example', incognito: false }, { stands: 'granted' }, Date.now())
      return keeper.readIndex()
    })
    expect(full).toHaveLength(1000)
    expect(full.some(({ origin }) => origin === 'https://new.example')).toBe(true)
    expect(full.some(({ origin }) => origin === 'https://shop-7.example')).toBe(false)
    await kept.desk.evaluate(() => keeper.forgetIndex())
    expect(await index()).toEqual([])
  })

  it('what is not an index is none, and is written over', async () => {
    await kept.desk.evaluate(() => chrome.storage.local.set({ sites: [{ origin: 'javascript:alert(1)' }] }))
    expect(await index()).toEqual([])
    await tab.goto(`${shop.origin}/`)
    await expect.poll(async () => (await index()).map(({ origin }) => origin)).toEqual([shop.origin])
  })

  it('no page can tell that the extension is there, though it is on every page', async () => {
    const probe = `<!doctype html><script>
      changed = []
      new MutationObserver(all => changed.push(...all.map(it => it.type + it.attributeName)))
        .observe(document, { attributes: true, subtree: true })
      for (const method of ['getItem', 'key']) Storage.prototype[method] = () => changed.push(method)
      addEventListener('message', () => changed.push('message'))
    </script><p>`
    plain.route('/probe/', probe)
    await tab.goto(`${plain.origin}/probe/`)
    const found = await tab.evaluate(async id => {
      const files = [
        'manifest.json',
        'both-ends.iife.js',
        'look.iife.js',
        'presence.iife.js',
        'tombstone.iife.js',
        'bits/0.js',
        'icons/icon-16.png',
      ]
      const answers = await Promise.all(
        files.map(file =>
          fetch(`chrome-extension://${id}/${file}`).then(
            () => file,
            () => null,
          ),
        ),
      )
      const { chrome } = window as { chrome?: { runtime?: unknown } }
      return {
        answers: answers.filter(Boolean),
        runtime: chrome?.runtime ?? null,
        changed: (window as { changed?: string[] }).changed,
      }
    }, new URL(kept.desk.url()).host)
    expect(found).toEqual({ answers: [], runtime: null, changed: [] })
    const visitor = await newVisitor()
    const other = await visitor.newPage()
    await other.goto(`${plain.origin}/probe/`)
    expect(await tab.evaluate(surroundings)).toEqual(await other.evaluate(surroundings))
    await visitor.close()
  })

  it('hears none but its own scripts, and takes their word for nothing but what they are there for', async () => {
    const forged = { tell: 'seen', summary: { stands: 'granted' }, kept: false }
    await tab.goto(`${plain.origin}/`)
    const answers = await kept.desk.evaluate(async message => {
      const ask = (told: unknown) => chrome.runtime.sendMessage(told).catch(() => 'nobody')
      return [await ask(message), await ask({ tell: 'erased' }), await ask(null)]
    }, forged)
    expect(answers.filter(Boolean), 'its own page is no page of a site').toEqual([])
    const [{ result } = {}] = await kept.desk.evaluate(async () => {
      const [site] = await chrome.tabs.query({ url: 'http://localhost/*' })
      return chrome.scripting.executeScript({
        target: { tabId: site?.id as number },
        func: async () => {
          const ask = (told: unknown) => chrome.runtime.sendMessage(told).then(String, () => 'nobody')
          const asked = [
            { ask: 'attend' },
            { tell: 'seen', summary: { stands: 'granted', origin: 'https://else.example' }, kept: false },
          ]
          const stored = await chrome.storage.local.get().then(Object.keys, () => 'closed')
          return [...(await Promise.all(asked.map(ask))), stored]
        },
      })
    })
    expect(result?.slice(0, 2).every(answer => answer !== 'true')).toBe(true)
    expect(result?.[2], 'its storage is closed to scripts on pages').toBe('closed')
    expect(await index()).toEqual([])
  })

  it('Chromium has nothing to warn of when it is installed', async () => {
    expect(await warningsOf(kept.desk, {})).toEqual([])
    expect(await warningsOf(kept.desk, { host_permissions: EVERYWHERE }), 'it would say so').not.toEqual([])
  })
})
