/// <reference types="chrome" />
// The extension as a visitor has it who lets it on sites. No driver can press the browser's own question, so that a copy's manifest
// says yes beforehand.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page, Target } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { launchPuppet } from '../harness/browser.ts'
import { bundled } from './extension-bundle.ts'
import type { Keeper } from './extension-keeper.entry.ts'
import { EXTENSION } from './extension-popup.ts'

declare global {
  var keeper: Keeper
}

export type Kept = {
  browser: Browser
  /** A page of the extension, in which `globalThis.keeper` is what its screens call. */
  desk: Page
  /** Where the copy of the extension is. It stays where the profile does, whose word for it is its path. */
  copy: string
  /** Its background worker, as it is now. */
  worker: () => Promise<Target>
  id: string
  /**
   * Puts a newer version in its place, as a browser does by itself; its pages are gone with the old one. `shipped`: with the manifest
   * as it is shipped, which lets it on no site. @returns a page of the new one
   */
  update: (to?: { shipped: boolean }) => Promise<Page>
  /** Ends the worker, as a browser does that wants its memory back. */
  kill: () => Promise<void>
  close: () => Promise<void>
}

/** Than any that is shipped. */
const NEWER = '99.0.0'

export const EVERYWHERE = ['https://*/*', 'http://*/*']

/** @param hosts what the visitor has let it on */
const letOn = async (hosts: readonly string[], permissions: readonly string[]): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'nearside-extension-'))
  await cp(EXTENSION, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(EXTENSION, 'manifest.json'), 'utf8'))
  const given = { ...manifest, permissions: [...manifest.permissions, ...permissions], host_permissions: hosts }
  await writeFile(join(copy, 'manifest.json'), JSON.stringify(given))
  return copy
}

export const isBackground = (target: Target): boolean =>
  target.type() === 'service_worker' && target.url().startsWith('chrome-extension:')

/** What Chromium's own page of extensions can do. */
type Settings = {
  developerPrivate: {
    updateProfileConfiguration(asked: { inDeveloperMode: boolean }): Promise<void>
    updateExtensionConfiguration(asked: { extensionId: string; incognitoAccess: boolean }): Promise<void>
    getExtensionInfo(id: string): Promise<{ state: string }>
  }
}

/** What a visitor switches on in the browser's own page of extensions. It starts the extension anew. */
const letIntoPrivateWindows = async (browser: Browser, extensionId: string): Promise<void> => {
  const settings = await browser.newPage()
  await settings.goto('chrome://extensions')
  await settings.evaluate(async extensionId => {
    const { developerPrivate } = chrome as unknown as Settings
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
    await developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true })
  }, extensionId)
  await settings.waitForFunction(
    async id => (await (chrome as unknown as Settings).developerPrivate.getExtensionInfo(id)).state === 'ENABLED',
    { polling: 50 },
    extensionId,
  )
  await settings.close()
}

/** Who lets it everywhere has it find all sites as well, if nothing else is said. */
const findAll = (desk: Page): Promise<void> =>
  desk.evaluate(async () => {
    await keeper.setFinds(true)
    await keeper.attend()
  })

export const launchKept = async (
  options: {
    hosts?: readonly string[]
    permissions?: readonly string[]
    userDataDir?: string
    copy?: string
    privateWindows?: boolean
  } = {},
): Promise<Kept> => {
  const copy = options.copy ?? (await letOn(options.hosts ?? [], options.permissions ?? []))
  const args = options.userDataDir ? [`--user-data-dir=${options.userDataDir}`] : []
  const browser = await launchPuppet({ extension: copy, args })
  const worker = (): Promise<Target> => browser.waitForTarget(isBackground, { timeout: 10_000 })
  const { host } = new URL((await worker()).url())
  if (options.privateWindows) await letIntoPrivateWindows(browser, host)
  const desk = await browser.newPage()
  await desk.goto(`chrome-extension://${host}/popup/popup.html`)
  await desk.evaluate(await bundled('extension-keeper.entry.ts'))
  if (options.hosts?.includes(EVERYWHERE[0] as string)) await findAll(desk)
  return {
    browser,
    desk,
    copy,
    worker,
    id: host,
    update: async ({ shipped } = { shipped: false }) => {
      const from = join(shipped ? EXTENSION : copy, 'manifest.json')
      const manifest = JSON.parse(await readFile(from, 'utf8'))
      await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, version: NEWER }))
      await browser.installExtension(copy)
      const page = await browser.newPage()
      await page.goto(`chrome-extension://${host}/dashboard/dashboard.html`)
      expect(await page.evaluate(() => chrome.runtime.getManifest().version)).toBe(NEWER)
      return page
    },
    kill: async () => {
      const target = browser.targets().find(isBackground)
      // Asked again where it was only just starting, and so was not there yet to be ended.
      await vi.waitFor(async () => {
        if (!target || !browser.targets().includes(target)) return
        await (await target.worker())?.close()
        throw new Error('the worker is still there')
      }, 10_000)
    },
    close: async () => {
      await browser.close()
      if (!options.userDataDir) await rm(copy, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
