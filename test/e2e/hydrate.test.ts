// A history given back: a returning customer is segmented on day one, on their own device, as the trainer would.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hydration } from '../../core/protocol/session.ts'
import { newVisitor } from '../harness/browser.ts'
import { describeWithData } from '../harness/data.ts'
import { AS_OF, type Customer, RETAIL, retailCustomers, retailModel } from '../harness/retail.ts'
import { answerBanner, api, kept, openChoices, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'
import { count, record } from '../harness/size.ts'

let site: SdkSite
let visitor: BrowserContext
let page: Page

const arrive = async (): Promise<[BrowserContext, Page]> => {
  const context = await newVisitor()
  const tab = await context.newPage()
  await tab.clock.setFixedTime(AS_OF)
  await tab.goto(`${site.origin}/quiet`)
  return [context, tab]
}

const open = async (): Promise<void> => {
  site = await startSdkSite({
    model: JSON.stringify(retailModel()),
    config: { reports: undefined, categories: ['shopping', 'account'], retention: { shopping: 365, account: 365 } },
  })
  ;[visitor, page] = await arrive()
}
const close = async (): Promise<void> => {
  await visitor.close()
  await site.close()
}

const hydrate = (signals: readonly object[]): Promise<Hydration | null> =>
  page.evaluate(given => {
    const { nearside } = window as unknown as { nearside: { hydrate(signals: unknown): Promise<Hydration | null> } }
    return nearside.hydrate(given)
  }, signals)

const DAY = 86_400_000
const orders = [
  { id: 'o1', kind: 'purchase', at: AS_OF - 200 * DAY, value: 12_000, currency: 'GBP' },
  { id: 'o2', kind: 'purchase', at: AS_OF - 3 * DAY, value: 34_000, currency: 'GBP' },
]
const featureNow = async (feature: string): Promise<number | null | undefined> =>
  (await api(page, nearside => nearside.exportData()))?.features.find(({ name }) => name === feature)?.value

describe('hydrate()', () => {
  beforeEach(open)
  afterEach(close)

  it('gives unassigned, not a wrong segment, while the window reaches back beyond what this device has seen', async () => {
    await answerBanner(page, 'accept')
    await api(page, nearside => nearside.signal('purchase', { value: 5000, currency: 'GBP' }))
    await expect.poll(async () => (await api(page, nearside => nearside.exportData()))?.signals.length).toBe(1)
    expect(await segmentOf(page, 'habit')).toBe('r0')
    const exported = await api(page, nearside => nearside.exportData())
    expect(exported?.segments[0]).toMatchObject({ segment: 'r0', unassigned: 'missing-feature' })
  })

  it('takes each order once, by its id, and shows it as given', async () => {
    await answerBanner(page, 'accept')
    expect(await hydrate(orders)).toEqual({ kept: 2, known: 0, refused: [] })
    expect(await hydrate([...orders, { ...orders[0], id: 'o3' }])).toEqual({ kept: 1, known: 2, refused: [] })
    expect(await featureNow('orders')).toBe(3)
    expect(await segmentOf(page, 'habit')).toMatch(/^r[1-4]$/)
    const exported = await api(page, nearside => nearside.exportData())
    expect(exported?.signals.map(({ id }) => id)).toEqual(['o1', 'o2', 'o3'])
    await page.reload()
    expect(await hydrate(orders)).toEqual({ kept: 0, known: 2, refused: [] })
    expect(await featureNow('orders')).toBe(3)
  })

  it('refuses what is to come, what is unknown and what has no id, saying where and why, and keeps the rest', async () => {
    await answerBanner(page, 'accept')
    const first = orders[0] as (typeof orders)[number]
    const faulty = [
      { ...first, id: 'o9', at: AS_OF + DAY },
      { ...first, id: undefined },
      { ...first, id: 'o8', email: 'ada@example.org' },
      first,
    ]
    const { kept, refused } = (await hydrate(faulty)) as Hydration
    expect(kept).toBe(1)
    expect(refused).toEqual([
      expect.stringMatching(/^hydrate\[0\]\.at: it is yet to come/),
      expect.stringMatching(/^hydrate\[1\]\.id: /),
      expect.stringMatching(/^hydrate\[2\]\.email: no such field/),
    ])
    expect(JSON.stringify(refused)).not.toContain('ada@')
  })

  it('takes nothing unless account is granted, and forgets it when that is taken back', async () => {
    await answerBanner(page, 'settings')
    await page.locator('[data-purpose=personalization]').check()
    await page.locator('[data-category=shopping]').check()
    await answerBanner(page, 'save')
    await segmentOf(page, 'habit')
    expect(await hydrate(orders)).toMatchObject({
      kept: 0,
      refused: [/not granted/, /not granted/].map(it => expect.stringMatching(it)),
    })
    await openChoices(page)
    await answerBanner(page, 'accept')
    await expect.poll(() => hydrate(orders)).toMatchObject({ kept: 2 })
    await openChoices(page)
    await page.locator('[data-category=account]').uncheck()
    await answerBanner(page, 'save')
    await expect.poll(async () => (await api(page, nearside => nearside.exportData()))?.signals).toEqual([])
    expect(await segmentOf(page, 'habit', 'r0')).toBe('r0')
  })

  it('answers null, and keeps nothing, before a yes', async () => {
    expect(await hydrate(orders)).toBeNull()
    expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
  })
})

describeWithData('customers that training did not see', [RETAIL], () => {
  const CUSTOMERS = count(1293, 25)
  /** Visitors at a time, each in a profile of its own. */
  const AT_ONCE = 3
  /** Customers that follow each other on one page. */
  const A_PAGE = 50
  beforeEach(open)
  afterEach(close)

  /** Has each customer say yes, give their orders and forget all of it, one after the other; answers their segments. */
  const assigned = (tab: Page, own: readonly Customer[]): Promise<string[]> =>
    tab.evaluate(
      async given => {
        const { nearside } = window as unknown as { nearside: import('../../sdk/api.ts').Nearside }
        const segments: string[] = []
        for (const signals of given) {
          const yes = () => document.querySelector<HTMLElement>('#nearside-consent [data-nearside=accept]')
          // The second layer comes in a file of its own.
          while (!yes()) await new Promise(requestAnimationFrame)
          yes()?.click()
          await nearside.hydrate(signals as never)
          segments.push(nearside.segments().habit ?? '')
          await nearside.erase()
          await nearside.openPrivacyCenter()
          document.querySelector<HTMLElement>('#nearside-centre [data-does=choices]')?.click()
          while (!document.querySelector('#nearside-consent')) await new Promise(done => requestAnimationFrame(done))
        }
        return segments
      },
      own.map(({ signals }) => signals),
    )

  it(`${CUSTOMERS} of them, hydrated in a real browser, get the trainer's segment`, async () => {
    const customers = await retailCustomers(CUSTOMERS)
    const other: object[] = []
    const start = performance.now()
    const serve = async (tab: Page, own: readonly Customer[]): Promise<void> => {
      for (let from = 0; from < own.length; from += A_PAGE) {
        await tab.goto(`${site.origin}/quiet`)
        await tab.waitForSelector('#nearside-consent')
        const some = own.slice(from, from + A_PAGE)
        const devices = await assigned(tab, some)
        some.forEach(({ key, segment }, i) => {
          if (devices[i] !== segment) other.push({ key, trainer: segment, device: devices[i] })
        })
      }
    }
    const visitors = await Promise.all(Array.from({ length: AT_ONCE }, arrive))
    await Promise.all(
      visitors.map(([, tab], i) =>
        serve(
          tab,
          customers.filter((_, n) => n % AT_ONCE === i),
        ),
      ),
    )
    const seconds = Math.round((performance.now() - start) / 1000)
    await Promise.all(visitors.map(([context]) => context.close()))
    expect(customers.length).toBe(CUSTOMERS)
    expect(other).toEqual([])
    record('customers assigned in a browser as by the trainer', customers.length, 'customers', customers.length)
    expect(seconds).toBeLessThan(120)
    record('time for them', seconds, 's')
  })
})
