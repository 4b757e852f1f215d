// The second driver: the same actions in a real Chromium with real tabs, the real files and a real collector behind a network that
// fails. What only a port can do (a flipped byte, a machine without power, an older version in the way) is left to the simulation.
import { webcrypto } from 'node:crypto'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { categoriesIn, type Grants } from '../../core/consent.ts'
import { verify } from '../../core/ledger.ts'
import { isGrant, PAGE_KEY, parsePageState, parseStanding, STANDING_KEY } from '../../core/standing.ts'
import { answerBanner, api, openChoices, type SdkSite } from '../harness/sdk-site.ts'
import type { Driver } from './actions.ts'
import { must, until } from './broken.ts'
import { checkCounted } from './chromium-counts.ts'
import type { Network } from './collector.ts'
import { correctionOf, FIELDS, givenOrders } from './driver.ts'
import { MODELS, PATHS, PLAIN_CONFIGS } from './site.ts'

/** Long waits are clocks that step here. */
const LONGEST_WAIT_MS = 400
/** Nothing goes on for so long: the world is at rest. */
const REST_MS = 700

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await webcrypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** The config and model of the simulation, reporting to the relay; quick, as real time goes by. */
export const siteOptions = () => {
  const { reports: _, ...config } = JSON.parse(PLAIN_CONFIGS[0] as string)
  return { config, model: MODELS[0] as string }
}

