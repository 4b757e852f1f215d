/** A real Chromium with the extension: the pages of one visitor, and the popup that a click on the icon opens. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

export interface Visitor {
  open(): Promise<Page>
  /** Clicks the extension's icon over this page, and waits until the popup has looked. */
  popup(over: Page): Promise<Page>
  close(): Promise<void>
}

/** No calls of the browser's own beside those of the pages. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const APPEARS_WITHIN_MS = 10_000

const executable = (): string => {
  const path = process.env.NEARSIDE_CHROMIUM
  if (path && existsSync(path)) return path
  throw new Error(
    'No Chromium: run it by npm start, which finds or installs one, or set NEARSIDE_CHROMIUM to its path.',
  )
}

/** @param options.devtools they are to be opened, and reached as pages */
export const launch = (options: { proxy?: string; extension?: string; devtools?: boolean } = {}): Promise<Browser> =>
  puppeteer.launch({
    executablePath: executable(),
    headless: true,
    pipe: true,
    defaultViewport: { width: 1280, height: 800 },
    // `<-loopback>`: requests to this machine take the way through the proxy as well.
    args: [...FLAGS, ...(options.proxy ? [`--proxy-server=${options.proxy}`, '--proxy-bypass-list=<-loopback>'] : [])],
    ...(options.extension ? { enableExtensions: [options.extension] } : {}),
    ...(options.devtools ? { handleDevToolsAsPage: true } : {}),
  })

/** The extension that the browser was launched with. */
export const installed = async (browser: Browser) => {
  const deadline = Date.now() + APPEARS_WITHIN_MS
  for (;;) {
    const [extension] = (await browser.extensions()).values()
    if (extension) return extension
    if (Date.now() > deadline) throw new Error('Chromium did not take the extension.')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** @param proxy what all requests go through */
export const launchVisitor = async (root: string, proxy: string): Promise<Visitor> => {
  const directory = join(root, 'dist/extension/chrome')
  if (!existsSync(join(directory, 'manifest.json')))
    throw new Error('dist/extension is empty. Run npm run build first.')
  const browser = await launch({ proxy, extension: directory })
  return {
    open: () => browser.newPage(),
    popup: async over => {
      await over.bringToFront()
      const appears = browser.waitForTarget(target => target.url().endsWith('/popup/popup.html'), {
        timeout: APPEARS_WITHIN_MS,
      })
      await (await installed(browser)).triggerAction(over)
      const popup = await (await appears).asPage()
      await popup.waitForSelector('h1')
      return popup
    },
    close: () => browser.close(),
  }
}
