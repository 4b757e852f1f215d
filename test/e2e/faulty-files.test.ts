// A broken config or model: one clear line for the developer, nothing captured, the page untouched.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, kept, type SdkSite, shopModel, startSdkSite } from '../harness/sdk-site.ts'
import { startSite } from '../harness/site.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page
let lines: string[]

beforeEach(async () => {
  site = await startSdkSite()
  visitor = await newVisitor()
  page = await visitor.newPage()
  lines = []
  page.on('console', message => message.text().startsWith('[nearside]') && lines.push(message.text()))
  page.on('pageerror', error => lines.push(`uncaught: ${error.message}`))
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const config = () => JSON.parse(site.config)
const model = () => JSON.parse(shopModel)

const expectUntouched = async (): Promise<void> => {
  expect(await page.locator('html').evaluate(it => it.getAttributeNames())).toEqual(['lang'])
  expect(await page.locator('h1').textContent()).toBe('home')
  expect(await page.locator('[data-nearside-show]:visible').count()).toBe(0)
}

describe('a broken config', () => {
  const broken: { [name: string]: [() => unknown, RegExp] } = {
    'that is no JSON': [() => '{"v": 1,', /nearside\.json: not valid JSON.*Check commas/],
    'with a wrong value': [
      () => ({ ...config(), askAgainAfter: 'soon' }),
      /nearside\.json\.askAgainAfter: found soon\. Expected a whole number/,
    ],
    'with a misspelt field': [
      () => ({ ...config(), retentoin: {} }),
      /nearside\.json\.retentoin: no such field\. Known here: .*retention/,
    ],
    'that offers less than it needs': [
      () => ({ ...config(), categories: ['shopping'] }),
      /categories: needs asks for browsing/,
    ],
    'that is not there': [() => undefined, /nearside\.json: 404\. Put the config there/],
  }
  for (const [name, [make, line]] of Object.entries(broken)) {
    it(`${name} asks nobody, and says so in one line`, async () => {
      const made = make()
      const body = typeof made === 'string' ? made : JSON.stringify(made)
      site.route('/nearside.json', made === undefined ? { status: 404 } : { body })
      const said = page.waitForEvent('console', message => message.text().startsWith('[nearside]'))
      await page.goto(`${site.origin}/`)
      await said
      expect(lines).toEqual([expect.stringMatching(line)])
      expect(await page.locator('#nearside-consent').count()).toBe(0)
      await expectUntouched()
      expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
    })
  }

  it('from another origin is not even fetched', async () => {
    const other = await startSite({
      files: { '/nearside.json': site.config },
      headers: { 'access-control-allow-origin': '*' },
    })
    site.route('/', {
      headers: { 'content-type': 'text/html' },
      body: `<!doctype html><html lang="en"><h1>home</h1><script async src="/nearside/nearside.js" data-config="${other.origin}/nearside.json"></script>`,
    })
    const said = page.waitForEvent('console', message => message.text().startsWith('[nearside]'))
    await page.goto(`${site.origin}/`)
    await said
    expect(lines).toEqual([expect.stringMatching(/is on another origin\. Serve it from http:\/\/localhost/)])
    expect(other.seen).toEqual([])
    await other.close()
  })
})

describe('a broken model', () => {
  const broken: { [name: string]: [() => unknown, RegExp] } = {
    'that is no JSON': [() => 'model', /model\.json: not valid JSON/],
    'with a wrong value': [
      () => ({ ...model(), revision: 0 }),
      /model\.json\.revision: found 0\. Expected a whole number from 1/,
    ],
    'that ran out': [
      () => ({ ...model(), issued: '2020-01-01', expires: '2021-01-01' }),
      /expires: the model ran out on 2021-01-01\. Train and publish/,
    ],
    'that asks for more than the config says': [
      () => ({
        ...model(),
        features: [
          ...model().features,
          { name: 'spent', kind: 'purchase', aggregate: 'sum', field: 'value', window: 30 },
        ],
      }),
      /asks for the field value of purchase, which the config's needs do not name\. Run nearside train/,
    ],
    'for use off line': [
      () => ({ ...model(), offline: true }),
      /offline: the model uses columns that no device can observe/,
    ],
    'that is not there': [() => undefined, /model\.json: the server answered 404/],
  }
  for (const [name, [make, line]] of Object.entries(broken)) {
    it(`${name} is refused in one line, and nothing is captured`, async () => {
      const made = make()
      const body = typeof made === 'string' ? made : JSON.stringify(made)
      site.route('/nearside/model.json', made === undefined ? { status: 404 } : { body })
      await page.goto(`${site.origin}/`)
      const said = page.waitForEvent('console', message => message.text().startsWith('[nearside]'))
      await answerBanner(page, 'accept')
      await said
      expect(lines).toEqual([expect.stringMatching(line)])
      await expectUntouched()
      await page.goto(`${site.origin}/quiet`)
      await expect.poll(() => lines.length).toBe(2)
      const { databases, cookies } = await kept(page, visitor)
      expect({ databases, cookies }).toEqual({ databases: [], cookies: [] })
      expect((await kept(page, visitor)).keys.sort()).toEqual(['nearside'])
      expect(site.received).toEqual([])
    })
  }

  it('from another origin is not even fetched', async () => {
    const other = await startSite({
      files: { '/model.json': shopModel },
      headers: { 'access-control-allow-origin': '*' },
    })
    site.route('/nearside.json', { body: JSON.stringify({ ...config(), model: `${other.origin}/model.json` }) })
    await page.goto(`${site.origin}/`)
    const said = page.waitForEvent('console', message => message.text().startsWith('[nearside]'))
    await answerBanner(page, 'accept')
    await said
    expect(lines).toEqual([expect.stringMatching(/is on another origin/)])
    expect(other.seen).toEqual([])
    await other.close()
  })
})
