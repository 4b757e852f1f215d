/// <reference types="chrome" />
// A browser ends the background whenever it likes: nothing that the visitor asked for is lost, whenever that is.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Site } from '../harness/site.ts'
import { count } from '../harness/size.ts'
import { EVERYWHERE, type Kept, launchKept } from './extension-keeper.ts'
import { NOTHING, storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

/** How often each action is begun, and the worker ended a moment later. */
const TIMES = count(40, 2)
/** The longest moment, in ms: most actions are done by then. */
const MOMENT_MS = 60

const later = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const allow = async (tab: Page, origin: string): Promise<void> => {
  await tab.goto(`${origin}/`)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
}

describe('a background that is ended in the middle', () => {
  let kept: Kept
  let shop: Site
  let tab: Page
  beforeAll(async () => {
    kept = await launchKept({ hosts: EVERYWHERE, permissions: ['browsingData', 'declarativeNetRequestWithHostAccess'] })
  })
  afterAll(() => kept.close())
  beforeEach(async () => {
    shop = await startLittleShop()
    tab = await kept.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await shop.close()
  })

  /** Begins it, ends the worker after each of some moments, and waits until it is done all the same. */
  const endedDuring = async <T>(begin: () => Promise<T>, at: number): Promise<T> => {
    const done = begin()
    await later((at * MOMENT_MS) / TIMES)
    await kept.kill()
    return done
  }

  it('still deletes at once', async () => {
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop.origin)
      await tab.goto('about:blank')
      const [done] = await endedDuring(
        () => kept.desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin),
        i,
      )
      expect(done).toMatchObject({ state: 'gone' })
      await tab.goto(`${shop.origin}/model.json`)
      expect(await storageOf(tab)).toEqual(NOTHING)
    }
  })

  it('still deletes at the next visit, ended before it, and in the middle of it', async () => {
    for (let i = 0; i < TIMES; i++) {
      await allow(tab, shop.origin)
      await tab.goto('about:blank')
      const [asked] = await endedDuring(
        () => kept.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin),
        i,
      )
      expect(asked?.state).toBe('waits')
      await kept.kill()
      await endedDuring(() => tab.goto(`${shop.origin}/model.json`), i)
      await expect.poll(() => storageOf(tab)).toEqual(NOTHING)
      const state = () => kept.desk.evaluate(async () => (await keeper.readDeletions())[0]?.state)
      // Its word may have been lost with the worker: then it is done again.
      await tab.reload()
      await expect.poll(state).toBe('gone')
      await tab.goto(`${shop.origin}/`)
      await allow(tab, shop.origin)
      await tab.reload()
      expect((await storageOf(tab)).databases, 'and only once').toEqual(['nearside'])
      await kept.desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin)
    }
  })

  it('still says a default and the opt-out signal, pauses, and goes on', async () => {
    const paused = () => tab.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}').paused === true)
    const set = (on: boolean) =>
      kept.desk.evaluate(async given => {
        await keeper.setPaused(given)
        await keeper.attend()
      }, on)
    await allow(tab, shop.origin)
    for (let i = 0; i < TIMES; i++) {
      await endedDuring(() => set(true), i)
      await expect.poll(paused).toBe(true)
      await endedDuring(() => set(false), i)
      await expect.poll(paused).toBe(false)
    }
    await endedDuring(
      () =>
        kept.desk.evaluate(async () => {
          await keeper.setEverywhere({ answer: 'refuse' })
          await keeper.attend()
        }),
      1,
    )
    const signals = (on: boolean) =>
      endedDuring(
        () =>
          kept.desk.evaluate(async given => {
            await keeper.setGpc(given)
            await keeper.attend()
            return (await chrome.declarativeNetRequest.getDynamicRules()).length
          }, on),
        1,
      )
    expect([await signals(true), await signals(false)]).toEqual([1, 0])
    await tab.goto(`http://127.0.0.1:${shop.port}/`)
    await tab.waitForFunction(() => localStorage.getItem('nearside'))
    expect((await storageOf(tab)).decision).toContain('"decision":{}')
  })
})

it('what waits still waits after the browser was closed, and the extension installed anew, and then updated', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'nearside-profile-'))
  const shop = await startLittleShop()
  const options = { hosts: EVERYWHERE, userDataDir: profile }
  const first = await launchKept(options)
  const tab = await first.browser.newPage()
  await allow(tab, shop.origin)
  await tab.goto('about:blank')
  await first.desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
  await first.close()
  const second = await launchKept({ ...options, copy: first.copy })
  const registered = () =>
    second.desk.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id))
  await expect.poll(registered).toContain(`erase ${shop.origin}`)
  const updated = await second.update()
  const left = () => updated.evaluate(() => chrome.scripting.getRegisteredContentScripts())
  await expect.poll(async () => (await left()).map(({ id }) => id)).toContain(`erase ${shop.origin}`)
  const again = await second.browser.newPage()
  await again.goto(`${shop.origin}/model.json`)
  await expect.poll(() => storageOf(again)).toEqual(NOTHING)
  await second.close()
  await shop.close()
  for (const left of [profile, first.copy]) await rm(left, { recursive: true, force: true, maxRetries: 5 })
})
