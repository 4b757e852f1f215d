// Sites that forge, break, hold and patch: none may deceive the popup, or keep a visitor from deleting.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Site } from '../harness/site.ts'
import {
  type Holder,
  launchVisitor,
  makeForeign,
  NOTHING,
  press,
  said,
  setKey,
  storageOf,
  type Visitor,
} from './extension-popup.ts'
import { config, model, startForger } from './extension-site.ts'

/** What the SDK keeps of the site's own files. */
const kept = { key: 'site', value: { config: JSON.stringify(config), model: JSON.stringify(model) } }

const granted = {
  v: 1,
  seq: 3,
  decision: { personalization: ['browsing', 'shopping'] },
  expires: '2199-01-01',
  revision: config.notice,
}

describe('the popup over a site that does not play by the rules', () => {
  let visitor: Visitor
  let site: Site
  let tab: Page
  beforeAll(async () => {
    visitor = await launchVisitor()
  })
  afterAll(() => visitor.close())
  beforeEach(async () => {
    site = await startForger()
    tab = await visitor.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await site.close()
  })

  const look = async (): Promise<[Page, string]> => {
    const popup = await visitor.open(tab)
    return [popup, await said(popup)]
  }

  const erase = async (popup: Page): Promise<string> => {
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    return said(popup)
  }

  it('tells a site without Nearside from a refusal, offers nothing there, and leaves no empty database', async () => {
    await tab.goto(`${site.origin}/`)
    const [popup, text] = await look()
    expect(text).toContain('This site does not use Nearside')
    expect(await popup.$$('button')).toEqual([])
    await popup.close()
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it.each([
    ['a key of a newer version', async () => setKey(tab, { v: 2, granted: '<b>everything</b>' })],
    ['a key that is not even JSON', async () => setKey(tab, '{{{')],
    ['a key of two million characters', async () => setKey(tab, 'x'.repeat(2_000_000))],
    ['a database of a newer version', async () => makeForeign(tab)],
    [
      'a grant whose date is no date',
      async () => setKey(tab, { ...granted, expires: '2199-99-99"><script>alert(1)</script>' }),
    ],
  ])('says that it cannot read %s, and deletes it all the same', async (_, forge) => {
    await tab.goto(`${site.origin}/`)
    await forge()
    const [popup, text] = await look()
    expect(text).toContain('There is data here that cannot be read')
    expect(await popup.$('[data-does=ask-withdraw]')).toBeNull()
    expect(await erase(popup)).toContain('Verified gone')
    await popup.close()
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it.each([
    ['a signal that is none', 'signals/browsing/020000/000000001', [{ kind: 'diary', at: 1, text: 'dear diary' }]],
    [
      'ten million characters',
      'ledger/000000001',
      { n: 1, at: 1, event: { type: 'report', body: 'x'.repeat(10_000_000) }, hash: '0'.repeat(64) },
    ],
    [
      'an entry out of time',
      'ledger/000000001',
      {
        n: 1,
        at: Number.MAX_SAFE_INTEGER,
        event: { type: 'deletion', why: 'visitor', what: 'all', count: 1 },
        hash: '0'.repeat(64),
      },
    ],
  ])('does not show a store, well sealed, with %s in it', async (_, key, value) => {
    await tab.goto(`${site.origin}/forge/`)
    await setKey(tab, granted)
    await tab.evaluate(records => globalThis.forge(records), [kept, { key, value }])
    const [popup, text] = await look()
    expect(text).toContain('There is data here that cannot be read')
    expect(await erase(popup)).toContain('Verified gone')
    await popup.close()
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it('says that data was left behind where nothing allows it, and deletes it', async () => {
    await tab.goto(`${site.origin}/forge/`)
    await tab.evaluate(records => globalThis.forge(records), [kept])
    const [popup, text] = await look()
    expect(text).toContain('Nothing is allowed here, yet data is kept')
    expect(await erase(popup)).toContain('Verified gone')
    await popup.close()
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it.each(['{"segments":{"visit":"a1"}}', '{{{', 'x'.repeat(2_000_000)])(
    'says that notes of a page were left behind, and deletes them: %.30s',
    async notes => {
      await tab.goto(`${site.origin}/`)
      await setKey(tab, notes, 'nearside-page')
      const [popup, text] = await look()
      expect(text).toContain('Nothing is allowed here, yet data is kept')
      expect(await erase(popup)).toContain('Verified gone')
      await popup.close()
      expect(await storageOf(tab)).toEqual(NOTHING)
    },
  )

  it('says so when a page holds the database open and does not let go, and finds it gone afterwards', async () => {
    await tab.goto(`${site.origin}/`)
    await makeForeign(tab, true)
    const [popup, text] = await look()
    expect(text).toContain('There is data here that cannot be read')
    const account = await erase(popup)
    expect(account).toContain('Not everything is gone')
    expect(account).toContain('a page of this site holds it open')
    await popup.close()
    await tab.evaluate(() => (window as unknown as Holder).held.close())
    await expect.poll(() => storageOf(tab)).toEqual(NOTHING)
  })

  it('says so when a page writes again what was deleted', async () => {
    await tab.goto(`${site.origin}/`)
    await setKey(tab, granted)
    await tab.evaluate(text => {
      setInterval(() => localStorage.setItem('nearside', text), 50)
    }, JSON.stringify(granted))
    const popup = await visitor.open(tab)
    await press(popup, 'ask-withdraw')
    await press(popup, 'withdraw')
    const account = await said(popup)
    await popup.close()
    expect(account).toContain('Not everything is gone')
    expect(account).toContain('A decision that allows something stands in its storage again')
  })

  it('outvotes a page that was about to write its grant when it was withdrawn', async () => {
    await tab.goto(`${site.origin}/`)
    await setKey(tab, granted)
    await tab.evaluate(text => {
      const channel = new BroadcastChannel('nearside')
      channel.onmessage = () => {
        channel.onmessage = null
        localStorage.setItem('nearside', text)
      }
    }, JSON.stringify(granted))
    const popup = await visitor.open(tab)
    await press(popup, 'ask-withdraw')
    await press(popup, 'withdraw')
    expect(await said(popup)).toContain('Withdrawn, and verified')
    await popup.close()
    const { seq, decision } = JSON.parse((await storageOf(tab)).decision ?? '')
    expect([seq, decision]).toEqual([4, {}])
  })

  it('is not deceived by patched functions, nor stopped by a lock held for ever', async () => {
    await tab.evaluateOnNewDocument(() => {
      IDBFactory.prototype.databases = async () => []
      IDBFactory.prototype.deleteDatabase = () => {
        throw new Error('no')
      }
      Storage.prototype.getItem = () => null
      Storage.prototype.removeItem = () => {}
      BroadcastChannel.prototype.postMessage = () => {}
      void navigator.locks.request('nearside', () => new Promise(() => {}))
    })
    await tab.goto(`${site.origin}/`)
    await setKey(tab, granted)
    await makeForeign(tab)
    const [popup, text] = await look()
    expect(text).toContain('There is data here that cannot be read')
    expect(await erase(popup)).toContain('Verified gone')
    await popup.close()
    const fresh = await visitor.browser.newPage()
    await fresh.goto(`${site.origin}/`)
    expect(await storageOf(fresh)).toEqual(NOTHING)
    await fresh.close()
  })

  it('keeps requests to forget that still wait, says how many, and deletes them when that is what is asked', async () => {
    const ticket = { v: 1, site: 'little-shop', pseudonym: 'AAAAAAAAAAAAAAAAAAAAAA' }
    await tab.goto(`${site.origin}/`)
    await setKey(tab, granted)
    const tickets = [{ url: `${site.origin}/v1/erasures`, ticket, until: '2199-01-01', within: 1000 }]
    await setKey(tab, { segments: { visit: 'a1' }, tickets }, 'nearside-page')
    const popup = await visitor.open(tab)
    const account = await erase(popup)
    expect(account).toContain('One request to forget you still waits')
    expect(account).toContain('Verified gone')
    expect(await storageOf(tab)).toEqual({ ...NOTHING, page: JSON.stringify({ tickets }) })
    await press(popup, 'look')
    expect(await said(popup)).toContain('All is deleted here')
    expect(await erase(popup)).toContain('Verified gone')
    await popup.close()
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it('leaves the other databases of the site alone, and says so', async () => {
    await tab.goto(`${site.origin}/`)
    await setKey(tab, granted)
    await tab.evaluate(
      () =>
        new Promise<void>(resolve => {
          const opening = indexedDB.open('basket')
          opening.onsuccess = () => {
            opening.result.close()
            resolve()
          }
        }),
    )
    const popup = await visitor.open(tab)
    expect(await erase(popup)).toContain('Another database of the site is not Nearside’s, and not touched')
    await popup.close()
    expect(await storageOf(tab)).toEqual({ ...NOTHING, databases: ['basket'] })
  })
})
