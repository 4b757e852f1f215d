// Records that the disk no longer gives back: what is lost is said on the ledger, the rest goes on, and the page sees none of it.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { DAY_MS } from '../../core/epoch.ts'
import { verify } from '../../core/ledger.ts'
import type { Nearside } from '../../sdk/api.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { digest, lookInside, shiftTime } from './store-inside.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page
let said: string[]

type Api = { readonly nearside: Nearside }

const exported = async (): Promise<AccessDocument> =>
  (await api(page, nearside => nearside.exportData())) as AccessDocument
const deletions = ({ ledger }: AccessDocument) =>
  ledger.flatMap(({ event }) => (event.type === 'deletion' ? [[event.what, event.count]] : []))
const lastOf = ({ ledger }: AccessDocument): number => ledger.at(-1)?.n ?? 0
const reports = () => site.received.filter(({ path }) => path === '/v1/reports').map(({ body }) => JSON.parse(body))

beforeEach(async () => {
  site = await startSdkSite({ files: { '/plain': asPage('<title>plain</title>') } })
  visitor = await newVisitor()
  await lookInside(visitor)
  page = await visitor.newPage()
  said = []
  page.on('console', message => message.text().includes('[nearside]') && said.push(message.text()))
  page.on('pageerror', error => said.push(error.message))
  await page.goto(`${site.origin}/`)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
  await api(page, nearside => nearside.signal('add_to_cart'))
  await expect.poll(async () => (await exported()).signals.filter(it => it.kind === 'add_to_cart').length).toBe(1)
  await expect.poll(() => reports().length).toBe(2)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

/** Answers what was kept, damages it while no page of the site's is open, and comes back. */
const damaged = async (harm: () => Promise<unknown>): Promise<AccessDocument> => {
  const before = await exported()
  await page.goto(`${site.origin}/plain`)
  await harm()
  await page.goto(`${site.origin}/quiet`)
  await segmentOf(page, 'visit')
  return before
}
const harm =
  (...prefixes: string[]) =>
  async (): Promise<void> => {
    for (const prefix of prefixes) expect(await page.evaluate(each => inside.damage(each), prefix)).toBeGreaterThan(0)
  }
const readable = async (): Promise<unknown[]> => Object.values((await page.evaluate(() => inside.all())).records)
const renewed = async (): Promise<void> => {
  await expect.poll(async () => (await page.evaluate(() => inside.all())).head?.key).toBe(2)
}

describe('where what the device remembers is damaged', () => {
  it('the ledger goes on where it stopped, and the segments are worked out again from the signals', async () => {
    const before = await damaged(harm('state'))
    const after = await exported()
    expect(await verify({ digest }, after.ledger)).toBeUndefined()
    expect(after.ledger.slice(0, before.ledger.length)).toEqual(before.ledger)
    expect(deletions(after)).toEqual([['records of state', 1]])
    for (const signal of before.signals) expect(after.signals).toContainEqual(signal)
    expect(after.features.map(({ value }) => value === null)).toEqual(
      before.features.map(({ value }) => value === null),
    )
    expect(await readable()).not.toContain(null)
    expect(said).toEqual([])
  })

  it('what was known of which kind, and since when, is not forgotten with it', async () => {
    await page.evaluate(() => (window as unknown as Api).nearside.erase({ category: 'shopping' }))
    const seen = async () =>
      ((await page.evaluate(() => inside.all())).records.state as { fold: { seen: object } } | null)?.fold.seen
    const before = (await seen()) as object
    expect(Object.keys(before).length).toBeGreaterThan(1)
    await damaged(harm('state'))
    await expect.poll(seen).toEqual(before)
  })

  it('what was reported is said again under the next number, and counts once', async () => {
    await damaged(harm('state'))
    await expect.poll(() => reports().length).toBeGreaterThanOrEqual(4)
    for (const segmentation of new Set(reports().map(it => it.segmentation))) {
      const of = reports().filter(it => it.segmentation === segmentation)
      expect(new Set(of.map(({ pseudonym }) => pseudonym)).size).toBe(1)
      expect(of.map(({ seq }) => seq)).toEqual(of.map((_, i) => i + 1))
    }
    await expect.poll(async () => (await site.counts()).map(({ count }) => count)).toEqual([1, 1])
  })

  it('no number of the ledger is given twice, though its entries are damaged as well', async () => {
    const before = await damaged(harm('state', 'ledger/'))
    const after = await exported()
    expect(after.ledger[0]?.n).toBe(lastOf(before) + 1)
    expect(deletions(after)).toEqual([
      ['records of state', 1],
      ['records of ledger', before.ledger.length],
    ])
    expect(await verify({ digest }, after.ledger)).toBe(1)
    expect(said).toEqual([])
  })
})

describe('where signals are damaged', () => {
  it('an account of what is kept tells it at once, on a ledger that verifies', async () => {
    await harm('signals/shopping', 'site', 'state')()
    const after = await exported()
    expect(deletions(after).sort()).toEqual([
      ['records of shopping', 1],
      ['records of site', 1],
    ])
    expect(after).toMatchObject({ tampered: null, site: 'shop' })
    expect(after.damaged).toBeUndefined()
    expect(await readable()).not.toContain(null)
    expect(said).toEqual([])
  })

  it('the ledger tells at the next new key what was lost, and the rest goes on', async () => {
    await shiftTime(page, 7 * DAY_MS)
    const before = await damaged(harm('signals/shopping'))
    await renewed()
    const after = await exported()
    expect(deletions(after)).toEqual([['records of shopping', 1]])
    expect(after.signals.filter(({ kind }) => kind === 'add_to_cart')).toEqual([])
    const browsed = before.signals.filter(({ kind }) => kind === 'page_view')
    for (const signal of browsed) expect(after.signals).toContainEqual(signal)
    expect(await verify({ digest }, after.ledger)).toBeUndefined()
    expect(await readable()).not.toContain(null)
    expect(said).toEqual([])
  })

  it('an entry of the ledger that is damaged leaves a gap that verify() names', async () => {
    await shiftTime(page, 7 * DAY_MS)
    const before = await damaged(harm('ledger/000000002'))
    await renewed()
    const after = await exported()
    expect(deletions(after)).toEqual([['records of ledger', 1]])
    expect(await verify({ digest }, after.ledger)).toBe(2)
    expect(lastOf(after)).toBeGreaterThan(lastOf(before))
  })
})

describe('where the key is damaged', () => {
  for (const how of ['gone', 'empty'] as const)
    it(`(${how}) the decision stands, a fresh key is made, and the ledger says what can no longer be read`, async () => {
      const before = await damaged(() => page.evaluate(each => inside.loseKey(each), how))
      const after = await exported()
      expect(after.ledger[0]?.n).toBe(lastOf(before) + 1)
      expect(Object.fromEntries(deletions(after))).toMatchObject({
        'records of state': 1,
        'records of ledger': before.ledger.length,
        'records of shopping': 1,
      })
      expect(after.decision).toEqual(before.decision)
      expect(await readable()).not.toContain(null)
      expect(said).toEqual([])
    })
})
