// A no holds at once, whatever else is going on: late files, dead workers, other tabs, a key that somebody cleared.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerBanner, api, kept, openChoices, segmentOf } from '../harness/sdk-site.ts'
import { startVisit, type Visit } from '../harness/visit.ts'

let { site, visitor, page, close } = {} as Visit
beforeEach(async () => {
  ;({ site, visitor, page, close } = await startVisit())
})
afterEach(() => close())

const REFUSED = { keys: ['nearside'], cookies: [], databases: [] }

const granted = async (path = '/'): Promise<void> => {
  await page.goto(site.origin + path)
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit')
}
const reported = () => expect.poll(() => site.received.filter(({ path }) => path === '/v1/reports').length).toBe(2)
const erasures = () => site.received.filter(({ path }) => path === '/v1/erasures').length

describe('a no', () => {
  it('in a tab whose banner was still open takes back the yes of another', async () => {
    await page.goto(`${site.origin}/`)
    const other = await visitor.newPage()
    await other.goto(`${site.origin}/p/pot`)
    await other.locator('#nearside-consent').waitFor()
    await answerBanner(page, 'accept')
    await reported()
    await answerBanner(other, 'reject')
    await expect.poll(() => kept(other, visitor)).toEqual(REFUSED)
    await expect.poll(() => api(page, nearside => nearside.segments())).toEqual({})
    await expect.poll(erasures).toBe(2)
  })

  it('reaches the database although the site cleared the key', async () => {
    await granted()
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await answerBanner(page, 'reject')
    await expect.poll(() => kept(page, visitor)).toEqual(REFUSED)
  })

  it('does not wait for a config that is late', async () => {
    await granted()
    let serve = (): void => {}
    const late = new Promise<void>(go => {
      serve = go
    })
    site.route('/nearside.json', async () => {
      await late
      return { body: site.config }
    })
    await page.goto(`${site.origin}/p/pot`)
    await api(page, nearside => void nearside.withdraw())
    expect(await api(page, nearside => nearside.consent())).toMatchObject({ granted: {} })
    expect(await page.evaluate(() => JSON.parse(localStorage.getItem('nearside') ?? '{}').decision)).toEqual({})
    await expect.poll(() => kept(page, visitor)).toEqual(REFUSED)
    serve()
  })

  it('does not need a worker', async () => {
    await granted()
    site.route('/nearside/nearside-worker.js', { status: 404 })
    await page.goto(`${site.origin}/p/pot`)
    await api(page, nearside => nearside.withdraw())
    await expect.poll(() => kept(page, visitor)).toEqual(REFUSED)
  })

  it('of two tabs at once leaves nothing, and both are told when it is done', async () => {
    await granted()
    const other = await visitor.newPage()
    await other.goto(`${site.origin}/p/pot`)
    await segmentOf(other, 'visit')
    await Promise.all([page, other].map(tab => api(tab, nearside => nearside.withdraw())))
    await expect.poll(() => kept(page, visitor)).toEqual(REFUSED)
  })

  it('to measurement alone asks the collector to forget, and keeps the segments', async () => {
    await granted()
    await reported()
    await api(page, nearside => nearside.withdraw('measurement'))
    await expect.poll(erasures).toBe(2)
    await expect.poll(() => site.counts()).toEqual([])
    expect(await segmentOf(page, 'visit')).toMatch(/^v[1-7]$/)
    expect((await api(page, nearside => nearside.consent()))?.granted.measurement ?? []).toEqual([])
  })
})

describe('a yes', () => {
  it('stands although the visitor leaves before the worker has answered', async () => {
    site.route('/nearside/model.json', () => new Promise(() => {}))
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    await page.goto(`${site.origin}/p/pot`)
    expect((await api(page, nearside => nearside.consent()))?.granted).toHaveProperty('personalization')
    expect(await page.locator('#nearside-consent').count()).toBe(0)
  })

  it('is not undone by other keys that the site writes meanwhile', async () => {
    const other = await visitor.newPage()
    await other.goto(`${site.origin}/quiet`)
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'accept')
    await other.evaluate(() => localStorage.setItem('host', 'busy'))
    await segmentOf(page, 'visit', 'v1')
  })

  it('that grows in one tab goes on in the other', async () => {
    await page.goto(`${site.origin}/`)
    await answerBanner(page, 'settings')
    await page.locator('[data-purpose=personalization]').check()
    await page.locator('[data-category=browsing]').check()
    await answerBanner(page, 'save')
    await segmentOf(page, 'visit')
    const other = await visitor.newPage()
    await other.goto(`${site.origin}/p/pot`)
    await segmentOf(other, 'visit')
    await openChoices(page)
    await answerBanner(page, 'accept')
    await reported()
    for (const tab of [page, other]) {
      await expect.poll(() => api(tab, nearside => nearside.consent()?.granted.measurement)).toContain('browsing')
      await segmentOf(tab, 'visit')
    }
  })
})
