// A small shop with the real SDK files, the real model and a real collector: where the end-to-end promises are kept.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import type { PublishedGroup } from '../../collector/counts.ts'
import { startCollector } from '../../collector/start.ts'
import { revised } from '../../core/config.ts'
import { type Need, needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { Nearside } from '../../sdk/api.ts'
import { type Content, type Site, startSite } from './site.ts'

const root = join(import.meta.dirname, '../..')

export const shopModel = readFileSync(join(root, 'examples/shop/model/model.json'), 'utf8')

/** Pages by kind, each with the tag; `/quiet` says that it is of no kind, so that tests decide what is noted. */
const PAGES = {
  '/': 'home',
  '/p/pot': 'product',
  '/p/cup': 'product',
  '/cart': 'cart',
  '/account': 'account',
  '/help': 'help',
}

const html = (title: string, head = ''): string => `<!doctype html><html lang="en"><head><title>${title}</title>
<script src="/nearside/nearside-paint.js"></script>${head}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head>
<body><h1 tabindex="-1">${title}</h1><a id="next" href="/p/pot">Pot</a>
<p hidden data-nearside-show="visit:v1">brief</p><p hidden data-nearside-show="visit:v2 visit:v3">longer</p></body></html>`

/** An address without an ending says nothing of its type. */
export const asPage = (body: string): { readonly body: string; readonly headers: Record<string, string> } => ({
  body,
  headers: { 'content-type': 'text/html; charset=utf-8' },
})

export interface SdkSite extends Site {
  readonly collector: string
  /** Everything the collector's address was sent, in order. */
  readonly received: { path: string; body: string }[]
  /** The config as it is served at first. */
  readonly config: string
  counts(): Promise<{ segmentation: string; segment: string; count: number }[]>
}

export interface SdkSiteOptions {
  /** Changes to the config; `undefined` removes a field. */
  readonly config?: { readonly [field: string]: unknown }
  readonly model?: string
  /** Changes to how the config has reports made. */
  readonly reports?: { readonly [field: string]: unknown }
  readonly headers?: Record<string, string>
  readonly files?: Record<string, Content>
  readonly needs?: readonly Need[]
}

/** With the notice that is due, unless the test gives one; a config that is none on purpose has any. */
const configText = (given: { notice?: unknown; [field: string]: unknown }): string => {
  if (given.notice !== undefined) return JSON.stringify(given)
  try {
    return JSON.stringify(revised(given))
  } catch {
    return JSON.stringify({ ...given, notice: 'none' })
  }
}

export const configFor = (
  collector: string | undefined,
  changes: SdkSiteOptions['config'] = {},
  model = shopModel,
  reports: SdkSiteOptions['reports'] = {},
): string =>
  configText({
    v: 1,
    site: 'shop',
    controller: { name: 'Fernhollow', contact: 'privacy@fernhollow.example', privacy: '/privacy' },
    notice: undefined,
    model: '/nearside/model.json',
    pages: Object.entries(PAGES).map(([path, kind]) => ({ path, kind })),
    needs: needsOf(parseModel(model).features),
    reports: collector ? { url: collector, maxDelay: 200, stable: 300, ...reports } : undefined,
    ...changes,
  })

/** The revision of the site's notice as it is served at first. */
export const NOTICE: string = JSON.parse(configFor('https://counts.example')).notice

export const startSdkSite = async (options: SdkSiteOptions = {}): Promise<SdkSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'nearside-tally-'))
  const collector = await startCollector({ db: join(folder, 'tally.db'), minimumSize: 1, open: true })
  // In front of the collector, so that what it was sent can be read back: a plain relay, nothing answered in its stead.
  const received: SdkSite['received'] = []
  const relay = await startSite({
    files: Object.fromEntries(
      ['/v1/reports', '/v1/erasures'].map(path => [
        path,
        async ({ method, body }) => {
          if (method === 'POST') received.push({ path, body })
          const answer = await fetch(collector.url + path, { method, body, headers: { 'content-type': 'text/plain' } })
          const text = await answer.text()
          return {
            status: answer.status,
            headers: { 'access-control-allow-origin': '*' },
            ...(text ? { body: text } : {}),
          }
        },
      ]),
    ),
  })
  const config = configFor(relay.origin, options.config, options.model ?? shopModel, options.reports)
  const site = await startSite({
    directories: { '/nearside/': join(root, 'dist/sdk') },
    ...(options.headers ? { headers: options.headers } : {}),
    files: {
      ...Object.fromEntries(Object.entries(PAGES).map(([path, kind]) => [path, asPage(html(kind))])),
      '/quiet': asPage(html('quiet', '<meta name="nearside-page" content="other">')),
      '/nearside.json': config,
      '/nearside/model.json': options.model ?? shopModel,
      ...options.files,
    },
  })
  return {
    ...site,
    collector: collector.url,
    received,
    config,
    counts: async () => {
      const { groups } = await (await fetch(`${collector.url}/v1/sites/shop/counts`)).json()
      return (groups as PublishedGroup[]).flatMap(({ segmentation, counts }) =>
        counts.map(({ segment, count }) => ({ segmentation, segment, count })),
      )
    },
    close: async () => {
      await site.close()
      await relay.close()
      await collector.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Api = { nearside?: Nearside }

/** Runs in the page: the public API, once it is there. */
export const api = <T>(page: Page, act: (nearside: Nearside) => T | Promise<T>): Promise<T> =>
  page
    .waitForFunction(() => Boolean((window as Api).nearside))
    .then(() => page.evaluate(`(${act})(window.nearside)`) as Promise<T>)

/** Opens the privacy centre, and from there the banner's choices. */
export const openChoices = async (page: Page): Promise<void> => {
  await api(page, nearside => nearside.openPrivacyCenter())
  await page.locator('#nearside-centre [data-does=choices]').click()
}

export const answerBanner = async (page: Page, act: 'accept' | 'reject' | 'save' | 'settings'): Promise<void> =>
  page.locator(`#nearside-consent [data-nearside=${act}]`).click()

/** Waits until the page has been told a segment of the segmentation, and answers it. */
export const segmentOf = async (page: Page, segmentation: string, segment?: string): Promise<string> => {
  const handle = await page.waitForFunction(
    ([name, wanted]) => {
      const id = (window as Api).nearside?.segments()[name as string]
      return id && (!wanted || id === wanted) ? id : undefined
    },
    [segmentation, segment] as const,
  )
  return (await handle.jsonValue()) as string
}

/** What a visitor could find on the site's origin: every key, cookie and database. */
export const kept = async (page: Page, context: BrowserContext) => ({
  keys: await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]),
  cookies: (await context.cookies()).map(({ name }) => name),
  databases: await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
})
