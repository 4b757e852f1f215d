// What follows on the page from a decision: scripts run, tags are told, and what was kept for a purpose goes when it is taken back.
import { afterEach, describe, expect, it } from 'vitest'
import { answerBanner, api } from '../harness/sdk-site.ts'
import { type ConsentPage, html, openConsentPage } from './consent-page.ts'

let at: ConsentPage
afterEach(() => at.close())

const NONCE = 'r4nd0m'
const CSP = `script-src 'self' 'nonce-${NONCE}' 'strict-dynamic'; trusted-types nearside nearside-scripts; require-trusted-types-for 'script'`
const OWN = 'window.ran = []'
const marked = (purpose: string, rest: string, text = ''): string =>
  `<script type="text/plain" data-nearside-purpose="${purpose}" nonce="${NONCE}" ${rest}>${text}</script>`

const evaluate = <T>(act: string): Promise<T> => at.page.evaluate(act) as Promise<T>
const ran = (): Promise<string[]> => evaluate('window.ran')
const says = (word: string): string => `ran.push('${word}')`

describe('marked scripts', () => {
  const head = `<script nonce="${NONCE}">${OWN}</script>
${marked('measurement', 'src="/slow.js"')}${marked('measurement', '', says('inline'))}
${marked('personalization', '', says('personal'))}${marked('measurement', 'src="/module.js" data-type="module"')}
${marked('measurement', 'src="/async.js" async')}${marked('measurement', '', says('last'))}
${marked('advertising', '', says('never'))}${marked('measurement advertising', '', says('never both'))}
<script type="text/plain" data-nearside-purpose="measurement">${says('slipped in')}</script>`

  it('run once all of their purposes are granted, in order, under nonces and Trusted Types; none before, and none without a nonce', async () => {
    const { body, headers } = html(head)
    const served = {
      body: body.replaceAll(/<script (?=src|async)/g, `<script nonce="${NONCE}" `),
      headers: { ...headers, 'content-security-policy': CSP },
    }
    at = await openConsentPage(
      {},
      { '/page': served, '/module.js': says('module'), '/async.js': 'window.later = 1', '/slow.js': says('slow') },
    )
    const slow = new Promise<void>(go => setTimeout(go, 300))
    at.site.route('/slow.js', async () => {
      await slow
      return { body: says('slow'), headers: { 'content-type': 'text/javascript' } }
    })
    await at.page.locator('#nearside-consent').waitFor()
    expect(await ran()).toEqual([])
    expect(at.site.seen.map(({ path }) => path)).not.toContain('/slow.js')
    await answerBanner(at.page, 'accept')
    await expect.poll(ran).toEqual(['slow', 'inline', 'personal', 'module', 'last'])
    await at.page.waitForFunction(() => 'later' in window)
    // What is drawn later is found as well.
    await at.page.evaluate(
      ([nonce, text]) => {
        const it = document.createElement('script')
        Object.assign(it, { type: 'text/plain', nonce })
        it.dataset.nearsidePurpose = 'measurement'
        it.append(text as string)
        document.body.append(it)
      },
      [NONCE, says('drawn')],
    )
    await expect.poll(ran).toContain('drawn')
  })
})

