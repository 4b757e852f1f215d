// The browser is killed while it writes. Every commit is whole or not there; a new key replaces the old one, or it does not.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { DAY_MS } from '../../core/epoch.ts'
import { verify } from '../../core/ledger.ts'
import type { Nearside } from '../../sdk/api.ts'
import { launchPuppet } from '../harness/browser.ts'
import { type SdkSite, startSdkSite } from '../harness/sdk-site.ts'
import { count, record, seed } from '../harness/size.ts'
import { digest, INSIDE } from './store-inside.ts'

type Api = { nearside: Nearside }

const KILLS = count(50, 2)
/** The lifetimes of a page, ms: some end before the worker is up, some in the middle of its writing. */
const lifetimes = (from: number, to: number): number[] =>
  fc.sample(fc.integer({ min: from, max: to }), { numRuns: KILLS, seed })

let site: SdkSite
let profile: string

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  profile = await mkdtemp(join(tmpdir(), 'nearside-crash-'))
})
afterEach(async () => {
  await site.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const launch = async (path: string, ahead = 0) => {
  const browser = await launchPuppet({ args: [`--user-data-dir=${profile}`] })
  const [page] = (await browser.pages()) as [Page]
  await page.evaluateOnNewDocument(`{ const now = Date.now; Date.now = () => now() + ${ahead} }\n${INSIDE}`)
  await page.goto(site.origin + path)
  await page.waitForFunction(() => Boolean((window as unknown as Api).nearside))
  const kill = async (): Promise<void> => {
    const gone = new Promise(done => browser.once('disconnected', done))
    browser.process()?.kill('SIGKILL')
    await gone
  }
  return { browser, page, kill }
}

const grant = async (): Promise<void> => {
  const { browser, page } = await launch('/')
  await (await page.waitForSelector('>>> [data-nearside=accept]'))?.click()
  await page.waitForFunction(() => (window as unknown as Api).nearside.segments().visit)
  await exported(page)
  await browser.close()
}

const exported = (page: Page): Promise<AccessDocument> =>
  page.evaluate(() => (window as unknown as Api).nearside.exportData()) as Promise<AccessDocument>

const cartsIn = ({ signals }: AccessDocument): number => signals.filter(({ kind }) => kind === 'add_to_cart').length

const expectWhole = async (page: Page): Promise<AccessDocument> => {
  const document = await exported(page)
  expect(await verify({ digest }, document.ledger)).toBeUndefined()
  expect(document.ledger.filter(({ event }) => event.type === 'deletion')).toEqual([])
  const { records } = await page.evaluate(() => inside.all())
  expect(Object.values(records)).not.toContain(null)
  return document
}

describe('a browser killed', () => {
  it(`while signals are written leaves whole commits and no others: ${KILLS} times`, async () => {
    await grant()
    let kept = 0
    const afterMs = lifetimes(0, 1500).map(ms => () => new Promise(done => setTimeout(done, ms)))
    // However short the others are, the last one dies with something on disk.
    const onceKept = (page: Page) => expect.poll(async () => cartsIn(await exported(page))).toBeGreaterThan(0)
    for (const lived of [...afterMs, onceKept]) {
      const { page, kill } = await launch('/quiet')
      await page.evaluate(() => {
        setInterval(() => (window as unknown as Api).nearside.signal('add_to_cart'), 5)
      })
      await lived(page)
      await kill()
      const again = await launch('/quiet')
      const document = await expectWhole(again.page)
      expect(cartsIn(document)).toBeGreaterThanOrEqual(kept)
      kept = cartsIn(document)
      // What was folded as it came is what is kept.
      expect(document.features.find(({ name }) => name === 'cart_adds')?.value).toBe(kept)
      await again.browser.close()
    }
    expect(kept).toBeGreaterThan(0)
  })

  it(`while its key is renewed keeps everything: ${KILLS} times`, async () => {
    await grant()
    {
      const { browser, page } = await launch('/quiet')
      await page.evaluate(() => {
        for (let i = 0; i < 1000; i++) (window as unknown as Api).nearside.signal('add_to_cart')
      })
      await expect.poll(async () => cartsIn(await exported(page))).toBe(1000)
      await browser.close()
    }
    let renewed = 0
    for (const [i, ms] of lifetimes(2500, 3800).entries()) {
      const { page, kill } = await launch('/quiet', (i + 1) * 7 * DAY_MS)
      const before = await page.evaluate(async () => (await inside.all()).head?.key)
      await new Promise(done => setTimeout(done, ms))
      await kill()
      const again = await launch('/quiet', i * 7 * DAY_MS)
      const document = await expectWhole(again.page)
      expect(cartsIn(document)).toBe(1000)
      if ((await again.page.evaluate(async () => (await inside.all()).head?.key)) !== before) renewed++
      await again.browser.close()
    }
    record(
      'browsers killed around the making of a new key: signals lost',
      0,
      `of 1,000; ${renewed} had the new key`,
      KILLS,
    )
  })
})