export const createChromiumDriver = async (site: SdkSite, visitor: BrowserContext) => {
  const served = JSON.parse(site.config) as { reports: { url: string }; notice: string }
  let tabs: Page[] = []
  /** How many pages a tab can go back. */
  const depths = new Map<Page, number>()
  let skew = 0
  let network: Network = 'good'
  /** What was sent is lost track of: a ledger went with its database. */
  let begunAnew = false
  const silent = { since: 0 }

  const tabAt = (which: number): Page => tabs[which % tabs.length] as Page

  const through = async (route: Route): Promise<void> => {
    const pass = () => route.fetch().catch(() => undefined)
    switch (network) {
      case 'good':
        return route.continue()
      case 'broken':
        return route.fulfill({ status: 500, headers: { 'access-control-allow-origin': '*' } })
      case 'lost':
        await pass()
        return route.abort()
      case 'hangs':
      case 'unheard':
        return route.abort()
      case 'doubled': {
        await pass()
        return route.continue()
      }
      default:
        return network satisfies never
    }
  }
  await visitor.route(`${served.reports.url}/**`, route => through(route).catch(() => {}))

  const load = (act: () => Promise<unknown>, tab: Page): Promise<unknown> =>
    act().then(() => tab.waitForFunction('window.nearside'))

  const standing = (page: Page): Promise<{ [key: string]: string }> => page.evaluate(() => ({ ...localStorage }))

  /** With the boxes of the second layer. */
  const choose = async (page: Page, grants: Grants): Promise<void> => {
    await openChoices(page)
    await page.locator('#nearside-consent input[data-purpose]').first().waitFor()
    for (const [attribute, names] of [
      ['purpose', Object.keys(grants)],
      ['category', [...new Set(categoriesIn(grants))]],
    ] as const)
      for (const box of await page.locator(`#nearside-consent input[data-${attribute}]`).all())
        await box.setChecked(names.includes((await box.getAttribute(`data-${attribute}`)) as never))
    await answerBanner(page, 'save')
  }

  const forgotten = async (page: Page): Promise<void> => {
    await until(async () => {
      const keys = await standing(page)
      const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
      const left = Object.keys(keys).filter(key => key !== STANDING_KEY && key !== PAGE_KEY)
      const { needs, segments } = parsePageState(keys[PAGE_KEY] ?? null)
      const shown = await Promise.all(tabs.map(tab => api(tab, nearside => Object.keys(nearside.segments()))))
      if (databases.length) return `after a no a database is left: ${databases}`
      if (left.length || needs || segments) return `after a no more than tickets is left: ${JSON.stringify(keys)}`
      return shown.flat().length ? 'after a no a page shows a segment' : undefined
    })
  }

  /** Nothing was said or decided for a while: what holds then? */
  const atRest = async (): Promise<void> => {
    const [page] = tabs
    if (!page) return
    const decision = parseStanding((await standing(page))[STANDING_KEY] ?? null)
    if (!isGrant(decision)) {
      if (silent.since && !decision?.paused) await forgotten(page)
      return
    }
    const before = begunAnew ? [] : [...site.received]
    const it = await api(page, nearside => nearside.exportData()).catch(() => null)
    if (!it) return
    must(it.tampered === null, 'the ledger verifies on the device', it.tampered)
    must((await verify({ digest }, it.ledger, it.folded)) === undefined, 'the ledger verifies elsewhere', it.ledger)
    await checkCounted(site, it, before)
  }

  const rest = async (): Promise<void> => {
    await new Promise(go => setTimeout(go, REST_MS))
    await atRest()
  }

  const driver: Driver = {
    open: async path => {
      const page = await visitor.newPage()
      tabs.push(page)
      await load(() => page.goto(site.origin + PATHS[path]), page)
    },
    close: async which => {
      const page = tabAt(which)
      tabs = tabs.filter(it => it !== page)
      await page.close({ runBeforeUnload: false })
    },
    kill: async which => {
      const page = tabAt(which)
      tabs = tabs.filter(it => it !== page)
      const cdp = await visitor.newCDPSession(page)
      const crashed = page.waitForEvent('crash')
      void cdp.send('Page.crash').catch(() => {})
      await crashed
      await page.close()
    },
    navigate: async (which, path) => {
      const page = tabAt(which)
      const url = site.origin + PATHS[path]
      // Where it is already, it loads again, in the same place of its history.
      if (page.url() !== url) depths.set(page, (depths.get(page) ?? 0) + 1)
      await load(() => page.goto(url), page)
    },
    back: async which => {
      const page = tabAt(which)
      const depth = depths.get(page) ?? 0
      if (!depth) return
      depths.set(page, depth - 1)
      await load(() => page.goBack(), page)
    },
    hide: which => tabAt(which).bringToFront(),
    grant: async (which, grants) => {
      silent.since = 0
      const page = tabAt(which)
      await choose(page, grants)
    },
    withdraw: async (which, purpose) => {
      silent.since = Date.now()
      // One purpose may be all there was.
      begunAnew = true
      await tabAt(which).evaluate(it => void (window as never as Api).nearside.withdraw(it), purpose)
    },
    erase: async (which, category) => {
      if (!category) {
        silent.since = Date.now()
        begunAnew = true
      }
      await tabAt(which).evaluate(it => {
        const { nearside } = window as never as Api
        if (it) void nearside.erase({ category: it }).catch(() => {})
        else void nearside.erase()
      }, category)
    },
    correct: async (which, correction) => {
      await tabAt(which).evaluate(it => void (window as never as Api).nearside.correct(it).catch(() => {}), correction)
    },
    correctSignal: async (which, n) => {
      const page = tabAt(which)
      const kept = await api(page, nearside => nearside.exportData()).catch(() => null)
      const correction = correctionOf(kept?.signals ?? [], n)
      if (correction) await driver.correct(which, correction)
    },
    pause: async (which, on) => {
      await tabAt(which).evaluate(it => void (window as never as Api).nearside.pause(it), on)
    },
    signal: async (which, kind, times) => {
      await tabAt(which).evaluate(
        ([name, fields, n]) => {
          for (let i = 0; i < n; i++) (window as never as Api).nearside.signal(name, fields)
        },
        [kind, FIELDS[kind] ?? {}, times] as const,
      )
    },
    hydrate: async (which, ids) => {
      await tabAt(which)
        .evaluate(it => (window as never as Api).nearside.hydrate(it), givenOrders(ids, Date.now() + skew))
        .catch(() => {})
    },
    wait: async ms => {
      if (ms > LONGEST_WAIT_MS) await driver.stepClock(ms)
      await new Promise(go => setTimeout(go, Math.min(ms, LONGEST_WAIT_MS)))
    },
    stepClock: async ms => {
      skew += ms
      const set = (by: number): void => {
        const it = window as never as { realNow?: () => number }
        it.realNow ??= Date.now.bind(Date)
        const { realNow } = it
        Date.now = () => realNow() + by
      }
      await visitor.addInitScript(set, skew)
      for (const tab of tabs) await tab.evaluate(set, skew)
    },
    evict: async what => {
      const [page] = tabs
      if (!page) return
      if (what !== 'key') {
        begunAnew = true
        const cdp = await visitor.newCDPSession(page)
        await cdp.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' })
        await cdp.detach()
      }
      if (what !== 'database') {
        silent.since = 0
        await page.evaluate(() => localStorage.clear())
      }
    },
    disk: async () => {},
    flip: async () => {},
    crash: async () => {
      while (tabs.length) await driver.kill(0)
    },
    network: async it => {
      network = it
    },
    publish: async model => site.route('/nearside/model.json', MODELS[model] as string),
    ask: async notice => {
      const { reports: _, ...config } = JSON.parse(PLAIN_CONFIGS[notice] as string)
      site.route('/nearside.json', JSON.stringify({ ...served, ...config }))
    },
    rest,
  }
  return driver
}

interface Api {
  readonly nearside: import('../../sdk/api.ts').Nearside
}