describe('the rest of the page', () => {
  const consent = {
    consentMode: { personalization_storage: 'measurement' },
    dataLayer: true,
    clear: [
      { purpose: 'measurement', cookies: ['_ga*', 'exact'], storage: ['amp_*', 'nearside*'] },
      { purpose: 'measurement', cookies: ['deep'], path: '/page' },
      { purpose: 'measurement', cookies: ['wide'], domain: '.shop.localhost' },
    ],
  }
  const HEAD = `<script>window.heard = []; document.addEventListener('nearside:consent', it => heard.push(it.detail?.granted ?? null))
document.cookie = '_ga_X1=1; path=/'; document.cookie = 'exact=1; path=/'; document.cookie = 'exactly=1; path=/'
document.cookie = 'deep=1; path=/page'; document.cookie = 'wide=1; domain=shop.localhost'
localStorage.amp_1 = 1; sessionStorage.amp_2 = 1; localStorage.cart = 1</script>`
  const layer = (): Promise<unknown[]> => evaluate('dataLayer.map(it => it.event ? it : [...it])')
  const ALL = ['browsing', 'shopping']
  const BOTH = { personalization: ALL, measurement: ALL }

  it('is told at every change: Consent Mode, the data layer, an event; and what was kept for a purpose goes with it', async () => {
    at = await openConsentPage(consent, { '/page': html(HEAD) })
    await at.page.locator('#nearside-consent').waitFor()
    const types = (measurement: string) => ({
      ad_storage: 'denied',
      ad_user_data: 'denied',
      ad_personalization: 'denied',
      analytics_storage: measurement,
      functionality_storage: measurement,
      personalization_storage: measurement,
    })
    const start = ['consent', 'default', { ...types('denied'), wait_for_update: 500 }]
    await expect.poll(layer).toEqual([start])
    await answerBanner(at.page, 'accept')
    const yes = [['consent', 'update', types('granted')], { event: 'nearside_consent', nearside_consent: BOTH }]
    await expect.poll(layer).toEqual([start, ...yes])
    expect(await evaluate('heard')).toEqual([BOTH])
    expect(await evaluate('document.cookie')).toContain('_ga_X1')
    await api(at.page, nearside => nearside.withdraw())
    await expect
      .poll(async () => (await layer()).slice(3))
      .toEqual([['consent', 'update', types('denied')], { event: 'nearside_consent', nearside_consent: {} }])
    expect(await evaluate('heard')).toEqual([BOTH, {}])
    expect(await evaluate('document.cookie')).toBe('exactly=1')
    expect(await evaluate('[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()')).toEqual([
      'cart',
      'nearside',
    ])
    // Of a domain above its own, and of a path below, as the config says where they were set.
    await at.page.goto(`${at.site.origin.replace('localhost', 'shop.localhost')}/page`)
    const names = async () => (await evaluate<string>('document.cookie')).replaceAll('=1', '').split('; ').sort()
    expect(await names()).toEqual(['_ga_X1', 'deep', 'exact', 'exactly', 'wide'])
    await answerBanner(at.page, 'reject')
    await expect.poll(names).toEqual(['exactly'])
  })
})

describe('regions', () => {
  const consent = { optOut: { us: ['personalization'], 'us-ca': ['personalization', 'measurement'] } }
  const body = (region: string) =>
    html(
      '<script>document.addEventListener("nearside:consent", () => { window.told = true }); addEventListener("DOMContentLoaded", () => document.body.insertAdjacentHTML("beforeend", `<a href="/choices" data-nearside-choices>Your Privacy Choices</a><p hidden data-nearside-gpc>Honoured.</p>`))</script>',
      `data-nearside-region="${region}"`,
    )
  const ALL = ['browsing', 'shopping']
  const files = {
    '/page': body('US-CA'),
    '/tx': body('us-tx'),
    '/de': body('de'),
    '/off': html('', 'data-nearside-page="off"'),
  }
  const grants = (): Promise<object | null> => evaluate('window.nearside?.consent()?.granted ?? null')
  const go = (path: string) => at.page.goto(at.site.origin + path)

  it('hold what the site says of them until the visitor objects; elsewhere all is asked; a page that is off has nothing', async () => {
    at = await openConsentPage(consent, files)
    await expect.poll(grants).toEqual({ personalization: ALL, measurement: ALL })
    expect(await at.asked()).toBe(0)
    await go('/tx')
    await expect.poll(grants).toEqual({ personalization: ALL })
    await go('/off')
    await evaluate('new Promise(go => setTimeout(go, 300))')
    expect(await evaluate('document.documentElement.getAttributeNames()')).toEqual(['lang', 'data-nearside-page'])
    expect(await grants()).toBeNull()
    await go('/page')
    await at.page.waitForFunction(() => 'told' in window)
    await at.page.getByText('Your Privacy Choices').click()
    await at.page.locator('[data-does=withdraw]').click()
    await expect.poll(grants).toEqual({})
    await go('/tx')
    await at.page.waitForFunction(() => 'told' in window)
    expect(await grants()).toEqual({})
    expect(await at.asked()).toBe(0)
  })

  it('in which the browser’s signal is honoured, and that is said; elsewhere the banner asks', async () => {
    at = await openConsentPage(consent, files, true)
    await expect.poll(grants).toEqual({ personalization: ALL })
    await at.page.getByText('Honoured.').waitFor()
    await evaluate('localStorage.clear()')
    await go('/de')
    await at.page.locator('#nearside-consent').waitFor()
    expect(await grants()).toBeNull()
  })
})
