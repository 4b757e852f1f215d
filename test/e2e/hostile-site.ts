// A shop whose pages do as they like to the platform; and what a visitor sees, hears and finds there.
import type { ExpectStatic } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { asPage, NOTICE, type SdkSite, type SdkSiteOptions, startSdkSite } from '../harness/sdk-site.ts'
import { wire } from '../harness/wire.ts'

export const PAINT = '<script src="/nearside/nearside-paint.js"></script>'
export const TAG = '<script async="" src="/nearside/nearside.js" data-config="/nearside.json"></script>'

export const script = (code: string): string => `<script>${code}</script>`

/** Runs `code` when it is clicked: from outside, through nothing that the page could have replaced. */
export const button = (id: string, code: string): string =>
  `<button id="${id}" onclick="${code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}">${id}</button>`

/** A product page just as the browser prints it again, so that what has become of it can be compared. */
export const pageWith = (head: string, body = '', tag = PAINT + TAG): string =>
  `<!DOCTYPE html><html lang="en"><head><title>Shop</title><meta name="nearside-page" content="product">${head}${tag}</head><body><h1>Shop</h1>${body}${button('buy', "this.textContent='Bought'")}</body></html>`

export interface HostileSite extends SdkSite {
  /** Serves a page there, and answers its address. */
  page(path: string, html: string): string
}

export const startHostileSite = async (options: SdkSiteOptions = {}): Promise<HostileSite> => {
  const site = await startSdkSite({
    ...options,
    files: { '/calm': asPage('<!doctype html><title>Calm</title>'), ...options.files },
  })
  return {
    ...site,
    page: (path, html) => {
      site.route(path, asPage(html))
      return site.origin + path
    },
  }
}

/** A grant as it stands in the key. */
export const GRANT = {
  v: 1,
  seq: 1,
  decision: { personalization: ['browsing', 'shopping'], measurement: ['browsing', 'shopping'] },
  expires: '2199-01-01',
  revision: NOTICE,
}

/** Static files of ours; what the second layer shows comes of the model, which it asks for. */
const STATIC = /^\/(nearside\/(nearside(-[a-z]+)?\.js|model\.json)|nearside\.json|favicon\.ico)$/

/** One visitor with one tab, and a second tab on a page without scripts, from which to look at what is kept. */
export const visit = async (site: HostileSite, expect: ExpectStatic) => {
  const visitor = await newVisitor({ proxy: site.proxy })
  const { sent, clear } = wire(visitor)
  const calm = await visitor.newPage()
  await calm.goto(`${site.origin}/calm`)
  const page = await visitor.newPage()
  /** Our lines on the console, and every error or rejection that nobody caught. */
  const lines: string[] = []
  const errors: string[] = []
  page.on('console', it => it.text().includes('[nearside]') && lines.push(it.text()))
  page.on('pageerror', error => errors.push(error.message))

  const banner = page.locator('div#nearside-consent')
  const shown = page.locator('html[data-nearside-visit]')
  const keys = (): Promise<string[]> => calm.evaluate(() => Object.keys(localStorage).sort())
  const databases = (): Promise<unknown[]> =>
    calm.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
  const read = (key: string): Promise<unknown> =>
    calm.evaluate(name => JSON.parse(localStorage.getItem(name) ?? 'null'), key)

  return {
    visitor,
    page,
    calm,
    lines,
    errors,
    sent,
    banner,
    shown,
    keys,
    databases,
    read,
    open: async (url: string) => {
      lines.length = 0
      clear()
      await page.goto(url)
    },
    press: (id: string) => page.locator(`button#${id}`).click(),
    store: (key: string, value: unknown) =>
      calm.evaluate(
        ([name, text]) => localStorage.setItem(name as string, text as string),
        [key, typeof value === 'string' ? value : JSON.stringify(value)],
      ),
    /** Waits for the one line, and looks that there is no other. */
    line: async (like: RegExp = /^\[nearside\] \S/) => {
      await expect.poll(() => lines.length).toBeGreaterThan(0)
      expect(lines).toEqual([expect.stringMatching(like)])
    },
    /** The page is as it was served, but for what we may put there, and its own script still works. */
    untouched: async (html: string) => {
      await page.locator('button#buy').click()
      const now = (await page.content())
        .replace(/(?<=<body>)<div id="nearside-consent".*<\/div>(?=<h1>)/s, '')
        .replace(/ data-nearside-[\w-]+="[\w-]+"/g, '')
      expect(now).toBe(html.replace('>buy<', '>Bought<'))
    },
    /** Nothing is kept, and nothing was asked for but the site's own files. */
    silent: async () => {
      expect([await keys(), await databases()]).toEqual([[], []])
      for (const { method, url, resource } of sent)
        if (resource !== 'document')
          expect([method, new URL(url).pathname]).toEqual(['GET', expect.stringMatching(STATIC)])
    },
    /** Of what was granted nothing is left: the refusal, or nothing, and what asks the collector to forget. */
    forgotten: async () => {
      await expect.poll(databases, { timeout: 15_000 }).toEqual([])
      expect((await keys()).filter(key => !/^nearside(-page)?$/.test(key))).toEqual([])
      expect(Object.values((await read('nearside')) ?? { decision: {} })).toContainEqual({})
      expect(Object.keys((await read('nearside-page')) ?? {}).filter(key => key !== 'tickets')).toEqual([])
    },
    close: () => visitor.close(),
  }
}

export type Visit = Awaited<ReturnType<typeof visit>>
