// The page's style cannot break the banner, the banner's cannot leak into the page, and no policy is hurt. In any light, at any width.
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_CSS } from '../harness/hostile-css.ts'
import { asPage, type SdkSite } from '../harness/sdk-site.ts'
import { BANNER, EVERYTHING, meet, openSettings, startBannerSite } from './banner-site.ts'

let site: SdkSite
beforeAll(async () => {
  site = await startBannerSite({ langs: ['en', 'ar', 'de'] })
  for (const [name, css] of Object.entries({ plain: '', ...HOSTILE_CSS }))
    site.route(
      `/in/${encodeURIComponent(name)}`,
      asPage(`<!doctype html><html lang="en"><title>Shop</title><style>${css}</style>
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script><body><h1>Shop</h1><p>Words</p><div id="cover"></div>`),
    )
})
afterAll(() => site.close())

/** How each of our elements looks and lies. */
const looks = (page: Page): Promise<string[]> =>
  page.locator(`${BANNER}, ${BANNER} *`).evaluateAll(all =>
    all.map(it => {
      const { x, y, width, height } = it.getBoundingClientRect()
      const { color, backgroundColor, font, display, textAlign, opacity, visibility } = getComputedStyle(it)
      return [
        it.tagName,
        ...[x, y, width, height].map(Math.round),
        color,
        backgroundColor,
        font,
        display,
        textAlign,
        opacity,
        visibility,
      ].join(' ')
    }),
  )

const inFront = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [...document.querySelectorAll('#nearside-consent button')].every(it => {
      const { x, y, width, height } = it.getBoundingClientRect()
      return document.elementFromPoint(x + width / 2, y + height / 2) === it
    }),
  )

const both = async (page: Page): Promise<string[][]> => {
  const first = await looks(page)
  await openSettings(page)
  await page.locator('summary').evaluateAll(all => all.forEach(it => (it as HTMLElement).click()))
  return [first, await looks(page)]
}

describe("the page's style", () => {
  it('changes nothing of either layer, and covers neither', async () => {
    const plain = await meet(site, {}, 'plain')
    const wanted = await both(plain)
    await plain.context().close()
    for (const name of Object.keys(HOSTILE_CSS)) {
      const page = await meet(site, {}, encodeURIComponent(name))
      expect(await inFront(page), name).toBe(true)
      expect(await both(page), name).toEqual(wanted)
      expect(await inFront(page), name).toBe(true)
      await page.context().close()
    }
  })

  it('is not touched by ours: with the banner or without, the page looks the same', async () => {
    const page = await meet(site)
    const theirs = () =>
      page
        .locator('html, body, main, main *')
        .evaluateAll(all =>
          all.map(it =>
            JSON.stringify([
              it.tagName,
              [...getComputedStyle(it)].map(name => getComputedStyle(it).getPropertyValue(name)),
            ]),
          ),
        )
    const during = await theirs()
    await page.locator('[data-nearside=reject]').click()
    expect(await theirs()).toEqual(during)
    await page.context().close()
  })
})

