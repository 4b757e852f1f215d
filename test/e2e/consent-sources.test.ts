// Where another consent manager asks: nothing before its answer, all of it in the tick of its answer, and what is unclear is a no.
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Nearside } from '../../sdk/api.ts'
import { api, openChoices, segmentOf } from '../harness/sdk-site.ts'
import { type ConsentPage, html, iabCode, openConsentPage } from './consent-page.ts'

let iab: string
let at: ConsentPage

beforeAll(async () => {
  iab = await iabCode()
})
afterEach(() => at.close())

const NOTHING = { keys: [], cookies: [], databases: [] }
const REFUSED = { keys: ['nearside'], cookies: [], databases: [] }

/** The stub that the IAB asks for, before any of our tags; and the manager itself. */
const TCF = `<script>(() => { const calls = []; window.__tcfapi = (...call) => call.length ? void calls.push(call) : calls })()</script>
<script src="/iab.js" type="module"></script><script type="module">window.cmp = iab.tcf()
const before = new URLSearchParams(location.search).get('before'); if (before) cmp.answer(JSON.parse(before))</script>`
const GPP = '<script src="/iab.js" type="module"></script><script type="module">window.cmp = iab.gpp()</script>'

const open = async (consent: object, head: string, attributes?: string): Promise<void> => {
  at = await openConsentPage(consent, { '/page': html(head, attributes), '/iab.js': iab })
  await at.listening()
  await at.page.waitForFunction(() => 'cmp' in window)
}

const ALL = ['browsing', 'shopping']
const BOTH = { personalization: ALL, measurement: ALL }

describe('TCF, answered by the IAB’s own code', () => {
  it('is followed in the tick of each answer, from nothing to all and back to nothing', async () => {
    await open({ source: 'tcf' }, TCF)
    expect(await at.granted('cmp.ask([1, 5, 6, 9])')).toBeNull()
    expect(await at.kept()).toEqual(NOTHING)
    expect(await at.granted('cmp.answer([1, 5, 6])')).toEqual({ personalization: ALL })
    await segmentOf(at.page, 'visit')
    expect(at.site.received).toEqual([])
    expect(await at.granted('cmp.answer([1, 5, 6, 9])')).toEqual(BOTH)
    await expect.poll(() => at.site.received.length).toBeGreaterThan(0)
    expect(await at.granted('cmp.answer([1, 9])')).toEqual({ measurement: ALL })
    expect(await at.granted('cmp.answer([2, 3])')).toEqual({})
    await expect.poll(at.kept).toEqual(REFUSED)
    // To whom the law does not apply there is nothing to read a yes from.
    expect(await at.granted('cmp.answer([1, 5, 6]); cmp.answer(null)')).toEqual({})
    expect(await at.asked()).toBe(0)
  })

  it('is waited for on every page: nothing is shown or noted before it has said the same again', async () => {
    await open({ source: 'tcf' }, TCF)
    await at.granted('cmp.answer([1, 5, 6])')
    await segmentOf(at.page, 'visit')
    const decision = (): Promise<string | null> => at.page.evaluate(() => localStorage.getItem('nearside'))
    const shown = (): Promise<string | null> =>
      at.page.evaluate(() => document.documentElement.getAttribute('data-nearside-visit'))
    await expect.poll(shown).toMatch(/^v/)
    const before = await decision()
    await at.page.reload()
    await at.listening()
    expect(await at.granted('cmp.ask([1, 5, 6])')).toBeNull()
    expect(await shown()).toBeNull()
    expect(await at.granted('cmp.answer([1, 5, 6])')).toEqual({ personalization: ALL })
    expect(await decision()).toBe(before)
    await expect.poll(shown).toMatch(/^v/)
    // Taken back here, it stays so on the next page, although the other still says yes.
    await api(at.page, (nearside: Nearside) => nearside.withdraw())
    await at.page.goto(`${at.site.origin}/page?before=[1,5,6]`)
    await at.listening()
    expect(await at.granted()).toEqual({})
    expect(await at.granted('cmp.answer([1, 5, 6, 9])')).toEqual(BOTH)
  })
})

describe('GPP, answered by the IAB’s own code', () => {
  const policy = { source: 'gpp', optOut: { us: ['personalization', 'measurement'] } }
  const free = '{ SaleOptOut: 2, SharingOptOut: 2 }'

  it('holds where the site says so, until the visitor objects; elsewhere it is no yes', async () => {
    await open(policy, GPP)
    expect(await at.granted('cmp.ask()')).toBeNull()
    expect(await at.granted(`cmp.answer('usca', 8, ${free})`)).toEqual(BOTH)
    expect(await at.granted("cmp.answer('usca', 8, { SaleOptOut: 1 })")).toEqual({})
    expect(await at.granted(`cmp.answer('usca', 8, ${free})`)).toEqual(BOTH)
    // Not asked is not answered.
    expect(await at.granted("cmp.answer('usca', 8, { SharingOptOut: 0 })")).toEqual({})
    expect(await at.granted(`cmp.answer('usca', 8, ${free}); cmp.answer('tcfcav1', 5, {})`)).toEqual({})
    expect(await at.asked()).toBe(0)
  })
})

