// A page on which somebody else asks: our config says who, and a test has that one answer.
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import type { Nearside } from '../../sdk/api.ts'
import { newVisitor } from '../harness/browser.ts'
import { api, asPage, kept, type SdkSite, startSdkSite } from '../harness/sdk-site.ts'

const root = join(import.meta.dirname, '../..')

/** The IAB's own code, as a consent manager would ship it. */
export const iabCode = async (): Promise<string> => {
  const { output } = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, rolldownOptions: { input: join(root, 'test/e2e/consent-iab.entry.ts') } },
  })) as Rolldown.RolldownOutput
  return output[0].code
}

export const html = (head: string, attributes = ''): ReturnType<typeof asPage> =>
  asPage(`<!doctype html><html lang="en" ${attributes}><head><title>shop</title>
<script src="/nearside/nearside-paint.js"></script>${head}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head>
<body><h1 tabindex="-1">shop</h1></body></html>`)

export interface ConsentPage {
  readonly site: SdkSite
  readonly visitor: BrowserContext
  readonly page: Page
  /** Runs in the page, and answers what is granted one event tick later. */
  granted(act?: string): Promise<object | null>
  /** Until we listen to whoever is asked. */
  listening(): Promise<void>
  kept(): ReturnType<typeof kept>
  asked(): Promise<number>
  close(): Promise<void>
}

export const openConsentPage = async (
  consent: object,
  files: { readonly [path: string]: ReturnType<typeof asPage> | string },
  gpc = false,
): Promise<ConsentPage> => {
  const site = await startSdkSite({ config: { consent }, files })
  site.route('/favicon.ico', { status: 204 })
  const visitor = await newVisitor({ proxy: { ...site.proxy, bypass: `${site.proxy.bypass},*.localhost` } })
  if (gpc)
    await visitor.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true }),
    )
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/page`)
  return {
    site,
    visitor,
    page,
    granted: (act = '') =>
      page.evaluate(`(async () => {
        ${act}
        await new Promise(go => setTimeout(go))
        return window.nearside.consent()?.granted ?? null
      })()`),
    listening: async () => {
      await api(page, (nearside: Nearside) => nearside.consent())
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('nearside-cmp-')),
      )
    },
    kept: () => kept(page, visitor),
    asked: () => page.locator('#nearside-consent').count(),
    close: async () => {
      await visitor.close()
      await site.close()
    },
  }
}
