// A shop that asks for everything, in whatever language and look; and the banner as a visitor has it before them.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { newVisitor } from '../harness/browser.ts'
import { asPage, type SdkSite, type SdkSiteOptions, startSdkSite } from '../harness/sdk-site.ts'

/** As much as can be asked for at all. */
export const EVERYTHING = {
  purposes: ['personalization', 'measurement', 'activation', 'advertising'],
  categories: ['browsing', 'shopping', 'answers', 'account'],
  retention: { browsing: 30, shopping: 30, answers: 90, account: 1 },
  recipients: [
    { name: 'Postkutsche', purpose: 'activation', privacy: 'https://post.example/privacy' },
    { name: 'Litfass', purpose: 'advertising' },
  ],
}

/** Serves `/in/<lang>` in that language; `head` goes into each page. */
export const startBannerSite = (options: SdkSiteOptions & { head?: string; langs?: readonly string[] } = {}) => {
  const { head = '', langs = ['en'], files, ...rest } = options
  const page = (lang: string): string => `<!doctype html><html lang="${lang}"><head><title>Shop</title>
<meta name="viewport" content="width=device-width,initial-scale=1">${head}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head>
<body><main><h1>Shop</h1><p id="more">Words, and <a id="link" href="#more">a link</a>.</p>
<button id="privacy" type="button">Privacy</button></main></body></html>`
  return startSdkSite({
    config: EVERYTHING,
    ...rest,
    files: { ...Object.fromEntries(langs.map(lang => [`/in/${lang}`, asPage(page(lang))])), ...files },
  })
}

export const BANNER = '#nearside-consent'

/** A new visitor, before the first layer. */
export const meet = async (site: SdkSite, options: BrowserContextOptions = {}, lang = 'en'): Promise<Page> => {
  const page = await (await newVisitor(options)).newPage()
  await page.goto(`${site.origin}/in/${lang}`)
  await page.locator(`${BANNER} [data-nearside=reject]`).waitFor()
  return page
}

/** Opens the second layer, and waits for the last of it: what would be sent. */
export const openSettings = async (page: Page): Promise<void> => {
  await page.locator('[data-nearside=settings]').click()
  await page.locator('dialog pre').first().waitFor()
}
