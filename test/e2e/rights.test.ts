// What a visitor may do with what is kept: see what would be sent, set it right, delete part of it, and have it left alone.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import type { Event } from '../../core/ledger.ts'
import type { Done, Preview } from '../../core/protocol/session.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, kept, openChoices, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page
const errors: string[] = []

const arrive = async (path = '/p/pot'): Promise<Page> => {
  const tab = await visitor.newPage()
  tab.on('pageerror', error => errors.push(error.message))
  await tab.goto(site.origin + path)
  return tab
}

beforeEach(async () => {
  errors.length = 0
  site = await startSdkSite()
  visitor = await newVisitor()
  page = await arrive()
})
afterEach(async () => {
  expect(errors).toEqual([])
  await visitor.close()
  await site.close()
})

const exported = async (): Promise<AccessDocument> =>
  (await api(page, nearside => nearside.exportData())) as AccessDocument

const correct = (correction: unknown): Promise<Done | null> =>
  page.evaluate(given => {
    const { nearside } = window as unknown as { nearside: { correct(given: unknown): Promise<Done | null> } }
    return nearside.correct(given)
  }, correction)

const erase = (scope: unknown): Promise<Done | null> =>
  page.evaluate(given => {
    const { nearside } = window as unknown as { nearside: { erase(given: unknown): Promise<Done | null> } }
    return nearside.erase(given)
  }, scope)

const preview = async (): Promise<readonly Preview[]> =>
  (await api(page, nearside => nearside.previewReport())) as readonly Preview[]

/** Waits until so many signals of a kind are kept. */
const untilKept = (kind: string, n: number): Promise<unknown> =>
  expect.poll(async () => (await exported()).signals.filter(it => it.kind === kind).length).toBe(n)

const eventsOf = async <T extends Event['type']>(type: T): Promise<Extract<Event, { type: T }>[]> =>
  (await exported()).ledger.map(({ event }) => event).filter(event => event.type === type) as never

/** Grants what is named, in the banner's second layer. */
const grant = async (purposes: readonly string[]): Promise<void> => {
  await answerBanner(page, 'settings')
  for (const purpose of purposes) await page.locator(`#nearside-consent [data-purpose=${purpose}]`).check()
  for (const box of await page.locator('#nearside-consent [data-category]').all()) await box.check()
  await answerBanner(page, 'save')
}

describe('what would be sent', () => {
  it('is shown before any yes in its exact shape and length, and nothing is stored to make it', async () => {
    await page.locator('#nearside-consent').waitFor()
    const shown = (await preview()).find(it => it.segmentation === 'visit')
    expect(shown?.later).toEqual(['segment', 'pseudonym'])
    expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
    await answerBanner(page, 'accept')
    await expect.poll(() => site.received.some(({ body }) => body.includes('"visit"'))).toBe(true)
    const sent = site.received.map(({ body }) => body).find(body => body.includes('"visit"')) as string
    expect(sent.length).toBe(shown?.body.length)
    const made = /"(segment|pseudonym)":"[^"]*"/g
    expect(sent.replace(made, '')).toBe(shown?.body.replace(made, ''))
    expect(shown?.body).toMatch(/"segment":"x+","pseudonym":"x{22}"/)
  })

  it('is shown to the byte once personalization is granted, before measurement is', async () => {
    await grant(['personalization'])
    const segment = await segmentOf(page, 'visit')
    const shown = await preview()
    expect(shown.map(({ later }) => later.length)).toEqual(shown.map(() => 0))
    expect(shown.find(it => it.segmentation === 'visit')?.body).toContain(`"segment":"${segment}"`)
    expect(site.received).toEqual([])
    await openChoices(page)
    await page.locator('#nearside-consent [data-purpose=measurement]').check()
    await answerBanner(page, 'save')
    await expect.poll(() => site.received.length).toBeGreaterThan(0)
    expect(shown.map(({ body }) => body)).toContain(site.received[0]?.body)
  })
})

