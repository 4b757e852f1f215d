// The popup that a visitor opens, by a real click with its real grant, over pages that run the real SDK from dist/sdk.
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { grantsOf, pairsOf } from '../../core/consent.ts'
import type { Nearside } from '../../sdk/api.ts'
import type { Site } from '../harness/site.ts'
import { launchVisitor, NOTHING, press, said, storageOf, type Visitor } from './extension-popup.ts'
import { config, HOSTILE_LABEL, startLittleShop } from './extension-site.ts'

type ShopWindow = { nearside: Nearside }

const access = (tab: Page): Promise<AccessDocument | null> =>
  tab.evaluate(() => (window as unknown as ShopWindow).nearside.exportData())

/** Waits until nothing is on its way: a report that a page goes away from is sent again only after a while. */
const settle = (tab: Page, answers: number): Promise<unknown> => {
  const settled = (it: AccessDocument | null): boolean =>
    it?.waiting.length === 0 && it.ledger.filter(({ event }) => event.type === 'answer').length >= answers
  return expect.poll(async () => settled(await access(tab)), { timeout: 20_000, interval: 200 }).toBe(true)
}

/** Says yes, looks at products, fills the basket; done when both groups were reported and counted. */
const shopAround = async (tab: Page, shop: Site): Promise<AccessDocument> => {
  await tab.goto(`${shop.origin}/`)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  await tab.waitForFunction(() => localStorage.getItem('nearside'))
  await settle(tab, 2)
  await tab.goto(`${shop.origin}/product/one/`)
  await tab.waitForFunction(() => (window as unknown as { nearside?: Nearside }).nearside?.consent())
  await tab.evaluate(() => {
    const { nearside } = window as unknown as ShopWindow
    nearside.signal('view_item', {})
    nearside.signal('add_to_cart', {})
  })
  await settle(tab, 3)
  return (await access(tab)) as AccessDocument
}