describe('a dozen custom properties', () => {
  it('theme both layers', async () => {
    site.route(
      '/in/themed',
      asPage(`<!doctype html><html lang="en"><title>Shop</title><style>:root {
      --nearside-accent: rgb(1, 2, 3); --nearside-background: rgb(4, 5, 6); --nearside-text: rgb(7, 8, 9); --nearside-quiet: rgb(10, 11, 12); --nearside-line: rgb(13, 14, 15);
      --nearside-font: serif; --nearside-size: 18px; --nearside-radius: 3px; --nearside-width: 600px; --nearside-shadow: none; --nearside-button: rgb(16, 17, 18); --nearside-button-text: rgb(19, 20, 21) }</style>
      <script async src="/nearside/nearside.js" data-config="/nearside.json"></script><h1>Shop</h1>`),
    )
    const page = await meet(site, {}, 'themed')
    const style = (selector: string, name: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((it, of) => getComputedStyle(it).getPropertyValue(of), name)
    const seen = async (panel: string) => [
      await style(`${BANNER} button`, 'border-top-color'),
      await style(panel, 'background-color'),
      await style(`${BANNER} h2`, 'color'),
      await style(`${BANNER} p`, 'color'),
      await style(`${BANNER} p`, 'font-family'),
      await style(`${BANNER} p`, 'font-size'),
      await style(`${BANNER} button`, 'border-top-left-radius'),
      await style(panel, 'box-shadow'),
      await style(`${BANNER} button`, 'background-color'),
      await style(`${BANNER} button`, 'color'),
    ]
    const wanted = [
      'rgb(1, 2, 3)',
      'rgb(4, 5, 6)',
      'rgb(7, 8, 9)',
      'rgb(10, 11, 12)',
      'serif',
      '18px',
      '3px',
      'none',
      'rgb(16, 17, 18)',
      'rgb(19, 20, 21)',
    ]
    expect(await seen(BANNER)).toEqual(wanted)
    await openSettings(page)
    await page.mouse.move(0, 0)
    expect(await seen('dialog')).toEqual(wanted)
    expect(await style('dialog', 'width')).toBe('600px')
    expect(await style('dialog pre', 'border-top-color')).toBe('rgb(13, 14, 15)')
    await page.context().close()
  })
})

describe('both layers fit', () => {
  const views: [name: string, lang: string, options: BrowserContextOptions][] = [
    ['on a phone of 320 px', 'de', { viewport: { width: 320, height: 568 } }],
    ['at 400 % zoom', 'de', { viewport: { width: 320, height: 256 } }],
    ['from right to left', 'ar', { viewport: { width: 320, height: 568 } }],
  ]
  for (const [name, lang, options] of views)
    it(`${name}: nothing sticks out, every button is in sight, targets are 24 px or more`, async () => {
      const page = await meet(site, options, lang)
      const sound = async (): Promise<void> => {
        const { wide, out, small, broken } = await page.evaluate(() => {
          const all = [...document.querySelectorAll<HTMLElement>('#nearside-consent *')]
          const place = (it: HTMLElement) => it.getBoundingClientRect()
          return {
            wide: all.filter(it => place(it).right > innerWidth + 0.5 || place(it).left < -0.5).map(it => it.tagName),
            out: all.filter(it => it.tagName === 'BUTTON' && (place(it).bottom > innerHeight || place(it).top < 0))
              .length,
            small: all
              .filter(it => it.matches('button, input, summary, fieldset > a'))
              .filter(it => place(it).height < 24 || place(it).width < 24)
              .map(it => it.tagName),
            broken: all
              .filter(it => it.matches('th[scope=col]'))
              .filter(it => {
                const name = document.createRange()
                name.selectNodeContents(it)
                return name.getClientRects().length > 1
              })
              .map(it => it.textContent),
          }
        })
        expect({ wide, out, small, broken }).toEqual({ wide: [], out: 0, small: [], broken: [] })
      }
      await sound()
      await openSettings(page)
      await page.locator('summary').evaluateAll(all => all.forEach(it => (it as HTMLElement).click()))
      await sound()
      expect(await page.locator('dialog').evaluate(it => getComputedStyle(it).direction)).toBe(
        lang === 'ar' ? 'rtl' : 'ltr',
      )
      await page.context().close()
    })
})

describe('a strict policy with Trusted Types', () => {
  it('is not broken once: both layers, another language, what would be sent, and a choice', async () => {
    const strict = await startBannerSite({
      langs: ['de'],
      config: EVERYTHING,
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types nearside",
      },
    })
    const lines: string[] = []
    const page = await meet(strict, {}, 'de')
    page.on('console', it => lines.push(it.text()))
    await page.reload()
    await openSettings(page)
    expect(await page.locator('[data-nearside=reject]').textContent()).toBe('Alle ablehnen')
    await page.locator('dialog [data-purpose=personalization]').check()
    await page.locator('dialog [data-category=browsing]').check()
    await page.locator('[data-nearside=save]').click()
    await page.locator(BANNER).waitFor({ state: 'detached' })
    expect(lines).toEqual([])
    await page.context().close()
    await strict.close()
  })
})
