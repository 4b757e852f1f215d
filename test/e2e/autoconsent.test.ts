// DuckDuckGo's autoconsent, as it comes from npm and without a rule of ours, refuses by what it knows of any banner; and its own
// test of itself agrees. In every language whose buttons and texts its patterns know.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { asPage, type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { count } from '../harness/size.ts'

const at = '../../node_modules/@duckduckgo/autoconsent/dist/autoconsent.playwright.js'
const script = readFileSync(join(import.meta.dirname, at), 'utf8')
/** Those that their patterns have a way to refuse in. */
const ALL = 'en nl fr de it pt-br es sv ca gl eu pt cs pl ru tr id'.split(' ')
// Each takes their tools' own waits: every second one where it is not a soak.
const KNOWN = ALL.filter((_, i) => i % count(1, 2) === 0)

const config = { enabled: true, autoAction: 'optOut', heuristicMode: 'reject', enablePrehide: false }

interface Message {
  readonly type: string
  readonly cmp?: string
  readonly result?: boolean
}

let site: SdkSite
beforeAll(async () => {
  site = await startSdkSite()
  for (const lang of KNOWN) {
    const tag = '<script async src="/nearside/nearside.js" data-config="/nearside.json"></script>'
    site.route(
      `/${lang}`,
      asPage(`<!doctype html><html lang="${lang}"><head>${tag}</head><body><h1>x</h1></body></html>`),
    )
  }
})
afterAll(() => site.close())

/** Lets it loose on a page, and answers what it told until it had tested itself. */
const letLoose = async (lang: string) => {
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  const told: Message[] = []
  const done = new Promise<void>(resolve => {
    const answers: { readonly [type: string]: object } = {
      init: { type: 'initResp', config, rules: { autoconsent: [] } },
      autoconsentDone: { type: 'selfTest' },
    }
    const hear = async (message: Message): Promise<void> => {
      told.push(message)
      const answer = answers[message.type]
      if (answer) await page.evaluate(`void autoconsentReceiveMessage(${JSON.stringify(answer)})`)
      if (message.type === 'selfTestResult' || message.type === 'autoconsentError') resolve()
    }
    void page.exposeBinding('autoconsentSendMessage', (_, message: Message) => hear(message))
  })
  await page.goto(`${site.origin}/${lang}`)
  await page.locator('#nearside-consent').waitFor()
  await page.evaluate(script)
  await done
  const decision = await page.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}').decision)
  const banners = await page.locator('#nearside-consent').count()
  await visitor.close()
  const result = (type: string) => told.find(it => it.type === type)
  return {
    found: result('popupFound')?.cmp,
    clicked: result('optOutResult')?.result,
    agreed: result('selfTestResult')?.result,
    decision,
    banners,
  }
}

it('refuses, and finds that it did, in every language that its patterns know', async () => {
  const REFUSED = { found: 'HEURISTIC-REJECT', clicked: true, agreed: true, decision: {}, banners: 0 }
  const all = await Promise.all(KNOWN.map(async lang => [lang, await letLoose(lang)] as const))
  expect(Object.fromEntries(all)).toEqual(Object.fromEntries(KNOWN.map(lang => [lang, REFUSED])))
})
