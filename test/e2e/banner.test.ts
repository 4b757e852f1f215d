// The first layer: it asks everybody in the same way, keeps nobody from the page, and leaves nothing behind.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerBanner, openChoices, type SdkSite } from '../harness/sdk-site.ts'
import { BANNER, meet, startBannerSite } from './banner-site.ts'

let site: SdkSite
let page: Page
beforeAll(async () => {
  site = await startBannerSite()
})
afterAll(() => site.close())
beforeEach(async () => {
  page = await meet(site)
})
afterEach(() => page.context().close())

const focused = (): Promise<string> =>
  page.evaluate(() => {
    const it = document.activeElement as HTMLElement
    return it.dataset.nearside ?? (it.id || it.tagName)
  })

describe('the first layer', () => {
  it('says who, what for, what and how long before it asks, in at most 15 nodes', async () => {
    const nodes = await page.locator(BANNER).evaluate(it => it.querySelectorAll('*').length + 1)
    expect(nodes).toBeLessThanOrEqual(15)
    const text = (await page.locator(BANNER).allInnerTexts()).join()
    const order = [
      'Fernhollow',
      'What for',
      'Fit this site to you',
      'Count groups',
      'advertising',
      'What is noticed',
      'Browsing, Shopping. Kept for 30 days',
      'Answers. Kept for 90 days',
      'Account. Kept for 1 day ',
      'in 6 months',
      'Accept all',
      'Reject all',
      'Choose',
    ]
    const places = order.map(words => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('offers yes, no and a choice alike: of one size and one style', async () => {
    const looks = await page.locator(`${BANNER} button`).evaluateAll(all =>
      (all as HTMLElement[]).map(it => {
        // Ratios of 1.00: thirds of a width differ by a sixty-fourth of a pixel.
        const [width, height] = [it.offsetWidth, it.offsetHeight]
        const { color, backgroundColor, borderColor, borderWidth, fontSize, fontWeight, textDecoration, opacity } =
          getComputedStyle(it)
        return JSON.stringify({
          width,
          height,
          color,
          backgroundColor,
          borderColor,
          borderWidth,
          fontSize,
          fontWeight,
          textDecoration,
          opacity,
        })
      }),
    )
    expect(looks).toHaveLength(3)
    expect(new Set(looks).size).toBe(1)
  })

  it('is one Tab away, stays at Esc, and keeps nobody from the page', async () => {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('#nearside-consent') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.locator(BANNER).count()).toBe(1)
    for (const expected of ['accept', 'reject', 'settings', 'link', 'privacy']) {
      await page.keyboard.press('Tab')
      expect(await focused()).toBe(expected)
    }
    await page.locator('#link').click()
    expect(new URL(page.url()).hash).toBe('#more')
    expect(
      await page.locator(`${BANNER}, dialog`).evaluateAll(all => all.map(it => it.getAttribute('aria-modal'))),
    ).toEqual([null])
  })

  it('speaks up once: its heading is said anew when screen readers listen, and nothing else is', async () => {
    await page.reload()
    const said = await page.evaluate(async () => {
      const { nearside } = window as unknown as { nearside?: unknown }
      const spoken: string[] = []
      new MutationObserver(changes => {
        for (const { target, addedNodes } of changes)
          if ((target as Element).closest?.('[aria-live=polite]'))
            for (const it of addedNodes) spoken.push(it.textContent ?? '')
      }).observe(document.documentElement, { childList: true, characterData: true, subtree: true })
      await new Promise(go => setTimeout(go, 1000))
      return {
        spoken,
        live: [...document.querySelectorAll('[aria-live=polite]')].map(it => it.tagName),
        nearside: typeof nearside,
      }
    })
    expect(said).toMatchObject({ spoken: ['May Fernhollow get to know your visit?'], live: ['H2'] })
  })

  it('is a named landmark in the accessibility tree, with a heading, a list and three buttons', async () => {
    expect(await page.locator(BANNER).ariaSnapshot()).toMatch(
      /^- region "Your privacy":\n {2}- heading "May Fernhollow get to know your visit\?" \[level=2\]\n {2}- paragraph: [^\n]*\n {2}- list:\n( {4}- listitem: [^\n]*\n){4}( {2}- paragraph: [^\n]*\n)*( {2}- paragraph:\n {4}- text: [^\n]*\n {4}- link "Privacy notice":\n[^\n]*\n)? {2}- button "Accept all"\n {2}- button "Reject all"\n {2}- button "Choose"$/,
    )
  })

  it('gives the focus back and leaves nothing in the page, whichever way it is answered', async () => {
    for (const act of ['accept', 'reject'] as const) {
      await page.locator('#privacy').focus()
      await page.locator(`[data-nearside=${act}]`).focus()
      await page.keyboard.press('Enter')
      expect(await focused()).toBe('privacy')
      const left = await page.evaluate(() => ({
        ours: document.querySelectorAll('#nearside-consent, [class^=n-], dialog').length,
        outside: [...document.documentElement.children].map(it => it.tagName),
        sheets: document.adoptedStyleSheets.length,
        body: document.body.innerHTML.includes('<h1>Shop</h1>'),
      }))
      expect(left).toEqual({ ours: 0, outside: ['HEAD', 'BODY'], sheets: 0, body: true })
      await page.evaluate(() => localStorage.clear())
      await page.reload()
      await page.locator(BANNER).waitFor()
    }
  })

  it('takes the words of the config before its own, and another language where it has none', async () => {
    site.route(
      '/nearside.json',
      site.config.replace('"v":1', '"v":1,"words":{"en":{"reject":"No, nothing"},"cy":{"reject":"Gwrthod"}}'),
    )
    site.route('/in/cy', {
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><html lang="cy"><title>Siop</title><script async src="/nearside/nearside.js" data-config="/nearside.json"></script><h1>Siop</h1>',
    })
    await page.reload()
    expect(await page.locator('[data-nearside=reject]').textContent()).toBe('No, nothing')
    await page.goto(`${site.origin}/in/cy`)
    expect(await page.locator('[data-nearside=reject]').textContent()).toBe('Gwrthod')
    expect(await page.locator(BANNER).getAttribute('lang')).toBe('cy')
    site.route('/nearside.json', site.config)
  })

  it('opens the second layer for a visitor who asks for it later, looking the same, and goes again without a trace', async () => {
    await answerBanner(page, 'reject')
    await page.locator('#privacy').focus()
    const looks = (): Promise<string> =>
      page.locator(`${BANNER} dialog`).evaluate(it => {
        const parts = [it, ...it.querySelectorAll('fieldset, label, input, table')]
        return parts.map(each => [getComputedStyle(each).display, each.getBoundingClientRect().width].join()).join()
      })
    await openChoices(page)
    await page.locator(`${BANNER} dialog`).waitFor()
    const later = await looks()
    await page.keyboard.press('Escape')
    await page.locator(BANNER).waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0)
    await page.evaluate(() => localStorage.clear())
    await page.reload()
    await page.locator(`${BANNER} [data-nearside=settings]`).click()
    await page.locator(`${BANNER} dialog`).waitFor()
    expect(later).toBe(await looks())
  })

  it('leaves a small button, where the page wants one: it opens the choices, and goes with the choice', async () => {
    const html =
      '<!doctype html><html lang="de"><title>Shop</title><script type="module" src="/nearside/nearside-reopen.js"></script><script async src="/nearside/nearside.js" data-config="/nearside.json"></script><h1>Shop</h1>'
    site.route('/in/reopen', { headers: { 'content-type': 'text/html' }, body: html })
    await page.goto(`${site.origin}/in/reopen`)
    await page.locator(BANNER).waitFor()
    expect(await page.locator('#nearside-reopen').count()).toBe(0)
    await answerBanner(page, 'reject')
    await page.getByRole('button', { name: 'Privatsphäre' }).click()
    await page.locator('dialog').waitFor()
    await page.keyboard.press('Escape')
    expect(await focused()).toBe('nearside-reopen')
    await page.evaluate(() => (window as unknown as { nearside: { erase(): Promise<void> } }).nearside.erase())
    await page.locator('#nearside-reopen').waitFor({ state: 'detached' })
  })
})
