// Two tabs of one site: a withdrawal in one stops the other, in the middle of whatever it does.
import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, kept, type SdkSite, segmentOf, startSdkSite } from '../harness/sdk-site.ts'

let site: SdkSite
let visitor: BrowserContext

beforeEach(async () => {
  site = await startSdkSite({ config: { reports: undefined } })
  visitor = await newVisitor({ proxy: site.proxy })
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

const twoTabs = async () => {
  const first = await visitor.newPage()
  await first.goto(`${site.origin}/`)
  await answerBanner(first, 'accept')
  await segmentOf(first, 'visit')
  const second = await visitor.newPage()
  await second.goto(`${site.origin}/p/pot`)
  await segmentOf(second, 'visit')
  return { first, second }
}

describe('two tabs', () => {
  for (const act of ['withdraw', 'erase'] as const) {
    it(`${act}() in one stops capture and sending in both`, async () => {
      const { first, second } = await twoTabs()
      await (act === 'withdraw'
        ? api(first, nearside => nearside.withdraw())
        : api(first, nearside => nearside.erase()))
      for (const tab of [first, second]) {
        await expect.poll(() => api(tab, nearside => nearside.segments())).toEqual({})
        const refusal = api(
          tab,
          nearside => new Promise(tell => nearside.on('refused', tell) && nearside.signal('add_to_cart')),
        )
        expect(await refusal).toMatchObject({ kind: 'add_to_cart' })
        expect(await tab.locator('html').getAttribute('data-nearside-visit')).toBeNull()
      }
      const keys = act === 'withdraw' ? ['nearside'] : []
      await expect.poll(() => kept(second, visitor)).toEqual({ keys, cookies: [], databases: [] })
      const asked = site.seen.length
      await second.goto(`${site.origin}/cart`)
      await first.close({ runBeforeUnload: true })
      expect(site.seen.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([])
      expect(await kept(second, visitor)).toEqual({ keys, cookies: [], databases: [] })
    })
  }

  it('fold what both noted into one history', async () => {
    const { first, second } = await twoTabs()
    await api(first, nearside => nearside.signal('add_to_cart'))
    await api(second, nearside => nearside.signal('add_to_cart'))
    const carts = async () =>
      (await api(second, nearside => nearside.exportData()))?.features.find(({ name }) => name === 'cart_adds')?.value
    await expect.poll(carts).toBe(2)
  })

  it('a stale tab never writes a grant over a refusal', async () => {
    const { first, second } = await twoTabs()
    await Promise.all([
      api(first, nearside => nearside.withdraw()),
      api(second, nearside => {
        for (let i = 0; i < 200; i++) nearside.signal('add_to_cart')
      }),
    ])
    await expect.poll(() => kept(second, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
    expect(await second.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}').decision)).toEqual({})
  })
})
