// How the DevTools panel is made: by mouse and keyboard, by day and by night, narrow and wide, and with very many rows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession, State } from '../../core/protocol/devtools.ts'
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

  it('keeps a chosen row in sight when what is said of it takes its place', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await sift(page, '')
    await page.press('.dt-list', 'Escape')
    await page.locator('.dt-row').last().click()
    const isSeen = (): Promise<boolean> =>
      page.evaluate(() => {
        const [list, row] = ['.dt-list', '.dt-row[aria-selected=true]'].map(css =>
          document.querySelector(css)?.getBoundingClientRect(),
        )
        return Boolean(list && row && row.bottom <= list.bottom && row.top >= list.top)
      })
    await expect.poll(isSeen).toBe(true)
  })

  it('asks for nothing but its own files', () => {
    expect(at.asked.filter(url => !url.startsWith(at.home) && !url.startsWith('blob:'))).toEqual([])
  })
})

/** Longer than this, and a key press is late. */
const LONG_MS = 50
const MANY = 50_000

/** The visit over and over: as many rows, and as many signals kept. */
const longSession = (): RecordedSession => {
  const last = session.states.at(-1) as State
  const { signals = [] } = last.kept ?? {}
  const again = <T extends { readonly at: number }>(all: readonly T[]): T[] =>
    Array.from({ length: MANY }, (_, i) => {
      const it = all[i % all.length] as T
      return { ...it, at: it.at + i }
    })
  const kept = last.kept && { ...last.kept, signals: again(signals) }
  return {
    ...session,
    happenings: again(session.happenings).map((row, i): Happening => ({ ...row, n: i + 1 })),
    states: [{ ...last, kept }],
  }
}

describe('fifty thousand rows, and as many signals', () => {
  let folder: string
  let own: BrowserContext
  let long: Page
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nearside-rows-'))
    await writeFile(join(folder, 'long.json'), JSON.stringify(longSession()))
    own = await launchChromium({ context: { acceptDownloads: true } })
    long = await at.open(session, own)
    await own.grantPermissions(['clipboard-read', 'clipboard-write'])
  })
  afterAll(async () => {
    await own.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  const longest = async (act: () => Promise<unknown>): Promise<number> =>
    longestTask(await long.context().newCDPSession(long), act)

  it('are opened from a file without a long task', async () => {
    await bring(long, 'session')
    const open = async (): Promise<void> => {
      await long.setInputFiles('#open-session', join(folder, 'long.json'))
      await expect.poll(() => textIn(long, '.dt-session')).toContain('A recorded session is open')
      await bring(long, 'stream')
      await expect.poll(() => textIn(long, '.dt-told')).toBe('50,000 rows')
    }
    expect(await longest(open)).toBeLessThan(LONG_MS)
  })

  it('are scrolled, sifted and gone through without a long task, with few of them in the document', async () => {
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
    expect(await longest(goThrough)).toBeLessThan(LONG_MS)
    expect(await long.locator('.dt-row').count()).toBeLessThan(80)
    await expect.poll(() => textIn(long, '.dt-told')).toBe('50,000 rows')
    await long.press('.dt-list', 'End')
    expect(await long.getAttribute('.dt-row[aria-selected=true]', 'aria-posinset')).toBe('50000')
  })

  it('are answered what a denial would stop, shown in every view, copied and saved, without a long task', async () => {
    const suppose = async (): Promise<void> => {
      await bring(long, 'what-if')
      await long.check('#if-who-pairs')
      for (const purpose of ['personalization', 'measurement']) await long.uncheck(`#if-pair-${purpose}-browsing`)
      const gate = long.locator('[data-group=Gate] tr', { hasText: 'page_view' }).locator('td')
      await expect.poll(() => gate.allTextContents()).toEqual(['admitted', 'refused'])
    }
    expect.soft(await longest(suppose), 'a denial').toBeLessThan(LONG_MS)
    const look = async (): Promise<void> => {
      await bring(long, 'now')
      await expect.poll(() => long.locator('.ns-map-path').count()).toBe(1)
      await bring(long, 'wire')
      await expect.poll(() => long.locator('.dt-verdict-seen').count()).toBe(4)
      await bring(long, 'health')
      await expect.poll(() => long.locator('.dt-finding').count()).toBeGreaterThan(0)
    }
    expect.soft(await longest(look), 'a look at each view').toBeLessThan(LONG_MS)
    const copy = async (): Promise<void> => {
      await bring(long, 'stream')
      await long.press('.dt-list', 'Escape')
      await long.click('[data-press=copy]')
      await expect.poll(() => textIn(long, '.dt-said')).toBe('Copied 50,000 rows as JSON.')
    }
    expect.soft(await longest(copy), 'copying').toBeLessThan(LONG_MS)
    const save = async (): Promise<void> => {
      await bring(long, 'session')
      await Promise.all([long.waitForEvent('download'), long.click('[data-press=save]')])
    }
    expect.soft(await longest(save), 'saving').toBeLessThan(LONG_MS)
  })
})
