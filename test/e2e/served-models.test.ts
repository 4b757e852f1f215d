// What a real browser makes of the models that a site serves: whose they are, whether everyone gets them, and the same requests
// for every segment.
import { createHash, generateKeyPairSync } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { publicKeyOf, signatureOf } from '../../cli/keys.ts'
import type { AccessDocument } from '../../core/access.ts'
import { append, type Log, type LogEntry } from '../../core/log.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { signedText } from '../../core/signature.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { type Document, model } from '../harness/served-site.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const KEY = publicKeyOf(privateKey)
const LOG_PATH = '/nearside/nearside-log.json'

let site: SdkSite
let closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.reverse()) await close()
  closers = []
})

const signed = (document: Document): string =>
  JSON.stringify({ ...document, signature: signatureOf(privateKey, signedText(document)) })

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

const entered = (log: Unrooted, what: LogEntry['what'], name: string, text: string): Promise<Log> =>
  append(sha256, log, { what, name, on: '2026-01-01', digest: digestOf(text) })

type Unrooted = Omit<Log, 'size' | 'root'>
const NO_LOG = { v: 1 as const, site: 'shop', entries: [] }

const visit = async (): Promise<{ page: Page; lines: string[] }> => {
  const visitor = await newVisitor()
  closers.push(() => visitor.close())
  const page = await visitor.newPage()
  const lines: string[] = []
  page.on('console', message => message.text().startsWith('[nearside]') && lines.push(message.text()))
  await page.goto(`${site.origin}/`)
  return { page, lines }
}

const account = (page: Page): Promise<AccessDocument> =>
  api(page, nearside => nearside.exportData()) as Promise<AccessDocument>

it('a model is checked for its signature and its place in the log; a forged one is refused, an empty one stops everything', async () => {
  const text = signed(model(1))
  const needs = needsOf(parseModel(text).features)
  site = await startSdkSite({ model: text, config: { modelKey: KEY, log: LOG_PATH, needs } })
  closers.push(() => site.close())
  const { notice } = JSON.parse(site.config)
  const asked = await entered(await entered(NO_LOG, 'config', 'shop', site.config), 'notice', notice, notice)
  const whole = await entered(asked, 'model', 'shop.1', text)
  site.route(LOG_PATH, JSON.stringify(whole))

  const { page, lines } = await visit()
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'v1')
  expect((await account(page)).model).toEqual({ id: 'shop.1', signed: true, log: { size: 3, root: whole.root } })

  const forged = JSON.stringify({ ...JSON.parse(text), revision: 2 })
  site.route('/nearside/model.json', forged)
  site.route(LOG_PATH, JSON.stringify(await entered(whole, 'model', 'shop.2', forged)))
  await page.goto(`${site.origin}/p/pot`)
  await segmentOf(page, 'visit', 'v2')
  expect((await account(page)).model).toMatchObject({ id: 'shop.1', refused: 'unsigned' })
  expect(lines).toEqual([
    expect.stringMatching(/signature: not by the key that the config names.*The model before it stays/),
  ])

  const empty = signed(model(3, { features: [], segmentations: [] }))
  site.route('/nearside/model.json', empty)
  site.route(LOG_PATH, JSON.stringify(await entered(whole, 'model', 'shop.3', empty)))
  await page.goto(`${site.origin}/p/cup`)
  await expect.poll(async () => (await account(page)).model?.id).toBe('shop.3')
  await page.goto(`${site.origin}/`)
  const kept = await account(page)
  expect(kept.signals).toEqual([])
  expect(await api(page, nearside => nearside.segments())).toEqual({})
  expect(await page.evaluate(() => document.documentElement.getAttributeNames())).toEqual(['lang'])
})

it('a page makes the same requests, as long as each other, whatever the segment', async () => {
  const document = model(1)
  const adds = {
    ...document,
    features: (document.features as { name: string }[]).filter(({ name }) => name === 'adds'),
    segmentations: (document.segmentations as { id: string }[]).filter(({ id }) => id === 'cart'),
  }
  site = await startSdkSite({ model: JSON.stringify(adds), reports: { maxDelay: 0, stable: 1000 } })
  closers.push(() => site.close())
  const made: string[][] = []
  for (const [count, segment] of [
    [0, 'c1'],
    [1, 'c2'],
    [4, 'c3'],
  ] as const) {
    const [before, reported] = [site.seen.length, site.received.length]
    const { page } = await visit()
    await answerBanner(page, 'accept')
    await segmentOf(page, 'cart')
    await page.evaluate(n => {
      for (let i = 0; i < n; i++)
        (window as never as { nearside: { signal(name: string): void } }).nearside.signal('add_to_cart')
    }, count)
    await segmentOf(page, 'cart', segment)
    await expect.poll(() => site.received.slice(reported).some(({ body }) => body.includes(`"${segment}"`))).toBe(true)
    await page.goto(`${site.origin}/p/pot`)
    await segmentOf(page, 'cart', segment)
    const requests = site.seen.slice(before).map(({ method, path, query, body }) => `${method} ${path}${query} ${body}`)
    const reports = site.received.slice(reported).map(({ path, body }) => `${path} ${body.length}`)
    made.push([...new Set([...requests, ...reports])].sort())
  }
  expect(made[0]?.some(it => it.startsWith('/v1/reports'))).toBe(true)
  expect(made[1]).toEqual(made[0])
  expect(made[2]).toEqual(made[0])
})
