// React: one HTML for everybody from the server, taken over without a mismatch, and drawn anew when a segment or the decision changes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { build, type Rolldown } from 'vite'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { App } from './react-app.ts'

const root = join(import.meta.dirname, '../..')
const model = readFileSync(join(root, 'examples/minimal/model.json'), 'utf8')
const TAG = '<script async src="/nearside/nearside.js"></script>'
const APP = '<script type="module" src="/app.js"></script>'
const MODULE = `<script type="module">import { startNearside } from '/nearside/nearside.mjs'
startNearside({ config: '/nearside.json', base: location.origin + '/nearside/' })</script>`

const rendered = renderToString(createElement(App))
const html = (scripts: string): string =>
  `<!doctype html><html lang="en"><head><title>app</title>${scripts}</head><body><main>${rendered}</main></body></html>`

let app: string
let site: SdkSite
let visitor: BrowserContext
let page: Page
let said: string[]

// React says in development what it would pass over in production; of ours it is the published file.
beforeAll(async () => {
  const { output } = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: [{ find: /^.*\/sdk\/react\.ts$/, replacement: join(root, 'dist/sdk/nearside-react.mjs') }] },
    build: { write: false, minify: false, rolldownOptions: { input: join(root, 'test/e2e/react-app.entry.ts') } },
  })) as Rolldown.RolldownOutput
  app = output[0].code
  expect(app).toContain('getServerSnapshot')
})

beforeEach(async () => {
  site = await startSdkSite({ model, config: { reports: undefined } })
  site.route('/favicon.ico', { status: 204 })
  site.route('/app.js', app)
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  said = []
  page.on('console', message => said.push(message.text()))
  page.on('pageerror', error => said.push(error.message))
})
afterEach(async () => {
  expect(said.filter(line => !line.includes('React DevTools'))).toEqual([])
  await visitor.close()
  await site.close()
})

const arrive = (scripts: string): Promise<unknown> => {
  site.route('/', asPage(html(scripts)))
  return page.goto(`${site.origin}/`, { waitUntil: 'commit' })
}
/** React has taken over: what it draws answers to a click. */
const hydrated = async (): Promise<void> => {
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'clicked' }).click()
      return page.getByRole('button', { name: 'clicked' }).textContent()
    })
    .not.toBe('clicked 0')
}
const text = (id: string): Promise<string | null> => page.locator(`#${id}`).textContent()
/** A file that waits until it is told to come. */
const held = (path: string, body: string): (() => void) => {
  let come = (): void => {}
  const told = new Promise<void>(go => {
    come = go
  })
  site.route(path, async () => {
    await told
    return { body, headers: { 'content-type': 'text/javascript' } }
  })
  return come
}

it('a server renders what a stranger sees, for everybody', () => {
  expect(rendered).toContain('nobody {} undecided')
  expect(rendered).toContain('Welcome.')
  expect(rendered).not.toContain('Good to see you')
})

describe('in the browser', () => {
  it('a stranger sees the fallback before a choice, and what is for them after it, with no mismatch', async () => {
    await arrive(TAG + APP)
    await hydrated()
    expect(await text('known')).toBe('nobody {} undecided')
    await page.locator('#fallback').waitFor()
    await answerBanner(page, 'accept')
    await page.locator('#stranger').waitFor()
    await expect.poll(() => text('known')).toBe('r1 {"visit":"r1"} decided')
    expect(await page.locator('#fallback').count()).toBe(0)
  })

  it('is drawn anew when the segment changes, and as at first after a withdrawal', async () => {
    await arrive(TAG + APP)
    await answerBanner(page, 'accept')
    await page.locator('#stranger').waitFor()
    for (const path of ['/a', '/b', '/c']) await page.evaluate(to => history.pushState(null, '', to), path)
    await page.locator('#regular').waitFor()
    await api(page, nearside => nearside.withdraw())
    await page.locator('#fallback').waitFor()
    expect(await page.locator('#regular').count()).toBe(0)
    await expect.poll(() => text('known')).toBe('nobody {} decided')
  })

  it('takes over a page whose visitor is known already, with no mismatch', async () => {
    await arrive(TAG + APP)
    await answerBanner(page, 'accept')
    await page.locator('#stranger').waitFor()
    const come = held('/app.js', app)
    await arrive(TAG + APP)
    await segmentOf(page, 'visit')
    expect(await text('known')).toBe('nobody {} undecided')
    come()
    await page.locator('#stranger').waitFor()
    await expect.poll(() => text('known')).toContain('decided')
  })

  it('works where the tag comes long after it', async () => {
    const come = held('/nearside/nearside.js', readFileSync(join(root, 'dist/sdk/nearside.js'), 'utf8'))
    await arrive(APP + TAG)
    await hydrated()
    expect(await text('known')).toBe('nobody {} undecided')
    come()
    await answerBanner(page, 'accept')
    await page.locator('#stranger').waitFor()
  })

  it('works without the tag, where the site bundles startNearside', async () => {
    await arrive(MODULE + APP)
    await answerBanner(page, 'accept')
    await page.locator('#stranger').waitFor()
    await hydrated()
  })
})
