// How the extension's pages look and behave to whoever uses them otherwise: a screen reader, a keyboard, a narrow window, a long list.
import type { Page as AxePage } from 'playwright-core'
import type { CDPSession, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { axeFaults } from '../harness/accessible.ts'
import { longestTask } from '../harness/longest-task.ts'
import { count, record } from '../harness/size.ts'
import { startCentreSite } from './centre-site.ts'
import { type Desk, openDesk, settled } from './extension-dashboard.ts'

let desk: Desk
let page: Page
/** One for all: what another has set stays set. */
let session: CDPSession
beforeAll(async () => {
  desk = await openDesk()
  page = desk.page
  session = await page.createCDPSession()
}, 60_000)
afterAll(() => desk.close())

const faults = (): Promise<string[]> => axeFaults(page as unknown as AxePage)
/** Nothing reaches out of the window to the side. */
const overflow = (): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const emulate = async (features: readonly { name: string; value: string }[]): Promise<void> => {
  await session.send('Emulation.setEmulatedMedia', { features: [...features] })
}

const LOOKS = {
  'in the light': { width: 1280, features: [] },
  'in the dark, at 320 px': { width: 320, features: [{ name: 'prefers-color-scheme', value: 'dark' }] },
}

describe.each(Object.entries(LOOKS))('%s', (_, { width, features }) => {
  beforeAll(async () => {
    await page.setViewport({ width, height: 800 })
    await emulate(features)
    await desk.list(30)
  })

  it.each(['sites', 'defaults', 'reach', 'deleting'])('%s: has no fault that axe finds, and fits', async name => {
    await desk.go(name)
    await page.waitForSelector(`.rail a[href="#${name}"][aria-current=page]`)
    expect(await faults()).toEqual([])
    expect(await overflow()).toBeLessThanOrEqual(0)
  })

  it('a site, open and closed: has no fault that axe finds, and fits', async () => {
    await desk.go(`site=${encodeURIComponent('https://shop-0.example')}`)
    await settled(page, 'This site is not open')
    expect(await faults()).toEqual([])
    expect(await overflow()).toBeLessThanOrEqual(0)
    await desk.open()
    for (const tab of ['overview', 'groups', 'history', 'kept', 'sent', 'copies', 'erase']) {
      await desk.turn(tab)
      expect(await faults(), tab).toEqual([])
      expect(await overflow(), tab).toBeLessThanOrEqual(0)
    }
    await desk.does('ask-erase')
    await page.waitForSelector('[data-does=do-erase]')
    expect(await faults()).toEqual([])
    await desk.does('back')
    await page.waitForSelector('[role=tab]')
  })
})

it('two cards side by side begin at the same height', async () => {
  await page.setViewport({ width: 1280, height: 800 })
  await desk.go('deleting')
  await page.waitForSelector('.strengths')
  const tops = await page.$$eval('.strengths .ns-card', all => all.map(it => it.getBoundingClientRect().top))
  expect(tops.length).toBe(4)
  expect([tops[1], tops[3]]).toEqual([tops[0], tops[2]])
})

describe('otherwise', () => {
  it('with forced colours, nothing is left that cannot be told apart', async () => {
    await emulate([{ name: 'forced-colors', value: 'active' }])
    await desk.go('sites')
    await page.waitForSelector('.site-row')
    expect(await faults()).toEqual([])
    await emulate([])
  })

  it('from right to left, at 320 px, all of it fits', async () => {
    await page.setViewport({ width: 320, height: 800 })
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    for (const name of ['sites', 'defaults', 'deleting']) {
      await desk.go(name)
      await page.waitForSelector(`.rail a[href="#${name}"][aria-current=page]`)
      expect(await overflow(), name).toBeLessThanOrEqual(0)
    }
    await desk.open()
    await desk.turn('history')
    expect(await overflow()).toBeLessThanOrEqual(0)
    expect(await faults()).toEqual([])
  })

  it('the popup has no fault that axe finds, in the light and in the dark', async () => {
    const dashboard = page.url()
    await page.setViewport({ width: 380, height: 620 })
    await page.goto(await desk.popup())
    await page.waitForSelector('[data-fold=allowed] summary')
    await page.click('[data-fold=allowed] summary')
    expect(await faults()).toEqual([])
    await emulate([{ name: 'prefers-color-scheme', value: 'dark' }])
    expect(await faults()).toEqual([])
    await emulate([])
    await page.goto(dashboard)
    await page.waitForSelector('h1')
  })

  it('speaks the visitor’s language, where it has its words', async () => {
    const userAgent = await page.browser().userAgent()
    await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'de-AT,en' })
    await page.reload()
    await settled(page, 'Alle Seiten')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de-AT')
    // Packed after another, and of another country.
    await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'pt-PT,en' })
    await page.reload()
    await settled(page, 'Todos os sites')
    await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'eo,en-GB' })
    await page.reload()
    await settled(page, 'All sites')
  })
})

