// docs/install/caches-and-cdns.md: under its headers every file is fetched once, and the config again when it has aged.
import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf } from '../harness/sdk-site.ts'
import { blocks, read, startShop } from './install-snippets.ts'

const [tag = '', preload = ''] = blocks('caches-and-cdns.md', 'html')
/** The header that the table names for what this begins with. */
const headerFor = (what: string): string =>
  new RegExp(`^\\| ${what}.*?\\| \`cache-control: (.*?)\``, 'm').exec(read('caches-and-cdns.md'))?.[1] ?? ''

let site: SdkSite
let visitor: BrowserContext

beforeEach(async () => {
  site = await startShop({ model: '/nearside/0.1.0/model.json' })
  const immutable = headerFor('`nearside\\*\\.js` in a folder')
  const files = [
    '',
    '-paint',
    '-banner',
    '-config',
    '-session',
    '-follow',
    '-worker',
    '-records',
    '-source-clicks',
    '-source-words',
  ]
  for (const path of [...files.map(name => `nearside${name}.js`), 'model.json'])
    site.route(`/nearside/0.1.0/${path}`, async () => {
      const answer = await fetch(`${site.origin}/nearside/${path}`)
      return { body: await answer.text(), headers: { 'cache-control': immutable } }
    })
  // An age that has passed by the next page: what a test cannot wait for.
  const config = headerFor('`nearside\\.json`').replace(/\d+/, '0')
  site.route('/nearside.json', { body: site.config, headers: { 'cache-control': config } })
  for (const path of ['/', '/p/pot'])
    site.route(
      path,
      asPage(
        `<!doctype html><html lang="en"><head><title>shop</title>${tag}${preload}</head><body><h1>shop</h1></body></html>`,
      ),
    )
  visitor = await newVisitor()
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

it('fetches each file once, the config with each page once it has aged, and all without a cookie or a segment', async () => {
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  // A file that is still on its way when the visitor leaves was not fetched, and is asked for again.
  await page.waitForLoadState('networkidle')
  await page.goto(`${site.origin}/p/pot`)
  await segmentOf(page, 'visit')
  await expect.poll(() => site.seen.filter(({ path }) => path === '/nearside.json')).toHaveLength(2)
  const asked = site.seen.filter(
    ({ path, headers }) => path.startsWith('/nearside/0.1.0/') && headers['user-agent']?.includes('Chrome'),
  )
  const paths = asked.map(({ path }) => path)
  expect(paths.length).toBeGreaterThanOrEqual(6)
  expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([])
  for (const { headers, query } of site.seen) expect([headers.cookie, query]).toEqual([undefined, ''])
  expect(paths).toContain('/nearside/0.1.0/nearside-follow.js')
})
