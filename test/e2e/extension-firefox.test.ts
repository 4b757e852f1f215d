// Firefox: the same source in another browser. No driver can click its toolbar, so the popup is opened by its address, and the
// grant that a click would give is written into the manifest of a copy.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import type { Site } from '../harness/site.ts'
import { NOTHING, press, said, storageOf } from './extension-popup.ts'
import { startLittleShop } from './extension-site.ts'

const built = join(import.meta.dirname, '../../dist/extension/firefox')

const withHosts = async (): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'nearside-firefox-'))
  await cp(built, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'))
  await writeFile(
    join(copy, 'manifest.json'),
    JSON.stringify({ ...manifest, host_permissions: ['http://localhost/*'] }),
  )
  return copy
}

describe.skipIf(!process.env.NEARSIDE_FIREFOX)('the popup in Firefox', () => {
  let copy: string
  let firefox: Firefox
  let shop: Site
  beforeAll(async () => {
    copy = await withHosts()
    shop = await startLittleShop()
    firefox = (await launchFirefox({ extension: copy })) as Firefox
  })
  afterAll(async () => {
    await firefox?.close()
    await shop?.close()
    await rm(copy, { recursive: true, force: true })
  })

  // Going to an address of an extension never counts as done, though the page is there.
  const open = async (page: Page, query = ''): Promise<void> => {
    await page.goto(`${firefox.extensionOrigin}/popup/popup.html${query}`, { timeout: 2000 }).catch(() => {})
    await page.waitForSelector('h1')
  }

  it('shows, withdraws and deletes what a site keeps', async () => {
    const tab = await firefox.browser.newPage()
    await tab.goto(`${shop.origin}/`)
    await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
    await tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))

    const popup = await firefox.browser.newPage()
    await open(popup)
    expect(await said(popup)).toContain('This page cannot be looked at')
    const id = await popup.evaluate(async () => {
      const { browser } = globalThis as unknown as {
        browser: { tabs: { query(asked: object): Promise<{ id: number }[]> } }
      }
      return (await browser.tabs.query({ url: 'http://localhost/*' }))[0]?.id
    })
    await open(popup, `?tab=${id}`)
    expect(await said(popup)).toContain('You said yes here')
    expect(await said(popup)).toContain('A quick look')
    await press(popup, 'ask-withdraw')
    await press(popup, 'withdraw')
    expect(await said(popup)).toContain('Withdrawn, and verified')
    const { decision, page, databases } = await storageOf(tab)
    expect([page, databases]).toEqual([null, []])
    expect(JSON.parse(decision ?? '').decision).toEqual({})
    await press(popup, 'look')
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('Verified gone')
    expect(await storageOf(tab)).toEqual(NOTHING)
  })
})