describe('with a keyboard', () => {
  beforeAll(async () => {
    await page.setViewport({ width: 1280, height: 800 })
    await emulate([])
    await desk.open()
  })

  it('arrows go from tab to tab, and a question takes the focus', async () => {
    await desk.turn('overview')
    await page.focus('[data-tab=overview]')
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction(() => (document.activeElement as HTMLElement)?.dataset.tab === 'groups')
    await page.keyboard.press('End')
    await page.waitForFunction(() => (document.activeElement as HTMLElement)?.dataset.tab === 'erase')
    await page.focus('[data-does=ask-erase]')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.textContent === 'Delete everything here?')
    await desk.does('back')
  })
})

describe('long lists', () => {
  it('are timed by what would see a long task', async () => {
    // A task of its own, and long enough to have had the processor for a while on any machine.
    const busy = (): Promise<void> =>
      new Promise(done => {
        setTimeout(() => {
          const until = performance.now() + 1500
          while (performance.now() < until);
          done()
        })
      })
    expect(await longestTask(await page.createCDPSession(), () => page.evaluate(busy))).toBeGreaterThan(50)
  })

  it('scroll through 200 sites without a task of 50 ms', async () => {
    await desk.list(200)
    await desk.go('sites')
    await page.waitForSelector('.site-row')
    const ms = await longestTask(await page.createCDPSession(), async () => {
      for (let i = 0; i < 12; i++) await page.mouse.wheel({ deltaY: 1500 })
      await page.waitForFunction(() => document.querySelectorAll('.site-row').length >= 200)
    })
    record('longest task while the list of 200 sites scrolls', Math.round(ms), 'ms')
    expect(ms).toBeLessThan(50)
  })

  // With what the page itself notes, as many as a device keeps: of more, the oldest go.
  const ORDERS = count(50_000, 5000) - 10
  it(`scroll through a site of ${ORDERS} notes without a task of 50 ms`, async () => {
    const site = await startCentreSite()
    const tab = await desk.tab.browser().newPage()
    await tab.goto(`${site.origin}/in/en-GB`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside'))
    await tab.evaluate(async orders => {
      const { nearside } = window as unknown as { nearside: Nearside }
      const at = Date.now() - 60_000
      const past = { kind: 'purchase', value: 100, currency: 'EUR', quantity: 1 } as const
      await nearside.hydrate(
        Array.from({ length: orders }, (_, i) => ({ ...past, id: `o${i}`, at: at - (i % 20) * 86_400_000 })),
      )
    }, ORDERS)
    await page.bringToFront()
    await desk.open(site.origin)
    const [notes = ''] = await page.$$eval('.ns-figures dd', all => all.map(it => it.textContent ?? ''))
    expect(Number(notes.replaceAll(/\D/g, ''))).toBeGreaterThanOrEqual(ORDERS)
    await desk.turn('kept')
    await page.waitForSelector('.ns-day')
    await desk.does('day')
    await page.waitForSelector('.ns-note')
    const ms = await longestTask(await page.createCDPSession(), async () => {
      for (let shown = 80, y = 300; shown <= 160; shown += 40, y += 300) {
        for (let i = 0; i < 4; i++) await page.mouse.wheel({ deltaY: 700 })
        await page.waitForFunction(least => scrollY >= least, {}, y)
        await desk.does('notes')
        await page.waitForFunction(n => document.querySelectorAll('.ns-note').length >= n, {}, shown)
        // And whoever asks for more stays where that was asked for.
        expect(await page.evaluate(() => scrollY)).toBeGreaterThanOrEqual(y)
      }
    })
    await tab.close()
    await site.close()
    record('longest task while a site of 50,000 notes scrolls', Math.round(ms), 'ms')
    expect(ms).toBeLessThan(50)
  })
})
