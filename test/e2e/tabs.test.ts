// Two tabs of one site: a withdrawal in one stops the other, in the middle of whatever it does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
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

  it('fold what both noted into one history, in which a view counts once whoever decides meanwhile', async () => {
    const { first, second } = await twoTabs()
    await api(first, nearside => nearside.signal('add_to_cart'))
    await api(second, nearside => nearside.signal('add_to_cart'))
    const carts = async () =>
      (await api(second, nearside => nearside.exportData()))?.features.find(({ name }) => name === 'cart_adds')?.value
    await expect.poll(carts).toBe(2)
    // Nothing less, but a newer decision all the same: the second tab stops, and goes on under it.
    await api(first, nearside => nearside.withdraw('measurement'))
    const known = () => api(second, nearside => nearside.exportData())
    await expect.poll(async () => (await known())?.decision?.seq).toBe(2)
    await api(second, nearside => nearside.signal('add_to_cart'))
    await expect.poll(carts).toBe(3)
    expect((await known())?.signals.filter(({ kind }) => kind === 'page_view').length).toBe(2)
  })

  it('what is asked of a worker that another tab ends is answered: by the next one, or with null without a grant', async () => {
    const { first, second } = await twoTabs()
    const records = readFileSync(join(import.meta.dirname, '../../dist/sdk/nearside-records.js'))
    /** Asks the second tab's worker, which waits for what it would answer with. */
    const ask = async (): Promise<void> => {
      let held = false
      const asked = new Promise<void>(go => {
        site.route('/nearside/nearside-records.js', async () => {
          if (held) return { body: records }
          held = true
          go()
          return new Promise<never>(() => {})
        })
      })
      await second.evaluate('void (globalThis.answer = nearside.exportData())')
      await asked
    }
    await ask()
    await api(first, nearside => nearside.withdraw('measurement'))
    expect(await second.evaluate('answer.then(it => Object.keys(it.decision.grants))')).toEqual(['personalization'])
    await second.reload()
    await segmentOf(second, 'visit')
    await ask()
    await api(first, nearside => nearside.withdraw())
    expect(await second.evaluate('answer')).toBeNull()
  })

  it('whoever holds or steals a lock changes nothing: none is asked for', async () => {
    await visitor.addInitScript(() => {
      const forEver = () => new Promise<never>(() => {})
      void navigator.locks.request('nearside', { steal: true }, forEver).catch(() => {})
    })
    const { first, second } = await twoTabs()
    await api(first, nearside => nearside.signal('add_to_cart'))
    const carts = async () =>
      (await api(second, nearside => nearside.exportData()))?.features.find(({ name }) => name === 'cart_adds')?.value
    await expect.poll(carts).toBe(1)
    const { held, pending } = await second.evaluate(() => navigator.locks.query())
    expect([held?.map(({ name }) => name), pending]).toEqual([['nearside'], []])
    await api(first, nearside => nearside.withdraw())
    await expect.poll(() => kept(second, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
  })

  it('have one sender: what is due is sent once, however many tabs could', async () => {
    const counted = await startSdkSite()
    try {
      const tabs = await Promise.all(Array.from({ length: 4 }, () => visitor.newPage()))
      const [first, ...others] = tabs
      await first?.goto(`${counted.origin}/`)
      if (first) await answerBanner(first, 'accept')
      await Promise.all(others.map(tab => tab.goto(`${counted.origin}/p/pot`)))
      for (const tab of tabs) await segmentOf(tab, 'visit')
      const said = async () => (await api(tabs[0] as Page, nearside => nearside.exportData()))?.ledger ?? []
      const told = async (type: string) => (await said()).filter(({ event }) => event.type === type).length
      await expect
        .poll(async () => (await told('report')) > 1 && (await told('report')) === (await told('answer')))
        .toBe(true)
      const bodies = counted.received.map(({ body }) => body)
      expect(bodies.length).toBe(new Set(bodies).size)
      expect(bodies.length).toBe(await told('report'))
    } finally {
      await counted.close()
    }
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