/** Stand-ins, which follow the globals that each documents; not its own code, which only its own servers give out. */
const ONETRUST = `<script>window.cmp = { closed: false, changed: [], answer(groups) { this.closed = true
window.OnetrustActiveGroups = groups; dispatchEvent(new Event('OneTrustGroupsUpdated')); this.changed.forEach(it => it()) } }
window.OnetrustActiveGroups = ',C0001,C0002,C0003,'
window.OneTrust = { IsAlertBoxClosed: () => cmp.closed, OnConsentChanged: it => cmp.changed.push(it),
ToggleInfoDisplay: () => { cmp.opened = true } }</script>`
const COOKIEBOT = `<script>window.cmp = { answer(method, consent) { Object.assign(Cookiebot, { hasResponse: true,
consent: { necessary: true, preferences: false, statistics: false, marketing: false, ...consent, method } })
for (const it of ['ConsentReady', 'Accept']) dispatchEvent(new Event('CookiebotOn' + it)) } }
window.Cookiebot = { hasResponse: false, consent: { necessary: true, preferences: false, statistics: false, marketing: false, method: null } }</script>`
const GTAG = `<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments) }
gtag('consent', 'default', { personalization_storage: 'granted', functionality_storage: 'granted', analytics_storage: 'granted' })
window.cmp = { answer: types => gtag('consent', 'update', types) }</script>`

describe('another manager, by the globals that it documents', () => {
  it('OneTrust: its groups count once its notice is closed', async () => {
    await open({ source: 'onetrust', mapping: { 'measurement.shopping': ['C0002', 'C0009'] } }, ONETRUST)
    expect(await at.granted("dispatchEvent(new Event('OneTrustGroupsUpdated'))")).toBeNull()
    expect(await at.kept()).toEqual(NOTHING)
    const measured = { personalization: ALL, measurement: ['browsing'] }
    expect(await at.granted("cmp.answer(',C0001,C0002,C0003,')")).toEqual(measured)
    expect(await at.granted("cmp.answer(',C0001,C0003,C0004,')")).toEqual({ personalization: ALL })
    expect(await at.granted('cmp.answer(undefined)')).toEqual({})
    // Whoever wants to choose anew in the privacy centre is led to where the choice is made.
    await openChoices(at.page)
    await expect.poll(() => at.page.evaluate('cmp.opened')).toBe(true)
    expect(await at.asked()).toBe(0)
  })

  it('Cookiebot: what it takes for granted is no yes', async () => {
    await open({ source: 'cookiebot' }, COOKIEBOT)
    expect(await at.granted("cmp.answer('implied', { preferences: true, statistics: true })")).toBeNull()
    expect(await at.kept()).toEqual(NOTHING)
    expect(await at.granted("cmp.answer('explicit', { preferences: true, statistics: true })")).toEqual(BOTH)
    expect(await at.granted("cmp.answer('explicit', { statistics: true })")).toEqual({ measurement: ALL })
    expect(await at.granted("cmp.answer('explicit', {})")).toEqual({})
  })

  it('Consent Mode: a default is nobody’s answer, an update is', async () => {
    await open({ source: 'consent-mode', consentMode: {} }, GTAG)
    expect(await at.granted()).toBeNull()
    expect(await at.granted("cmp.answer({ analytics_storage: 'granted' })")).toEqual({ measurement: ALL })
    const both = "{ personalization_storage: 'granted', functionality_storage: 'granted' }"
    expect(await at.granted(`cmp.answer(${both})`)).toEqual(BOTH)
    expect(await at.granted("cmp.answer({ analytics_storage: 'denied' })")).toEqual({ personalization: ALL })
    // It is not told what it said itself.
    const pushed = await at.page.evaluate(() => (window as unknown as { dataLayer: unknown[] }).dataLayer.length)
    expect(pushed).toBe(4)
  })
})

describe('a manager that is none', () => {
  it('answers nonsense, throws, or never comes: nothing is noted, the page is untouched; one that comes late is heard', async () => {
    const errors: string[] = []
    at = await openConsentPage({ source: 'tcf' }, { '/page': html(''), '/iab.js': iab })
    at.page.on('pageerror', error => errors.push(error.message))
    await at.listening()
    expect(await at.kept()).toEqual(NOTHING)
    expect(await at.granted('window.__tcfapi = (...call) => { window.hear = call[2] }')).toBeNull()
    await at.page.waitForFunction(() => 'hear' in window)
    const traps = [
      'undefined, undefined',
      'null, true',
      '{ eventStatus: "tcloaded", gdprApplies: true }, true',
      '{ eventStatus: "tcloaded", gdprApplies: true, publisher: { consents: { 1: 1, 5: "true", 6: {} }, customPurpose: { consents: {} } } }, true',
      'new Proxy({}, { get() { throw new Error("trap") } }), true',
    ]
    for (const trap of traps) expect(await at.granted(`hear(${trap})`)).toBeNull()
    expect(await at.kept()).toEqual(NOTHING)
    const yes = '{ 1: true, 5: true, 6: true }'
    const sound = `{ eventStatus: "tcloaded", gdprApplies: true, publisher: { consents: ${yes}, customPurpose: { consents: {} } } }, true`
    expect(await at.granted(`hear(${sound})`)).toEqual({ personalization: ALL })
    await segmentOf(at.page, 'visit')
    expect(await at.granted(`hear(${traps[4]})`)).toEqual({})
    await expect.poll(at.kept).toEqual(REFUSED)
    expect(errors).toEqual([])
  })
})
