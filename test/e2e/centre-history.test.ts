// The privacy centre over a long history, and over one that it cannot read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { press } from '../harness/keyboard.ts'
import { kept } from '../harness/sdk-site.ts'
import { count } from '../harness/size.ts'
import { CENTRE, type CentreVisit, fill, openCentre, startCentreVisit, turnTo } from './centre-site.ts'

let visitor: CentreVisit
beforeAll(async () => {
  visitor = await startCentreVisit()
})
afterAll(() => visitor.close())

describe('a long history, and one that cannot be read', () => {
  const DAY_MS = 86_400_000
  const ORDERS = count(20_000, 2000)

  it('is shown some days and some notes at a time', async () => {
    const { page, does } = visitor
    await fill(page)
    await page.evaluate(
      ([n, day]) => {
        const { nearside } = window as unknown as { nearside: Nearside }
        const past = (i: number): number => Date.now() - 60_000 - (i % 200) * (day as number)
        const orders = Array.from({ length: n as number }, (_, i) => ({
          ...{ id: `o${i}`, kind: 'purchase', at: past(i), value: 100, currency: 'EUR', quantity: 1 },
        }))
        return nearside.hydrate(orders)
      },
      [ORDERS, DAY_MS],
    )
    await openCentre(page)
    await turnTo(page, 'kept')
    const days = page.locator(`${CENTRE} .ns-day`)
    expect(await days.count()).toBe(10)
    const top = () => page.locator(`${CENTRE} [role=tabpanel]`).evaluate(it => it.scrollTop)
    await does('days').scrollIntoViewIfNeeded()
    const before = await top()
    await does('days').click()
    expect(await days.count()).toBe(20)
    expect(await top(), 'whoever asks for more stays where that was asked for').toBe(before)
    expect(before).toBeGreaterThan(0)
    await press(page, does('day').nth(1))
    expect(await page.locator(`${CENTRE} .ns-note`).count()).toBeLessThanOrEqual(41)
    expect(await page.locator(`${CENTRE} *`).count()).toBeLessThan(1000)
  })

  it('is said in words, and everything can be deleted all the same', async () => {
    const { site, page, heard, does, heading } = visitor
    site.route('/nearside/nearside-records.js', { status: 404, body: '' })
    await page.reload()
    await openCentre(page)
    expect(await heading().textContent()).toBe('What is kept could not be read')
    await press(page, does('ask'))
    await press(page, does('erase'))
    await expect.poll(() => heading().textContent()).toBe('Everything is gone')
    expect((await kept(page, page.context())).databases).toEqual([])
    // The browser's own line for the file that is not there.
    expect(heard.splice(0).every(line => line.includes('404'))).toBe(true)
  })
})
