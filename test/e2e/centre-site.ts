// A shop under a strict policy whose page has a button that opens the privacy centre, and a visitor who has only a keyboard.
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { AccessDocument } from '../../core/access.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { newVisitor } from '../harness/browser.ts'
import { press, reach } from '../harness/keyboard.ts'
import { api, asPage, type SdkSite, shopModel, startSdkSite } from '../harness/sdk-site.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src *; worker-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types nearside"

export const CENTRE = '#nearside-centre'

/** The shop's model, with a question of its own that answers settle. */
const model = (() => {
  const shop = JSON.parse(shopModel)
  const taste = (answer: string) => ({
    name: `likes_${answer}`,
    kind: 'answer',
    where: { question: ['taste'], answer: [answer] },
    aggregate: 'count',
    window: 'session',
  })
  const segment = (id: string, label: string) => ({ id, label, description: `What is said of ${label}.` })
  return JSON.stringify({
    ...shop,
    features: [...shop.features, taste('green'), taste('black')],
    segmentations: [
      ...shop.segmentations,
      {
        kind: 'rules',
        id: 'taste',
        label: 'Which tea do you like?',
        uses: ['content', 'price'],
        disclosure: 'Whoever likes green tea pays a tenth less for it.',
        segments: [segment('t0', 'Not known yet'), segment('t1', 'Green'), segment('t2', 'Black')],
        rules: [
          { segment: 't1', all: [{ feature: 'likes_green', least: 1 }] },
          { segment: 't2', all: [{ feature: 'likes_black', least: 1 }] },
        ],
        otherwise: 't0',
      },
    ],
  })
})()

const html = (lang: string): string => `<!doctype html><html lang="${lang}"><head><title>Shop</title>
<meta name="nearside-page" content="product"><script src="/open.js" defer></script>
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head>
<body><main><h1>Shop</h1><button id="open">Privacy</button></main></body></html>`

/** @param strict under a policy that allows no style and no script but those of files: what looks at a page brings its own */
export const startCentreSite = (langs: readonly string[] = ['en-GB'], strict = true): Promise<SdkSite> =>
  startSdkSite({
    model,
    needs: needsOf(parseModel(model).features),
    ...(strict ? { headers: { 'content-security-policy': POLICY } } : {}),
    config: { categories: ['browsing', 'shopping', 'answers', 'account'], retention: { browsing: 400, shopping: 400 } },
    files: {
      ...Object.fromEntries(langs.map(lang => [`/in/${lang}`, asPage(html(lang))])),
      '/open.js': "document.getElementById('open').addEventListener('click', () => nearside.openPrivacyCenter())",
    },
  })

/** What the browser complained of, on any page of the visitor. */
export const complaints = (page: Page): string[] => {
  const heard: string[] = []
  page.on('pageerror', error => heard.push(error.message))
  page.on('console', line => {
    // A browser may look for an icon that the site has not got.
    const isIcon = line.location().url.endsWith('/favicon.ico')
    if (line.type() === 'error' && !isIcon) heard.push(line.text())
  })
  return heard
}

export const visit = async (site: SdkSite, lang = 'en-GB', options: BrowserContextOptions = {}): Promise<Page> => {
  const visitor = await newVisitor({ acceptDownloads: true, ...options })
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/in/${lang}`)
  return page
}

/** Leaves a few notes of each kind. */
export const note = async (page: Page): Promise<void> => {
  await api(page, nearside => {
    nearside.signal('add_to_cart', { value: 1290, currency: 'EUR', quantity: 1 })
    nearside.signal('answer', { question: 'taste', answer: 'green' })
  })
  await page.waitForFunction(
    () => (window as unknown as { nearside: { segments(): { taste?: string } } }).nearside.segments().taste === 't1',
  )
}

export const exported = async (page: Page): Promise<AccessDocument> =>
  (await api(page, nearside => nearside.exportData())) as AccessDocument

/** Says yes to everything first. */
export const fill = async (page: Page): Promise<void> => {
  await page.locator('#nearside-consent [data-nearside=accept]').click()
  await note(page)
}

/** By keyboard, from the page's own button. */
export const openCentre = async (page: Page): Promise<Locator> => {
  await press(page, page.locator('#open'))
  const centre = page.locator(CENTRE)
  await centre.locator('h3').first().waitFor()
  return centre
}

export const TABS = ['overview', 'groups', 'kept', 'sent', 'copies', 'erase']

/** To another of its tabs, by arrows. */
export const turnTo = async (page: Page, tab: string): Promise<void> => {
  const selected = page.locator(`${CENTRE} [role=tab][aria-selected=true]`)
  await reach(page, selected)
  for (let i = 0; i < TABS.length && (await selected.getAttribute('data-tab')) !== tab; i++)
    await page.keyboard.press('ArrowRight')
}

/** One visitor, who comes back to the centre again and again. */
export const startCentreVisit = async () => {
  const site = await startCentreSite()
  const page = await visit(site)
  return {
    site,
    page,
    heard: complaints(page),
    does: (deed: string): Locator => page.locator(`${CENTRE} [data-does=${deed}]`),
    heading: (): Locator => page.locator(`${CENTRE} .ns-panel h3`).first(),
    close: async (): Promise<void> => {
      await page.context().close()
      await site.close()
    },
  }
}
export type CentreVisit = Awaited<ReturnType<typeof startCentreVisit>>
