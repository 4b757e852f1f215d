// Sites that stand in the way while the visitor changes something: what was chosen holds, and what was not done is said.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { switched } from '../../extension/request.ts'
import type { Site } from '../harness/site.ts'
import { size } from '../harness/size.ts'
import { change, enter, lookIn, startAskingShop } from './extension-ask.ts'
import { launchVisitor, makeForeign, NOTHING, press, said, setKey, storageOf, type Visitor } from './extension-popup.ts'
import { config, model, startForger } from './extension-site.ts'

const KEPT = { key: 'site', value: { config: JSON.stringify(config), model: JSON.stringify(model) } }
const GRANTED = {
  v: 1,
  seq: 3,
  decision: { personalization: ['browsing', 'shopping'] },
  expires: '2199-01-01',
  revision: config.notice,
}

describe('over a site that stands in the way, the extension', () => {
  let visitor: Visitor
  let forger: Site
  let tab: Page
  beforeAll(async () => {
    visitor = await launchVisitor()
  })
  afterAll(() => visitor?.close())
  // An origin of its own for each: what one leaves behind is not there for the next.
  beforeEach(async () => {
    forger = await startForger()
  })
  afterEach(async () => {
    await tab.close()
    await forger.close()
  })

  const open = async (address: string): Promise<Page> => {
    tab = await visitor.browser.newPage()
    await tab.goto(address)
    return tab
  }

  it('changes what stands, though the page has replaced everything that it can replace, and floods both channels', async () => {
    const shop = await startAskingShop()
    tab = await visitor.browser.newPage()
    await enter(tab, `${shop.origin}/`)
    await tab.evaluate(() => {
      const never = (): never => {
        throw new Error('no')
      }
      Object.assign(Storage.prototype, { getItem: () => null, setItem: never, removeItem: never })
      Object.assign(IDBFactory.prototype, { open: never, databases: async () => [], deleteDatabase: never })
      Object.assign(SubtleCrypto.prototype, { encrypt: never, decrypt: never, importKey: never, digest: never })
      Object.assign(BroadcastChannel.prototype, { close: never })
      Object.assign(Array.prototype, { map: never, filter: never, flatMap: never })
      Object.assign(globalThis, {
        nearsideVisitor: async () => ({ seen: 'absent' }),
        TextEncoder: never,
        structuredClone: never,
      })
      const forged = ['gone', 0, 1e9, null, { seq: 9 }, 'x'.repeat(1000)]
      for (const name of ['nearside', 'nearside-kept']) {
        const channel = new BroadcastChannel(name)
        setInterval(() => {
          for (const message of forged) channel.postMessage(message)
        }, 20)
      }
      void navigator.locks.request('nearside', { steal: true }, () => new Promise(() => {}))
    })
    const popup = await visitor.open(tab)
    const sight = await lookIn(popup)
    if (sight.seen !== 'granted' || !sight.config) throw new Error(sight.seen)
    const { grants, seq } = sight.decision
    const without = switched(grants, sight.config, { purpose: 'advertising', on: false })
    expect((await change(popup, { ask: 'decide', seq, grants: without }, shop.origin)).refused).toBeUndefined()
    expect((await change(popup, { ask: 'pause', paused: true }, shop.origin)).refused).toBeUndefined()
    const fresh = await visitor.browser.newPage()
    await fresh.goto(`${shop.origin}/help`)
    const { decision } = await storageOf(fresh)
    expect(JSON.parse(decision ?? '')).toMatchObject({ seq: seq + 2, paused: true, decision: without })
    await fresh.close()
    await shop.close()
  })

  it('lets a choice stand where the database cannot be opened, and says that it could not write it down', async () => {
    await open(`${forger.origin}/`)
    await setKey(tab, GRANTED)
    await makeForeign(tab)
    const popup = await visitor.open(tab)
    const grants = { personalization: ['browsing'] } as const
    const changed = await change(popup, { ask: 'decide', seq: 3, grants }, forger.origin)
    expect(changed).toMatchObject({ refused: 'unwritable', sight: { seen: 'unreadable' } })
    expect(JSON.parse((await storageOf(tab)).decision ?? '')).toMatchObject({ seq: 4, decision: grants })
    const corrected = await change(
      popup,
      { ask: 'correct', correction: { segmentation: 'visit', segment: null } },
      forger.origin,
    )
    expect(corrected).toMatchObject({ refused: 'unwritable', count: 0 })
  })

  it('tells a database that was only just made from one that cannot be read', async () => {
    await open(`${forger.origin}/forge/`)
    await setKey(tab, GRANTED)
    await tab.evaluate(() => globalThis.forge([]))
    const popup = await visitor.open(tab)
    expect(await lookIn(popup)).toMatchObject({ seen: 'granted', kept: null, config: null })
    await setKey(tab, { ...GRANTED, decision: {} })
    expect(await lookIn(popup)).toMatchObject({ seen: 'leftover', kept: null, remains: { database: true } })
  })

  // Each of its waits runs to the end.
  it.skipIf(size !== 'soak')('gives up on a database that never opens, and deletes it once it can', async () => {
    await open(`${forger.origin}/`)
    await setKey(tab, GRANTED)
    await tab.evaluate(() => {
      const opening = indexedDB.open('nearside', 9)
      // An upgrade that never ends: whoever opens or deletes waits behind it.
      opening.onupgradeneeded = () => {
        const store = opening.result.createObjectStore('endless')
        const again = (): void => {
          if ('done' in window) opening.result.close()
          else store.get(1).onsuccess = again
        }
        again()
      }
    })
    const popup = await visitor.open(tab)
    expect(await said(popup)).toContain('There is data here that cannot be read')
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('Not everything is gone')
    await tab.evaluate(() => Object.assign(window, { done: true }))
    await expect.poll(() => storageOf(tab)).toEqual(NOTHING)
  })

  it('does not open a store of a hundred million characters, and deletes it', async () => {
    await open(`${forger.origin}/forge/`)
    await setKey(tab, GRANTED)
    await tab.evaluate(async site => {
      const body = 'x'.repeat(100_000_000)
      await globalThis.forge([site, { key: 'ledger/000000001', value: { event: { type: 'report', body } } }])
    }, KEPT)
    const popup = await visitor.open(tab)
    expect(await said(popup)).toContain('more than Nearside keeps of anybody')
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('Verified gone')
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it('keeps no more requests to forget than any visitor has, however many reports a ledger claims', async () => {
    await open(`${forger.origin}/forge/`)
    await setKey(tab, GRANTED)
    await tab.evaluate(async site => {
      const epoch = Math.floor(Date.now() / 604_800_000)
      const records = Array.from({ length: 3000 }, (_, i) => {
        const pseudonym = `${String(i).padStart(21, 'A')}A`
        const said = { v: 1, site: 'shop', model: 'test.1', epoch, segmentation: 'visit', segment: 'a1' }
        const body = JSON.stringify({ ...said, pseudonym, seq: 1, notice: 'n1' })
        const event = { type: 'report', segmentation: 'visit', recipient: 'https://counts.example', body }
        return { key: `ledger/${String(i + 1).padStart(9, '0')}`, value: { n: i + 1, at: 1, event, hash: '' } }
      })
      await globalThis.forge([site, ...records])
    }, KEPT)
    const popup = await visitor.open(tab)
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('400 requests to forget you still wait')
    const { page, ...rest } = await storageOf(tab)
    expect(rest).toEqual({ decision: null, databases: [] })
    expect(JSON.parse(page ?? '').tickets).toHaveLength(400)
  })

  it('cannot be told from its absence by a page that it looks at', async () => {
    await open(`${forger.origin}/`)
    await tab.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<img name=querySelectorAll><form name=createElement></form>')
      const heard: string[] = []
      Object.assign(window, { heard })
      const hear = (it: EventTarget, ...types: string[]): void => {
        for (const type of types) it.addEventListener(type, () => heard.push(type), true)
      }
      hear(window, 'message', 'storage', 'error', 'unhandledrejection', 'securitypolicyviolation')
      for (const name of ['nearside', 'nearside-kept']) hear(new BroadcastChannel(name), 'message')
      new MutationObserver(() => heard.push('mutation')).observe(document, {
        ...{ subtree: true, childList: true, attributes: true, characterData: true },
      })
      new PerformanceObserver(list => heard.push(...list.getEntries().map(({ name }) => name))).observe({
        type: 'resource',
      })
      for (const name of ['nearsideVisitor', 'nearsideBits', 'toJSON', 'ask', 'seen'])
        Object.defineProperty(Object.prototype, name, { set: () => heard.push(name), get: () => void heard.push(name) })
    })
    const traces = (): Promise<unknown> =>
      tab.evaluate(async () => ({
        names: Object.getOwnPropertyNames(window).length,
        storage: Object.keys(localStorage),
        databases: await indexedDB.databases(),
        locks: await navigator.locks.query(),
        html: document.documentElement.outerHTML,
        heard: [...(window as unknown as { heard: string[] }).heard],
      }))
    const before = await traces()
    const popup = await visitor.open(tab)
    const [origin] = popup.url().split('/popup')
    expect(await said(popup)).toContain('This site does not use Nearside')
    expect(await traces()).toEqual(before)
    // Not even one that knows its address.
    const found = await tab.evaluate(
      async addresses =>
        Promise.all(
          addresses.map(it =>
            fetch(it).then(
              () => it,
              () => undefined,
            ),
          ),
        ),
      ['popup/popup.html', 'look.iife.js', 'manifest.json', 'icons/icon-16.png'].map(file => `${origin}/${file}`),
    )
    expect(found.filter(Boolean)).toEqual([])
  })
})
