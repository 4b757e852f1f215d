// The browser's opt-out signal: measurement stays denied without a write, until the visitor says otherwise with the signal on.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { answerBanner, api, asPage, kept, segmentOf } from '../harness/sdk-site.ts'
import { startVisit, type Visit } from '../harness/visit.ts'

let { site, visitor, page, close } = {} as Visit
beforeEach(async () => {
  ;({ site, visitor, page, close } = await startVisit())
})
afterEach(() => close())

const worker = readFileSync(join(import.meta.dirname, '../../dist/sdk/nearside-worker.js'), 'utf8')
/** Chromium has no such setting: page and worker are told at their heads what a browser that has it would say. */
const GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true });"

const visit = async (signal: boolean, inWorker = signal): Promise<void> => {
  const said = signal ? GPC : ''
  site.route('/nearside/nearside-worker.js', {
    body: (inWorker ? GPC : '') + worker,
    headers: { 'content-type': 'text/javascript' },
  })
  site.route(
    '/',
    asPage(`<!doctype html><html lang="en"><head><title>shop</title><script>${said}</script>
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head><body><h1>shop</h1></body></html>`),
  )
  await page.goto(`${site.origin}/`)
}
const granted = (): Promise<object | undefined> => api(page, nearside => nearside.consent()?.granted)
const inKey = (): Promise<string | null> => page.evaluate(() => localStorage.getItem('nearside'))
type Page = Window & typeof globalThis & { nearside: Nearside }
const reports = (): number => site.received.filter(({ path }) => path === '/v1/reports').length
const decisions = (): Promise<number | undefined> =>
  api(page, async nearside => {
    const access = await nearside.exportData()
    return access?.ledger.filter(({ event }) => event.type === 'decision').length
  })
const silent = (): Promise<boolean[] | undefined> =>
  api(page, async nearside => (await nearside.previewReport())?.map(it => it.silent))
const ALL = ['browsing', 'shopping']
const BOTH = { personalization: ALL, measurement: ALL }

describe('Global Privacy Control', () => {
  it('denies what was granted before it, writes nothing for it, and ends with it', async () => {
    // Its segments have to hold longer than the first page lasts.
    site.route('/nearside.json', site.config.replace('"stable":300', '"stable":1000'))
    await visit(false)
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    const before = await inKey()
    await visit(true)
    await segmentOf(page, 'visit')
    expect(await granted()).toEqual({ personalization: ALL })
    expect(await silent()).toEqual([true, true])
    // Longer than a report would have waited: each look of the worker at what is due is an answer to a call.
    const until = Date.now() + 1500
    while (Date.now() < until) expect(await decisions()).toBe(1)
    expect(await inKey()).toBe(before)
    expect(reports()).toBe(0)
    await visit(false)
    expect(await granted()).toEqual(BOTH)
    expect(await silent()).toEqual([false, false])
    await expect.poll(reports).toBe(2)
    expect(await decisions()).toBe(1)
  })

  it('is honoured where pages alone are told of it, as by an extension; and a pause under it takes nothing back', async () => {
    await visit(false)
    await answerBanner(page, 'accept')
    await segmentOf(page, 'visit')
    const before = await inKey()
    await visit(true, false)
    await segmentOf(page, 'visit')
    expect(await granted()).toEqual({ personalization: ALL })
    expect(await silent()).toEqual([true, true])
    expect(await decisions()).toBe(1)
    expect(await inKey()).toBe(before)
    for (const paused of [true, false]) await page.evaluate(it => (window as Page).nearside.pause(it), paused)
    await visit(false)
    await segmentOf(page, 'visit')
    expect(await granted()).toEqual(BOTH)
    const told = await api(page, async nearside => {
      const access = await nearside.exportData()
      return access?.ledger.flatMap(({ event }) => (event.type === 'decision' ? [event.grants] : []))
    })
    expect(told).toEqual([BOTH, BOTH, BOTH])
  })

  it('is said in the banner; an explicit choice after it counts', async () => {
    await visit(true)
    await page.getByText('opt-out signal is honoured').waitFor()
    expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
    await answerBanner(page, 'accept')
    await expect.poll(reports).toBe(2)
    await visit(true)
    expect(await granted()).toEqual(BOTH)
  })
})