describe('a correction', () => {
  beforeEach(async () => {
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    await untilKept('page_view', 1)
  })

  it('removes a signal, in what is kept, what is computed and every page after', async () => {
    const before = await exported()
    const signal = before.signals.find(({ kind }) => kind === 'page_view')
    expect(await correct({ signal, to: null })).toEqual({ count: 1 })
    expect((await exported()).signals).not.toContainEqual(signal)
    expect(await eventsOf('correction')).toEqual([{ type: 'correction', what: 'removed', of: 'page_view' }])
    await page.reload()
    await segmentOf(page, 'visit')
    expect((await exported()).signals).not.toContainEqual(signal)
    expect(await correct({ signal, to: null })).toMatchObject({ count: 0, refused: expect.stringMatching(/^signal: /) })
  })

  it('changes a signal, and what is computed from it follows', async () => {
    const featureNow = async (name: string) => (await exported()).features.find(each => each.name === name)?.value
    const signal = (await exported()).signals.find(({ kind }) => kind === 'page_view')
    const pages = await featureNow('shelf_pages')
    expect(await correct({ signal, to: { ...signal, page: 'account' } })).toEqual({ count: 1 })
    expect((await exported()).signals).toContainEqual({ ...signal, page: 'account' })
    expect(await featureNow('shelf_pages')).toBe((pages as number) - 1)
  })

  it('pins a segment: shown from then on, told to the collector as unassigned, undone when asked', async () => {
    const computed = await segmentOf(page, 'visit')
    await expect.poll(() => site.received.some(({ body }) => JSON.parse(body).segmentation === 'visit')).toBe(true)
    const pinned = ['v1', 'v2', 'v3'].find(id => id !== computed) as string
    expect(await correct({ segmentation: 'visit', segment: pinned })).toEqual({ count: 1 })
    await segmentOf(page, 'visit', pinned)
    expect((await exported()).segments.find(it => it.segmentation === 'visit')).toMatchObject({
      segment: pinned,
      pinned: true,
    })
    await page.goto(`${site.origin}/cart`)
    await segmentOf(page, 'visit', pinned)
    await expect
      .poll(
        async () =>
          site.received
            .map(({ body }) => JSON.parse(body))
            .filter(it => it.segmentation === 'visit')
            .at(-1)?.segment,
      )
      .toBe('v0')
    expect(site.received.some(({ body }) => body.includes(`"${pinned}"`))).toBe(false)
    expect(await correct({ segmentation: 'visit', segment: null })).toEqual({ count: 1 })
    expect((await exported()).segments.find(it => it.segmentation === 'visit')?.pinned).toBeUndefined()
    expect((await eventsOf('correction')).map(({ what }) => what)).toEqual(['pinned', 'undone'])
  })

  it('"not me" leaves no segment where that one is computed', async () => {
    const computed = await segmentOf(page, 'visit')
    expect(await correct({ segmentation: 'visit', not: computed })).toEqual({ count: 1 })
    await segmentOf(page, 'visit', 'v0')
    expect((await exported()).segments.find(it => it.segmentation === 'visit')).toMatchObject({ unassigned: 'not-me' })
  })

  it('that cannot be done says where and why, changes nothing, and is no error of the page', async () => {
    const before = await exported()
    const faults: [unknown, RegExp][] = [
      [null, /^correction/],
      [{ segmentation: 'visit', segment: 'zz' }, /^segment: /],
      [{ segmentation: 'moods', not: 'v1' }, /^segmentation: .*Known: /],
      [{ signal: before.signals[0], to: { kind: 'purchase', at: 1 } }, /^correction\.to\.kind/],
      [{ signal: { ...before.signals[0], at: 1 }, to: null }, /^signal: nothing like it/],
    ]
    for (const [given, reason] of faults)
      expect(await correct(given)).toEqual({ count: 0, refused: expect.stringMatching(reason) })
    expect((await exported()).signals).toEqual(before.signals)
    expect(await eventsOf('correction')).toEqual([])
  })
})

describe('erasing part', () => {
  beforeEach(async () => {
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    await api(page, nearside => nearside.signal('add_to_cart', { value: 1290, currency: 'EUR', quantity: 1 }))
    await untilKept('add_to_cart', 1)
  })

  it('deletes a category, says so, and leaves the rest', async () => {
    const views = (await exported()).signals.filter(({ kind }) => kind === 'page_view')
    expect(await erase({ category: 'shopping' })).toEqual({ count: 1 })
    const { signals } = await exported()
    expect(signals.some(({ kind }) => kind === 'add_to_cart')).toBe(false)
    expect(signals.filter(({ kind }) => kind === 'page_view')).toEqual(views)
    expect(await eventsOf('deletion')).toEqual([
      { type: 'deletion', why: 'visitor', what: 'signals of shopping', count: 1 },
    ])
  })

  it('deletes a stretch of time, and the numbers that were worked out from it', async () => {
    const { signals } = await exported()
    expect(await erase({ from: 0, to: Date.now() + 60_000 })).toMatchObject({ count: signals.length })
    const after = await exported()
    expect(after.signals).toEqual([])
    expect(after.tampered).toBeNull()
    // The reasons of earlier segments were numbers made from what is gone: of those entries only the count is left.
    expect(after.folded?.dropped.segment).toBeGreaterThan(0)
    expect(JSON.stringify(after.folded)).not.toContain('"reasons":[{')
    await segmentOf(page, 'visit', 'v0')
  })

  it('all deletes everything, and the collector forgets', async () => {
    await api(page, nearside => nearside.erase())
    expect(await kept(page, visitor)).toMatchObject({ databases: [], cookies: [] })
    expect((await kept(page, visitor)).keys.filter(key => key !== 'nearside-page')).toEqual([])
  })
})

describe('pause()', () => {
  it('notes and sends nothing, in any tab, and keeps what is kept, until it is ended', async () => {
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    await untilKept('page_view', 1)
    const other = await arrive('/cart')
    await segmentOf(other, 'visit')
    await untilKept('page_view', 2)
    await api(page, nearside => nearside.pause())
    await other.waitForFunction(
      () => !Object.keys((window as unknown as { nearside: { segments(): object } }).nearside.segments()).length,
    )
    const sent = site.received.length
    const before = await exported()
    expect(before.decision).toMatchObject({ paused: true })
    for (const tab of [page, other]) {
      await api(tab, nearside => nearside.signal('add_to_cart', { value: 1, currency: 'EUR', quantity: 1 }))
      await tab.goto(`${site.origin}/help`)
      await tab.waitForFunction(() => (window as unknown as { nearside?: object }).nearside)
      expect(await api(tab, nearside => nearside.consent())).toMatchObject({ paused: true })
      expect(await tab.locator('#nearside-consent').count()).toBe(0)
    }
    expect((await exported()).signals).toEqual(before.signals)
    expect(site.received.length).toBe(sent)
    await api(page, nearside => nearside.pause(false))
    await segmentOf(page, 'visit')
    // Pages that were loaded meanwhile go on with the view that they show.
    await untilKept('page_view', 4)
    const views = (await exported()).signals.filter(({ kind }) => kind === 'page_view').map(({ page: kind }) => kind)
    expect(views.slice(2)).toEqual(['help', 'help'])
    await page.goto(`${site.origin}/cart`)
    await untilKept('page_view', 5)
    expect((await eventsOf('decision')).map(({ paused }) => paused ?? false)).toEqual([false, true, false])
    await other.close()
  })
})
