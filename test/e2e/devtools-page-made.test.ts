// How the DevTools panel is made: by mouse and keyboard, by day and by night, narrow and wide, and with very many rows.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession } from '../../core/protocol/devtools.ts'
import { axeViolations } from '../harness/axe.ts'
import { launchChromium } from '../harness/browser.ts'
import { makeSession } from '../harness/devtools-session.ts'
import { longestTask } from '../harness/longest-task.ts'
import { bring, type PanelPage, shown, sift, startPanelPage, textIn } from './devtools-page.ts'

const VIEWS = ['stream', 'now', 'what-if', 'wire', 'health', 'session']

let at: PanelPage
let page: Page
let session: RecordedSession
beforeAll(async () => {
  at = await startPanelPage()
  session = await makeSession({ unlogged: true, early: true })
  page = await at.open(session)
})
afterAll(() => at.stop())

describe('the panel', () => {
  it('is worked by the keyboard alone', async () => {
    await sift(page, 'refused:true')
    await expect.poll(() => shown(page)).toHaveLength(3)
    await page.focus('#tab-stream')
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('ArrowRight')
    expect(await page.getAttribute('#tab-now', 'aria-selected')).toBe('true')
    await press('Home', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'ArrowDown')
    expect(await textIn(page, '.dt-row[aria-selected=true]')).toContain('view_item')
    const active = await page.getAttribute('.dt-list', 'aria-activedescendant')
    expect(await textIn(page, `#${active}`)).toContain('view_item')
    await press('Enter')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('refused view_item')
    await press('Shift+Tab', 'Escape')
    expect(await page.locator('.dt-row[aria-selected=true]').count()).toBe(0)
  })

  it('has nothing for axe to say in any view, by day and by night', async () => {
    for (const view of VIEWS) {
      await bring(page, view)
      if (view === 'stream') await page.locator('.dt-row').first().click()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        // By night nothing is otherwise but the colours.
        const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
        expect.soft(await axeViolations(page, rules), `${view}, ${colorScheme}`).toEqual([])
      }
    }
  })

  it('is as dark as DevTools are, whatever the rest of the system is', async () => {
    const ground = (theme: string): Promise<string> =>
      page.evaluate(name => {
        document.documentElement.dataset.theme = name
        return getComputedStyle(document.querySelector('.dt') as Element).backgroundColor
      }, theme)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await ground('dark')).toBe('rgb(32, 33, 36)')
      expect(await ground('light')).toBe('rgb(255, 255, 255)')
    }
    await page.evaluate(() => delete document.documentElement.dataset.theme)
  })

  it('fits a narrow dock as well as a wide one', async () => {
    for (const width of [320, 1000]) {
      await page.setViewportSize({ width, height: 640 })
      for (const view of VIEWS) {
        await bring(page, view)
        const over = await page.evaluate<number>(
          `Math.max(...[document.documentElement, ...document.querySelectorAll('.dt-view:not([hidden])')].map(it => it.scrollWidth - it.clientWidth))`,
        )
        expect.soft(over, `${view}, ${width}`).toBe(0)
      }
    }
  })

  it('asks for nothing but its own files', () => {
    expect(at.asked.filter(url => !url.startsWith(at.home) && !url.startsWith('blob:'))).toEqual([])
  })
})

/** Longer than this, and a key press is late. */
const LONG_MS = 50

describe('fifty thousand rows', () => {
  it('are scrolled, sifted and gone through without a long task, with few of them in the document', async () => {
    const happenings = Array.from({ length: 50_000 }, (_, i): Happening => {
      const row = session.happenings[i % session.happenings.length] as Happening
      return { ...row, n: i + 1, at: row.at + i }
    })
    const own = await launchChromium()
    const long = await at.open({ ...session, happenings }, own)
    await expect.poll(() => textIn(long, '.dt-told')).toContain('50,000 rows')
    const goThrough = (): Promise<void> =>
      long.evaluate(async () => {
        const field = document.querySelector<HTMLInputElement>('#filter') as HTMLInputElement
        const list = document.querySelector<HTMLElement>('.dt-list') as HTMLElement
        const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
        for (const filter of ['article segmentation:visit', '-loaded', 'ingest,checkout', '']) {
          field.value = filter
          field.dispatchEvent(new Event('input', { bubbles: true }))
          for (let i = 0; i < 20; i++) await frame()
          for (const part of [0, 0.3, 0.9, 1]) {
            list.scrollTop = part * list.scrollHeight
            await frame()
          }
          list.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
          await frame()
        }
      })
    expect(await longestTask(await long.context().newCDPSession(long), goThrough)).toBeLessThan(LONG_MS)
    expect(await long.locator('.dt-row').count()).toBeLessThan(80)
    await expect.poll(() => textIn(long, '.dt-told')).toBe('50,000 rows')
    await long.press('.dt-list', 'End')
    expect(await long.getAttribute('.dt-row[aria-selected=true]', 'aria-posinset')).toBe('50000')
    await own.close()
  })
})
