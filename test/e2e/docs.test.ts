// What the README and the install page tell a reader to paste, works as pasted.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { integrityOf } from '../../cli/sdk-folder.ts'
import { tagFor } from '../../cli/site-draft.ts'
import { parseConfig } from '../../core/config.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')
const sdk = join(import.meta.dirname, '../../dist/sdk')
/** The fenced pieces of a language, in order. */
const snippets = (text: string, language: string): string[] =>
  [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, tag]) => tag === language)
    .map(([, , body]) => body as string)

let site: SdkSite
beforeEach(async () => {
  site = await startSdkSite()
})
afterEach(() => site.close())

describe('snippets', () => {
  for (const name of ['README.md', 'docs/install.md']) {
    it(`the tag in ${name} asks, and after a yes segments`, async () => {
      const [tag = ''] = snippets(read(name), 'html')
      site.route('/', asPage(`<!doctype html><html lang="en"><head>${tag}</head><body><h1>home</h1></body></html>`))
      const visitor = await newVisitor()
      const page = await visitor.newPage()
      await page.goto(`${site.origin}/`)
      await answerBanner(page, 'accept')
      expect(await segmentOf(page, 'visit', 'v1')).toBe('v1')
      await visitor.close()
    })
  }

  it('the tag that nearside init writes asks; beside a file that is not the one it was made for it does nothing', async () => {
    const [tag, loader] = [
      tagFor({
        'nearside.js': integrityOf(join(sdk, 'nearside.js')),
        'nearside-paint.js': integrityOf(join(sdk, 'nearside-paint.js')),
      }),
      readFileSync(join(sdk, 'nearside.js'), 'utf8'),
    ]
    site.route('/', asPage(`<!doctype html><html lang="en"><head>${tag}</head><body><h1>home</h1></body></html>`))
    const visitor = await newVisitor()
    const page = await visitor.newPage()
    await page.goto(`${site.origin}/`)
    await page.locator('#nearside-consent').waitFor()
    const headers = { 'content-type': 'text/javascript' }
    site.route('/nearside/nearside.js', { headers, body: `${loader};` })
    const refused = page.waitForEvent('console', it => it.text().includes('integrity'))
    await page.goto(`${site.origin}/`)
    await refused
    expect(await page.evaluate('typeof window.nearside')).toBe('undefined')
    await visitor.close()
  })

  it('the config in docs/install.md is one', () => {
    const [json = ''] = snippets(read('docs/install.md'), 'json')
    expect(parseConfig(json).site).toBe('fernhollow')
  })

  it('the stub, the calls and the listener in docs/install.md run, and the stub hears of the first segments', async () => {
    const [calls = '', given = '', listener = '', rights = '', stub = ''] = snippets(read('docs/install.md'), 'js')
    const [tag = '', preload = '', shown = '', template = ''] = snippets(read('docs/install.md'), 'html')
    const body = `<h1>home</h1>${(shown + template).replaceAll('visit:v2', 'visit:v1')}<script>${stub}; window.heard = []
      nearside.on('segments', it => heard.push(it)); ${listener}</script>`
    site.route('/', asPage(`<!doctype html><html lang="en"><head>${preload}</head><body>${body}${tag}</body></html>`))
    const visitor = await newVisitor()
    const page = await visitor.newPage()
    const errors: string[] = []
    page.on('pageerror', error => errors.push(error.message))
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit', 'v1')
    await page.evaluate(calls)
    await page.evaluate(`(async () => { ${given} })()`)
    await page.locator('p[data-nearside-show]').waitFor({ state: 'visible' })
    await page.locator('template + figure').waitFor({ state: 'attached' })
    expect(await page.evaluate('heard.at(-1).visit')).toBe('v1')
    await page.evaluate(`(async () => { ${rights} })()`)
    expect(errors).toEqual([])
    await visitor.close()
  })
})
