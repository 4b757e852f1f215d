// The dashboard over the little shop, let on it beforehand, with a visitor who looked around.
import type { Page } from 'puppeteer-core'
import { vi } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import type { Site } from '../harness/site.ts'
import { launchKept } from './extension-keeper.ts'
import { startLittleShop } from './extension-site.ts'

export const STANDS = ['granted', 'paused', 'refused', 'undecided', 'leftover', 'erased', 'unreadable', 'gone']

/** So many sites as the list holds them: each stands otherwise than the one before. */
export const madeSites = (n: number): object[] =>
  Array.from({ length: n }, (_, i) => ({
    origin: `https://shop-${i}.example`,
    firstSeen: `2026-0${1 + (i % 9)}-1${i % 10}`,
    lastSeen: `2026-11-${10 + (i % 12)}`,
    stands: STANDS[i % 8],
    ...(i % 8 < 2 ? { pairs: 0x33, expires: '2027-05-01' } : {}),
  }))

export interface Desk {
  readonly page: Page
  readonly tab: Page
  readonly shop: Site
  /** Goes to a page of the dashboard. */
  go(hash: string): Promise<void>
  /** Goes to the page of a site, the shop where no other is meant, and waits until it was read. */
  open(origin?: string): Promise<void>
  turn(tab: string): Promise<void>
  /** Presses a control. @param about the question or category that it is about */
  does(deed: string, about?: string): Promise<void>
  /** Puts the shop itself on the list. */
  listShop(): Promise<void>
  /** The address of the popup over the shop. */
  popup(): Promise<string>
  list(n: number): Promise<void>
  /** One that is on the list is seen again today. */
  see(origin: string): Promise<void>
  listed(): Promise<readonly unknown[]>
  close(): Promise<void>
}

/** Waits until the page says so. */
export const settled = (page: Page, words: string): Promise<unknown> =>
  page.waitForFunction(said => document.querySelector('main')?.textContent?.includes(said), {}, words)

/** Says yes, looks at a product twice and takes it twice; done when both groups were reported. */
export const shopAround = async (tab: Page, shop: Site): Promise<void> => {
  await tab.goto(`${shop.origin}/`)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  const reported = (n: number): Promise<void> =>
    vi.waitFor(
      async () => {
        const answers = await tab.evaluate(async () => {
          const kept = await (window as unknown as { nearside?: Nearside }).nearside?.exportData()
          return kept?.waiting.length ? 0 : kept?.ledger.filter(({ event }) => event.type === 'answer').length
        })
        if (!answers || answers < n) throw new Error(`${answers} of ${n} reports were answered`)
      },
      { timeout: 20_000, interval: 100 },
    )
  await reported(2)
  await tab.goto(`${shop.origin}/product/one/`)
  await tab.waitForFunction(() => (window as unknown as { nearside?: Nearside }).nearside?.consent())
  await tab.evaluate(() => {
    const { nearside } = window as unknown as { nearside: Nearside }
    for (const kind of ['view_item', 'add_to_cart', 'view_item', 'add_to_cart'] as const) nearside.signal(kind, {})
  })
  await reported(3)
}

export const openDesk = async (): Promise<Desk> => {
  const shop = await startLittleShop()
  const kept = await launchKept({ hosts: ['http://localhost/*'], permissions: ['browsingData'] })
  const tab = await kept.browser.newPage()
  await shopAround(tab, shop)
  const page = kept.desk
  await page.bringToFront()
  await page.setViewport({ width: 1280, height: 800 })
  await page.goto(page.url().replace(/popup\/popup\.html.*/, 'dashboard/dashboard.html'))
  await page.waitForSelector('h1')
  const go = async (hash: string): Promise<void> => {
    await page.evaluate(to => {
      location.hash = to
    }, hash)
  }
  const press = async (css: string): Promise<void> => {
    await page.waitForSelector(css)
    await page.$eval(css, it => (it as HTMLElement).click())
  }
  return {
    page,
    tab,
    shop,
    go,
    open: async (origin = shop.origin) => {
      await go(`site=${encodeURIComponent(origin)}`)
      await page.waitForSelector('[role=tab]')
    },
    turn: async name => {
      await press(`[data-tab=${name}]`)
      await page.waitForSelector(`[data-tab=${name}][aria-selected=true]`)
    },
    does: (deed, about) =>
      press(`[data-does=${deed}]${about ? `:is([data-of=${about}], [data-category=${about}])` : ''}`),
    popup: async () => {
      const id = await page.evaluate(
        async shown => (await (globalThis as unknown as Chrome).chrome.tabs.query({ url: shown }))[0]?.id,
        `${new URL(tab.url()).protocol}//${new URL(tab.url()).hostname}/*`,
      )
      return page.url().replace(/dashboard\/.*/, `popup/popup.html?tab=${id}`)
    },
    listShop: () =>
      page.evaluate(
        origin =>
          (globalThis as unknown as Chrome).chrome.storage.local.set({
            sites: [{ origin, firstSeen: '2026-01-01', lastSeen: '2026-01-02', stands: 'granted', pairs: 1 }],
          }),
        shop.origin,
      ),
    list: async n => {
      const sites = madeSites(n)
      await page.evaluate(all => (globalThis as unknown as Chrome).chrome.storage.local.set({ sites: all }), sites)
    },
    see: origin =>
      page.evaluate(async at => {
        const { storage } = (globalThis as unknown as Chrome).chrome
        const { sites = [] } = await storage.local.get('sites')
        const lastSeen = new Date().toISOString().slice(0, 10)
        await storage.local.set({ sites: sites.map(site => (site.origin === at ? { ...site, lastSeen } : site)) })
      }, origin),
    // The shop itself is noticed as well, some time or other.
    listed: () =>
      page.evaluate(async () => {
        const { sites = [] } = await (globalThis as unknown as Chrome).chrome.storage.local.get('sites')
        return sites.filter(({ origin }) => origin.endsWith('.example'))
      }),
    close: async () => {
      await kept.close()
      await shop.close()
    },
  }
}

type Chrome = {
  chrome: {
    tabs: { query(asked: { url: string }): Promise<readonly { id: number }[]> }
    storage: {
      local: {
        set(items: object): Promise<void>
        get(name: string): Promise<{ sites?: readonly { origin: string }[] }>
      }
    }
  }
}
