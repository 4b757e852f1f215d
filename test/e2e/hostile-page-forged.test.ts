// Scripts that forge what Nearside keeps or is told: what is malformed is denied, and nothing breaks.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { count, seed } from '../harness/size.ts'
import { button, GRANT, type HostileSite, pageWith, script, startHostileSite, visit } from './hostile-site.ts'

let site: HostileSite
beforeAll(async () => {
  site = await startHostileSite()
})
afterAll(() => site.close())

let served = 0
const serve = (html: string): string => site.page(`/forged/${++served}`, html)
const WITHDRAW = button('withdraw', 'nearside.withdraw()')

describe('a script that forges', () => {
  /** How often the page is told of the decision: more than once where the worker is asked, or what had run out is erased. */
  const malformed: [name: string, decision: unknown, told?: string][] = [
    ['no JSON', '{"v":1'],
    ['a list', []],
    ['a text of purposes', { ...GRANT, decision: 'all' }],
    ['a text of categories', { ...GRANT, decision: { personalization: 'browsing' } }],
    ['a purpose that there is not', { ...GRANT, decision: { everything: ['browsing'] } }, '2'],
    ['a category that there is not', { ...GRANT, decision: { personalization: ['everything'] } }, '2'],
    ['another version', { ...GRANT, v: 2 }],
    ['a broken count', { ...GRANT, seq: 1.5 }],
    ['no count', { ...GRANT, seq: 0 }],
    ['a day that is none', { ...GRANT, expires: '9999-99-99' }, '3'],
    ['a day gone by', { ...GRANT, expires: '2020-01-01' }, '3'],
    ['another notice', { ...GRANT, revision: 'other' }],
  ]
  const told = script(
    "window.nearside = { q: [['on', 'consent', () => { document.title = +document.title + 1 }]] }; document.title = 0",
  )
  for (const [name, decision, times = '1'] of malformed)
    it.concurrent(`${name} for a decision is denied: nothing is kept or shown`, async ({ expect }) => {
      const it = await visit(site, expect)
      await it.store('nearside', decision)
      await it.open(serve(pageWith(told)))
      await expect.poll(() => it.page.title()).toBe(times)
      expect(await it.shown.count()).toBe(0)
      expect((await it.keys()).filter(key => key !== 'nearside')).toEqual([])
      expect(await it.databases()).toEqual([])
      expect([it.lines, it.errors]).toEqual([[], []])
      await it.close()
    })

  it('messages: whatever is posted to the window or on our channel, the worst is that nothing more is noted', async ({
    expect,
  }) => {
    const flood =
      "const c = new BroadcastChannel('nearside'); for (const it of [null, 0, 1, 2, -1, 1e99, NaN, 'gone', '', [], {}, { seq: 9 }, new Map, new Error('x')]) { c.postMessage(it); postMessage(it, '*') } c.close()"
    const url = serve(pageWith('', button('flood', flood) + WITHDRAW))
    const it = await visit(site, expect)
    await it.open(url)
    await it.banner.waitFor()
    await it.press('flood')
    await it.silent()
    await it.store('nearside', GRANT)
    await it.open(url)
    await it.shown.waitFor({ state: 'attached' })
    await it.press('flood')
    await expect.poll(() => it.shown.count()).toBe(0)
    await it.open(url)
    await it.shown.waitFor({ state: 'attached' })
    await it.press('withdraw')
    await it.forgotten()
    expect([it.lines, it.errors]).toEqual([[], []])
    await it.close()
  })

  it('what pages keep, in any shape: no error, one line at most, and the next page works', async ({ expect }) => {
    const url = serve(pageWith(''))
    const it = await visit(site, expect)
    const word = fc.constantFrom(
      'needs',
      'segments',
      'tickets',
      'pages',
      'kind',
      'fields',
      'expose',
      'attribute',
      'signals',
      'page',
      'n',
      'visit',
      'browsing',
      'page_view',
      'toString',
    )
    const { any } = fc.letrec(tie => ({
      any: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        fc.double(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(word, tie('any'), { maxKeys: 4 }),
      ),
    }))
    const pageState = fc.record({ needs: any, segments: any, tickets: any }, { requiredKeys: [] })
    const snapshot = fc.record({
      needs: fc.array(any, { maxLength: 2 }),
      pages: fc.array(any, { maxLength: 2 }),
      sources: any,
      expose: fc.constant('attribute'),
    })
    const tail = fc.array(fc.record({ page: any, n: any, signals: fc.array(any, { maxLength: 3 }) }), { maxLength: 3 })
    const forged = fc.tuple(
      fc.oneof(any, pageState, fc.record({ needs: snapshot, segments: any })),
      fc.oneof(any, tail),
    )
    for (const [state, words] of fc.sample(forged, { seed, numRuns: count(2000, 12) })) {
      await it.store('nearside', GRANT)
      await it.store('nearside-page', state)
      await it.store('nearside-tail-1', words)
      await it.open(url)
      await expect.poll(async () => (await it.shown.count()) + it.lines.length).toBeGreaterThan(0)
      await it.page.evaluate('nearside.exportData()')
      const what = JSON.stringify([state, words])
      expect([what, it.lines.length < 2, it.errors]).toEqual([what, true, []])
      // Nor is one worker begun after another.
      expect(it.sent.filter(({ url }) => url.endsWith('nearside-worker.js')).length).toBeLessThan(3)
      await it.store('nearside', GRANT)
      await it.open(url)
      await it.shown.waitFor({ state: 'attached' })
    }
    await it.close()
  })
})
