// Firefox: what the background does there, with the same promises, in a soak. The hosts that a visitor would let it on stand in a copy's manifest.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import type { Site } from '../harness/site.ts'
import { size } from '../harness/size.ts'
import { bundled } from './extension-bundle.ts'
import { EVERYWHERE } from './extension-keeper.ts'
import { NOTHING, storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

const built = join(import.meta.dirname, '../../dist/extension/firefox')

const letOn = async (): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'nearside-firefox-'))
  await cp(built, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'))
  const permissions = [...manifest.permissions, 'browsingData']
  await writeFile(
    join(copy, 'manifest.json'),
    JSON.stringify({ ...manifest, permissions, optional_permissions: [], host_permissions: EVERYWHERE }),
  )
  return copy
}

describe.skipIf(!process.env.NEARSIDE_FIREFOX || size === 'modest')('the background in Firefox', () => {
  let copy: string
  let firefox: Firefox
  let shop: Site
  let tab: Page
  let desk: Page
  beforeAll(async () => {
    copy = await letOn()
    shop = await startLittleShop()
    firefox = (await launchFirefox({ extension: copy })) as Firefox
    tab = await firefox.browser.newPage()
    desk = await firefox.browser.newPage()
    // Going to an address of an extension never counts as done, though the page is there.
    await desk.goto(`${firefox.extensionOrigin}/popup/popup.html`, { timeout: 2000 }).catch(() => {})
    await desk.waitForSelector('h1')
    await desk.evaluate(await bundled('extension-keeper.entry.ts'))
    await desk.evaluate(async () => {
      await keeper.setFinds(true)
      await keeper.attend()
    })
  })
  afterAll(async () => {
    await firefox?.close()
    await shop?.close()
    await rm(copy, { recursive: true, force: true })
  })

  const allow = async (): Promise<void> => {
    await tab.goto(`${shop.origin}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
  }
  const state = () => desk.evaluate(async () => (await keeper.readDeletions())[0])

  it('deletes at the next visit, before the site can read any of it, and writes the site down', async () => {
    await allow()
    await expect.poll(() => desk.evaluate(() => keeper.readIndex())).toMatchObject([{ origin: shop.origin }])
    await tab.goto('about:blank')
    await desk.evaluate(at => keeper.deleteAtNextVisit([at], Date.now()), shop.origin)
    expect(await state()).toMatchObject({ state: 'waits' })
    await tab.goto(`${shop.origin}/product/one/`)
    await expect.poll(state).toMatchObject({ state: 'gone', verified: 'page' })
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it('deletes at once', async () => {
    await allow()
    await tab.goto('about:blank')
    await desk.evaluate(at => keeper.deleteAtOnce([at], Date.now()), shop.origin)
    expect(await state()).toMatchObject({ state: 'gone', verified: 'browser' })
    await tab.goto(`${shop.origin}/model.json`)
    expect(await storageOf(tab)).toEqual(NOTHING)
  })

  it('says a default before the site asks', async () => {
    await desk.evaluate(async () => {
      await keeper.setEverywhere({ answer: 'refuse' })
      await keeper.attend()
    })
    await tab.goto(`${shop.origin}/`)
    await tab.waitForFunction(() => localStorage.getItem('nearside'))
    expect((await storageOf(tab)).decision).toContain('"decision":{}')
    expect(await tab.$('#nearside-consent')).toBeNull()
  })
})
