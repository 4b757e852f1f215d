// Private windows of Firefox, where an origin's private files are refused but the store works: until the window is closed.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import { foundIn } from '../harness/profile.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { INSIDE } from './store-inside.ts'

type Api = { nearside: Nearside }

describe.skipIf(!process.env.NEARSIDE_FIREFOX)('in a private window of Firefox', () => {
  let firefox: Firefox
  let site: SdkSite
  let profile: string
  beforeAll(async () => {
    site = await startSdkSite({ config: { reports: undefined } })
    profile = await mkdtemp(join(tmpdir(), 'nearside-private-'))
    firefox = (await launchFirefox({
      userDataDir: profile,
      prefs: { 'browser.privatebrowsing.autostart': true },
    })) as Firefox
  })
  afterAll(async () => {
    await firefox?.close()
    await site?.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })

  it('a page finds what the one before it kept, no file of the profile holds the key, and a no leaves nothing', async () => {
    const page = await firefox.browser.newPage()
    await page.evaluateOnNewDocument(INSIDE)
    await page.goto(`${site.origin}/`)
    const refused = await page.evaluate(() => navigator.storage.getDirectory().then(String, error => error.name))
    expect(refused).toBe('SecurityError')
    await (await page.waitForSelector('[data-nearside=accept]'))?.click()
    await page.waitForFunction(() => (window as unknown as Api).nearside.segments().visit)
    await page.goto(`${site.origin}/p/pot`)
    await page.waitForFunction(() => (window as unknown as Api).nearside?.segments().visit)
    const views = await page.evaluate(async () =>
      (await (window as unknown as Api).nearside.exportData())?.signals.flatMap(it =>
        it.kind === 'page_view' ? [it.page] : [],
      ),
    )
    expect(views).toEqual(['home', 'product'])
    const key = Buffer.from(await page.evaluate(() => inside.seal()), 'hex')
    expect(foundIn(profile, [key])).toBe(0)
    await page.evaluate(() => (window as unknown as Api).nearside.withdraw())
    await page.waitForFunction(async () => !(await indexedDB.databases()).length)
  })
})
