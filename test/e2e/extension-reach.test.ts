/// <reference types="chrome" />
// How far the extension may go: every control at which the browser asks the visitor, pressed in the real dashboard. No driver can press
// the browser's own question, but what it has been told yes to it does not ask again. So the extension begins as one that had it all
// from the start, is updated to what is shipped, and has nothing written down. What it gives back then is given back for good.
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Site } from '../harness/site.ts'
import { EVERYWHERE, type Kept, launchKept } from './extension-keeper.ts'
import { startLittleShop } from './extension-site.ts'

const GPC = 'declarativeNetRequestWithHostAccess'
const HERE = 'http://localhost/*'

let kept: Kept
let desk: Page
let tab: Page
let shop: Site
/** The same shop, on another origin. */
let other: string
beforeAll(async () => {
  kept = await launchKept({ hosts: [...EVERYWHERE, HERE], permissions: ['browsingData', GPC] })
  desk = await kept.update({ shipped: true })
  await desk.evaluate(() => chrome.storage.local.clear())
  shop = await startLittleShop()
  other = `http://127.0.0.1:${shop.port}`
  tab = await kept.browser.newPage()
  await tab.goto(`${shop.origin}/`)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
}, 60_000)
afterAll(async () => {
  await kept?.close()
  await shop?.close()
})

/** Where the browser lets it, and which scripts are on pages. */
const reach = () =>
  desk.evaluate(async () => {
    const { origins = [] } = await chrome.permissions.getAll()
    const scripts = await chrome.scripting.getRegisteredContentScripts()
    const looks = scripts.find(({ id }) => id === 'presence')?.matches ?? []
    return { origins: origins.sort(), scripts: scripts.map(({ id }) => id).sort(), looks: looks.sort() }
  })
const everywhere = [...EVERYWHERE].sort()
const everywhereAndHere = [...EVERYWHERE, HERE].sort()

const go = (hash: string) =>
  desk.evaluate(to => {
    location.hash = to
  }, hash)
/** By a real click: browsers hear such a wish from nothing else. */
const press = async (deed: string): Promise<void> => {
  await desk.bringToFront()
  await (await desk.waitForSelector(`[data-does=${deed}]`))?.click()
}
/** What the browser is not asked for: found and pressed in one, as what is set is drawn anew. */
const set = async (css: string): Promise<void> => {
  await desk.waitForSelector(css)
  await desk.$eval(css, it => (it as HTMLElement).click())
}
const isOn = (deed: string) => desk.$eval(`[data-does=${deed}]`, it => (it as HTMLInputElement).checked)
const listed = () =>
  desk.evaluate(async () => {
    const { sites = [] } = await chrome.storage.local.get<{ sites?: { origin: string }[] }>('sites')
    return sites.map(({ origin }) => origin).sort()
  })
/** Goes to the shop elsewhere. @returns the header that asks not to sell or share */
const visit = async (): Promise<unknown> => {
  await tab.bringToFront()
  await tab.goto(`${other}/`)
  await tab.waitForSelector('[data-nearside=accept]')
  return shop.seen.filter(({ path }) => path === '/').at(-1)?.headers['sec-gpc']
}

it('opens a site and reads it', async () => {
  await tab.goto('about:blank')
  await go(`site=${encodeURIComponent(shop.origin)}`)
  await press('open')
  await desk.waitForSelector('.ns-figures')
  await expect.poll(listed).toEqual([shop.origin])
})

it('keeps settings as they are chosen: a default, an exception, a pause', async () => {
  const written = async () => {
    const { defaults } = await desk.evaluate(() => chrome.storage.local.get<{ defaults?: object }>('defaults'))
    return defaults
  }
  await go('defaults')
  await set('[value=only]')
  await set('td [data-purpose=measurement][data-category=browsing]')
  const only = { answer: 'only', grants: { measurement: ['browsing'] } }
  await expect.poll(written).toMatchObject({ everywhere: only, exceptions: {}, paused: false })
  await set('[data-does=pause-all]')
  await expect.poll(written).toMatchObject({ paused: true })
  await set('[data-does=pause-all]')
  await expect.poll(written).toMatchObject({ paused: false })
  await go(`site=${encodeURIComponent('https://shop-1.example')}`)
  await desk.waitForSelector('[data-does=exception]')
  await desk.select('[data-does=exception]', 'refuse')
  await expect.poll(written).toMatchObject({ exceptions: { 'https://shop-1.example': { answer: 'refuse' } } })
  await go('defaults')
  await set('[data-does=unexcept]')
  await expect.poll(written).toMatchObject({ everywhere: only, exceptions: {} })
  await set('[value=ask]')
  await expect.poll(written).toMatchObject({ everywhere: { answer: 'ask' } })
})

it('finds all sites once that is switched on', async () => {
  await go('reach')
  await press('find-all')
  await expect.poll(reach).toEqual({ origins: everywhereAndHere, scripts: ['presence'], looks: everywhere })
  await visit()
  await expect.poll(listed).toContain(other)
  await expect.poll(() => isOn('find-all')).toBe(true)
})

it('sends the opt-out signal to all sites, and does not look for them for that', async () => {
  await go('defaults')
  await press('gpc')
  const signal = ['gpc', 'gpc looked at', 'presence']
  await expect.poll(reach).toEqual({ origins: everywhereAndHere, scripts: signal, looks: everywhere })
  await expect.poll(() => isOn('gpc')).toBe(true)
  await go('reach')
  await press('find-all')
  await expect.poll(reach).toEqual({ origins: everywhereAndHere, scripts: signal, looks: [HERE] })
  await desk.evaluate(() => chrome.storage.local.remove('sites'))
  expect(await visit()).toBe('1')
  expect(await isOn('find-all')).toBe(false)
  expect(await listed()).toEqual([])
})

it('does nothing of it longer than it is let: what it was let for is given back', async () => {
  expect(await isOn('at-once')).toBe(true)
  await press('at-once')
  await expect.poll(() => isOn('at-once')).toBe(false)
  await press('no-eye')
  await expect.poll(reach).toMatchObject({ origins: everywhere, looks: [] })
  await go('defaults')
  await press('gpc')
  await expect.poll(reach).toEqual({ origins: [], scripts: [], looks: [] })
  expect(await isOn('gpc')).toBe(false)
  expect(await visit()).toBeUndefined()
  expect(await desk.evaluate(() => chrome.permissions.getAll())).toMatchObject({
    permissions: expect.not.arrayContaining(['browsingData', GPC]),
  })
})
