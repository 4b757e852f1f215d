// Real browsers for the tests: Chromium through Playwright (pages) or Puppeteer (the extension's popup and panel), Firefox over BiDi.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import puppeteer, { type Browser as Puppet } from 'puppeteer-core'
import { inject } from 'vitest'
import { playwrightFlags, puppeteerFlags } from './flags.ts'

export type ChromiumOptions = {
  extension?: string
  userDataDir?: string
  args?: string[]
  context?: BrowserContextOptions
}

const executable = (): string => {
  const path = process.env.NEARSIDE_CHROMIUM
  if (path && existsSync(path)) return path
  throw new Error('No Chromium: run `npm test`, which finds or installs one, or set NEARSIDE_CHROMIUM to its path.')
}

const extensionFlags = (directory: string): string[] => {
  if (!existsSync(join(directory, 'manifest.json')))
    throw new Error(`No extension in ${directory}: run \`npm run build\`.`)
  return [`--disable-extensions-except=${directory}`, `--load-extension=${directory}`]
}

let shared: Promise<Browser> | undefined

/** What the DevTools build puts into a page, asked at once for all that it sees; into no frame. */
const observer = async (): Promise<string> => {
  const built = join(import.meta.dirname, '../../dist/extension/chrome-devtools/devtools/observe.iife.js')
  const ask = "document.dispatchEvent(new CustomEvent('nearside-devtools-asked', { detail: '0' }))"
  return `if (top === window) { ${await readFile(built, 'utf8')}; ${ask} }`
}

/** The one Chromium that all e2e files share (see `global-setup.ts`). Do not close it: close the contexts. */
export const sharedChromium = (): Promise<Browser> => {
  shared ??= chromium.connect(inject('chromium'))
  return shared
}

/**
 * A fresh visitor in the shared Chromium: own storage, own cookies. Close it when done. With `{ proxy: site.proxy }`
 * all that is asked of any other host is recorded in `site.seen`.
 */
export const newVisitor = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
  const visitor = await (await sharedChromium()).newContext(options)
  // As the DevTools panel does while it is open; see devtools-promises.test.ts.
  if (process.env.NEARSIDE_OBSERVED) await visitor.addInitScript(await observer())
  return visitor
}

/**
 * A Chromium of its own, with a profile on disk: for extensions, restarts and crashes. Without `userDataDir` the profile is
 * new, and removed on close.
 */
export const launchChromium = async (options: ChromiumOptions = {}): Promise<BrowserContext> => {
  const profile = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'nearside-chromium-')))
  const context = await chromium.launchPersistentContext(profile, {
    ...options.context,
    executablePath: executable(),
    headless: true,
    args: [
      ...playwrightFlags,
      ...(options.extension ? extensionFlags(options.extension) : []),
      ...(options.args ?? []),
    ],
  })
  if (!options.userDataDir) context.on('close', () => void rm(profile, { recursive: true, force: true, maxRetries: 5 }))
  return context
}

/** The id Chromium gave the extension that the context was launched with. */
export const extensionId = async (context: BrowserContext): Promise<string> => {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  return new URL(worker.url()).host
}

/** Chromium by Puppeteer, which reaches what Playwright does not: the real popup (`triggerAction`) and the real DevTools. */
export const launchPuppet = (
  options: { extension?: string; devtools?: boolean; args?: string[] } = {},
): Promise<Puppet> =>
  puppeteer.launch({
    executablePath: executable(),
    headless: true,
    pipe: true,
    args: [...puppeteerFlags, '--no-sandbox', ...(options.args ?? [])],
    // Puppeteer's own default, without which a page can come back from the back-forward cache as it does for a visitor.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    ...(options.extension ? { enableExtensions: [options.extension] } : {}),
    ...(options.devtools ? { handleDevToolsAsPage: true } : {}),
  })

export type Firefox = {
  browser: Puppet
  /** `moz-extension://…` of the extension installed, else undefined. */
  extensionOrigin: string | undefined
  close: () => Promise<void>
}

// Any UUID does: fixing it is the only way to know the address of the extension's pages.
const EXTENSION_UUID = '7d5a1c34-52f0-4d5e-9a53-0f2b6a1c9e10'

/** Firefox over BiDi, or undefined where none is installed: a test then says that it was skipped. */
export const launchFirefox = async (
  options: { extension?: string; prefs?: Record<string, string | number | boolean>; userDataDir?: string } = {},
): Promise<Firefox | undefined> => {
  const path = process.env.NEARSIDE_FIREFOX
  if (!path || !existsSync(path)) return undefined
  const prefs: Record<string, unknown> = { 'extensions.webextOptionalPermissionPrompts': false, ...options.prefs }
  if (options.extension) {
    const manifest = JSON.parse(await readFile(join(options.extension, 'manifest.json'), 'utf8'))
    prefs['extensions.webextensions.uuids'] = JSON.stringify({
      [manifest.browser_specific_settings.gecko.id]: EXTENSION_UUID,
    })
  }
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: prefs,
    ...(options.userDataDir ? { userDataDir: options.userDataDir } : {}),
  })
  if (options.extension) await browser.installExtension(options.extension)
  const extensionOrigin = options.extension ? `moz-extension://${EXTENSION_UUID}` : undefined
  return { browser, extensionOrigin, close: () => browser.close() }
}