describe('the popup', () => {
  let visitor: Visitor
  let shop: Site
  let tab: Page
  beforeAll(async () => {
    visitor = await launchVisitor()
  })
  afterAll(() => visitor.close())
  // A site of its own for each: nothing that one promise leaves behind is there for the next.
  beforeEach(async () => {
    shop = await startLittleShop()
    tab = await visitor.browser.newPage()
  })
  afterEach(async () => {
    await tab.close()
    await shop.close()
  })

  it("shows the decision, segments, signals and reports that the site's own exportData tells", async () => {
    const own = await shopAround(tab, shop)
    const popup = await visitor.open(tab)
    const shown = await popup.evaluate(() => {
      const texts = (css: string) => [...document.querySelectorAll(css)].map(it => it.textContent)
      return {
        segments: [...document.querySelectorAll<HTMLElement>('.groups .ns-card')].map(({ dataset }) => ({
          ...dataset,
        })),
        allowed: [...document.querySelectorAll<HTMLInputElement>('[data-fold=allowed] .switch')].map(
          ({ checked, dataset }) => [dataset.purpose ?? dataset.category, checked],
        ),
        kept: texts('[data-fold=kept] .ns-signals p')[0],
        kinds: texts('[data-fold=kept] tbody .ns-number').map(Number),
        reports: texts('[data-fold=sent] .ns-report code'),
        entries: document.querySelectorAll('[data-fold=history] .ns-entry').length,
      }
    })
    await popup.close()
    const bodies = own.ledger.flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))
    expect(bodies.length).toBeGreaterThanOrEqual(3)
    expect(shown.segments).toEqual(own.segments.map(({ segmentation, segment }) => ({ segmentation, segment })))
    expect(shown.allowed).toEqual([
      ['personalization', true],
      ['measurement', true],
      ['browsing', true],
      ['shopping', true],
    ])
    expect(own.decision?.grants).toEqual(grantsOf(pairsOf(own.decision?.grants)))
    expect(shown.kept).toContain(`${own.signals.length} notes`)
    expect(shown.kinds.reduce((a, b) => a + b, 0)).toBe(own.signals.length)
    expect(shown.reports).toEqual(bodies.reverse())
    expect(shown.entries).toBe(own.ledger.length)
    const sent = shop.seen.filter(({ path }) => path === '/collector/v1/reports').map(({ body }) => body)
    expect([...shown.reports].sort()).toEqual(sent.sort())
  })

  it('shows a label of the site as text, whatever stands in it', async () => {
    await shopAround(tab, shop)
    const popup = await visitor.open(tab)
    const [label, images] = await popup.evaluate(() => [
      document.querySelector('[data-segmentation=basket] .ns-label bdi')?.textContent,
      document.querySelectorAll('img').length,
    ])
    await popup.close()
    expect(label).toBe(HOSTILE_LABEL)
    expect(images).toBe(0)
  })

  it('withdraws: stops the page, and another tab, and leaves only the refusal', async () => {
    await shopAround(tab, shop)
    const other = await visitor.browser.newPage()
    await other.goto(`${shop.origin}/product/one/`)
    // A page that had not come up yet would send the requests at once.
    await other.waitForFunction(() => (window as unknown as { nearside?: Nearside }).nearside?.exportData())
    const popup = await visitor.open(tab)
    await press(popup, 'ask-withdraw')
    expect(await said(popup)).toContain('Only the site itself can ask the collector to forget')
    expect((await storageOf(tab)).databases, 'asking changes nothing').toEqual(['nearside'])
    await press(popup, 'withdraw')
    expect(await said(popup)).toContain('Withdrawn, and verified')
    expect(await said(popup)).toContain('2 requests to forget you still wait to be sent')
    const { decision, page, databases } = await storageOf(tab)
    expect([Object.keys(JSON.parse(page ?? '')), databases]).toEqual([['tickets'], []])
    expect(JSON.parse(decision ?? '')).toEqual({
      v: 1,
      seq: 2,
      decision: {},
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      revision: config.notice,
    })
    await press(popup, 'look')
    expect(await said(popup)).toContain('Only your refusal is kept')
    await popup.close()

    const before = shop.seen.length
    for (const each of [tab, other]) {
      const refused = await each.evaluate(
        () =>
          new Promise(resolve => {
            const { nearside } = window as unknown as ShopWindow
            nearside.on('refused', ({ reason }) => resolve(reason))
            nearside.signal('add_to_cart', {})
          }),
      )
      expect(refused).toBe('denied')
    }
    const told = shop.seen.slice(0, before).filter(({ path }) => path === '/collector/v1/reports')
    await tab.goto(`${shop.origin}/`)
    await expect.poll(() => storageOf(tab)).toEqual({ ...NOTHING, decision })
    const after = shop.seen.slice(before).filter(({ path }) => path.startsWith('/collector'))
    expect(after.map(({ path }) => path)).toEqual(['/collector/v1/erasures', '/collector/v1/erasures'])
    const pseudonyms = (sent: typeof after) => [...new Set(sent.map(({ body }) => JSON.parse(body).pseudonym))].sort()
    expect(pseudonyms(after), 'each that was told').toEqual(pseudonyms(told))
    expect(await storageOf(other)).toEqual({ ...NOTHING, decision })
    await other.close()
  })

  it('deletes: no database and no key, seen from the page, and none after a reload but what asks the collector to forget', async () => {
    await shopAround(tab, shop)
    const popup = await visitor.open(tab)
    await press(popup, 'ask-erase')
    await press(popup, 'back')
    expect((await storageOf(tab)).databases, 'going back changes nothing').toEqual(['nearside'])
    await press(popup, 'ask-erase')
    await press(popup, 'erase')
    expect(await said(popup)).toContain('Verified gone')
    expect(await said(popup)).toContain('2 requests to forget you still wait to be sent')
    const { page, ...rest } = await storageOf(tab)
    expect([rest, Object.keys(JSON.parse(page ?? ''))]).toEqual([{ decision: null, databases: [] }, ['tickets']])
    await popup.close()
    await tab.reload()
    await tab.waitForSelector('[data-nearside=accept]')
    await expect.poll(() => storageOf(tab)).toEqual(NOTHING)
  })

  it('tells no answer from a refusal, and looks without leaving a trace', async () => {
    await tab.goto(`${shop.origin}/`)
    const reject = await tab.waitForSelector('[data-nearside=reject]')
    const first = await visitor.open(tab)
    expect(await said(first)).toContain('You have not answered here yet')
    await first.close()
    expect(await storageOf(tab)).toEqual(NOTHING)

    await reject?.click()
    const { decision } = await storageOf(tab)
    const second = await visitor.open(tab)
    expect(await said(second)).toContain('You said no here')
    expect(await second.$('[data-does=ask-withdraw]')).toBeNull()
    await second.close()
    expect(await storageOf(tab)).toEqual({ ...NOTHING, decision })
  })

  it('waits for what is still coming of a page before it says that Nearside is not there', async () => {
    let come = (): void => {}
    const slow = new Promise<void>(resolve => {
      come = resolve
    })
    shop.route('/slow.js', async () => {
      await slow
      return { body: '' }
    })
    shop.route(
      '/late/',
      '<!doctype html><script src=/slow.js></script><script async src=/sdk/nearside.js data-config=/nearside.json></script>',
    )
    const arrived = tab.goto(`${shop.origin}/late/`)
    await expect.poll(() => shop.seen.some(({ path }) => path === '/slow.js')).toBe(true)
    const opened = visitor.open(tab)
    // As long as any look takes that does not wait.
    setTimeout(come, 1000)
    expect(await said(await opened)).toContain('You have not answered here yet')
    await arrived
  })

  it('looks at a granted site without changing a byte of its storage', async () => {
    await shopAround(tab, shop)
    const before = await storageOf(tab)
    await (await visitor.open(tab)).close()
    expect(await storageOf(tab)).toEqual(before)
  })

  it('says where browsers let no extension look', async () => {
    await tab.goto('chrome://version')
    const popup = await visitor.open(tab)
    expect(await said(popup)).toContain('This page cannot be looked at')
    await popup.close()
  })
})
