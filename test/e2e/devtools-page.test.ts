// The DevTools panel as a plain page over a recorded session: every view, by mouse and by keyboard, by day and by night.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession } from '../../core/protocol/devtools.ts'
import { axeViolations } from '../harness/axe.ts'
import { newVisitor } from '../harness/browser.ts'
import { makeSession, SHOP_MODEL } from '../harness/devtools-session.ts'
import { type Demo, startDemo } from './demo-shop.ts'

const VIEWS = ['stream', 'now', 'what-if', 'wire', 'health', 'session']

let folder: string
let demo: Demo
let page: Page
let session: RecordedSession
const asked: string[] = []

/** The panel over another session than the one that stands beside it. */
const openOver = async (over: RecordedSession): Promise<Page> => {
  const context = await newVisitor({ viewport: { width: 1000, height: 640 }, acceptDownloads: true })
  const opened = await context.newPage()
  context.on('request', request => asked.push(request.url()))
  await opened.route('**/session-*.json', route => route.fulfill({ json: over }))
  await opened.goto(`${demo.printed.shop}/panel/`)
  await opened.waitForSelector('.dt-row')
  return opened
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nearside-panel-'))
  demo = await startDemo()
  session = await makeSession({ unlogged: true, early: true })
  page = await openOver(session)
})
afterAll(async () => {
  await page?.context().close()
  await demo.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const saved = async (press: string) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-press=${press}]`)])
  const name = (download as Download).suggestedFilename()
  const path = join(folder, name)
  await (download as Download).saveAs(path)
  return { name, path, text: await readFile(path, 'utf8') }
}

const bring = (view: string): Promise<void> => page.click(`#tab-${view}`)
const textOf = async (selector: string): Promise<string> => (await page.textContent(selector)) ?? ''
const sift = async (filter: string): Promise<void> => {
  await bring('stream')
  await page.fill('#filter', filter)
}
const shown = (): Promise<string[]> => page.locator('.dt-row .dt-line').allTextContents()

describe('the stream', () => {
  it('shows a signal that was admitted, and what it feeds', async () => {
    await sift('kind:add_to_cart')
    await expect.poll(shown).toEqual(['add_to_cart '])
    await page.click('.dt-row')
    expect(await textOf('.dt-detail')).toMatch(/shopping is granted[\s\S]*cart_adds[\s\S]*intent/)
  })

  it('tells why a signal was refused, and how to mend it', async () => {
    await sift('kind:view_item refused:true')
    await expect.poll(shown).toEqual(['view_item unneeded'])
    await page.click('.dt-row')
    expect(await textOf('.dt-detail')).toContain('No feature of the model looks at view_item')
  })

  it('goes from a change of segment to the signals that caused it', async () => {
    await sift('what:segments')
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(2)
    await page.locator('.dt-row', { hasText: 'visit=v4' }).click()
    expect(await textOf('.dt-detail')).toContain('from Having a look round (v2) to Reading up first (v4)')
    await page.click('[data-press=because]')
    await expect.poll(shown).toHaveLength(5)
    await page.locator('.dt-row', { hasText: 'visit=v4' }).click()
    await page.locator('.dt-causes [data-press=jump]', { hasText: 'page=article' }).first().click()
    expect(await textOf('.dt-row[aria-selected=true]')).toContain('page_view page=article')
  })

  it('says which key of a filter it does not know, and keeps the filter over a reload', async () => {
    await sift('colour:red refused:true')
    await expect.poll(() => textOf('.dt-told')).toMatch(/3 of 87 rows\. colour: is not known here/)
    await page.reload()
    await page.waitForSelector('.dt-row')
    expect(await page.inputValue('#filter')).toBe('colour:red refused:true')
    expect(await shown()).toHaveLength(3)
  })

  it('copies what is shown as JSON', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await sift('refused:true')
    // A page that is behind another may not write there.
    await page.bringToFront()
    await page.click('[data-press=copy]')
    await expect.poll(() => textOf('.dt-said')).toBe('Copied 3 rows as JSON.')
    const rows = JSON.parse(await page.evaluate('navigator.clipboard.readText()')) as Happening[]
    expect(rows).toEqual(session.happenings.filter(({ what }) => what === 'refused'))
  })
})

describe('what holds now', () => {
  it('shows the answer with its margin, its distances, its way over the map, and what would change it', async () => {
    await bring('now')
    const visit = page.locator('[data-segmentation=visit]')
    await expect.poll(() => visit.locator('.ns-map-path').count()).toBe(1)
    expect(await visit.textContent()).toMatch(/Reading up first[\s\S]*What would change it:[\s\S]*Margin 0\.\d+ over/)
    expect(await visit.locator('tbody tr').count()).toBe(7 + 6)
    const intent = await page.locator('[data-segmentation=intent]').textContent()
    expect(intent).toContain('minutes_since_add went from 3 mins to 10 mins')
  })
})

describe('what if', () => {
  it('shows what a denied purpose would stop, beside what is', async () => {
    await bring('what-if')
    await page.check('#if-who-pairs')
    for (const category of ['browsing', 'shopping']) await page.uncheck(`#if-pair-measurement-${category}`)
    const row = page.locator('[data-group="Page and wire"] tr', { hasText: 'reported' })
    await expect.poll(() => row.locator('td').allTextContents()).toEqual(['visit, intent', 'none'])
    await page.uncheck('#if-pair-personalization-browsing')
    const gate = page.locator('[data-group=Gate] tr', { hasText: 'page_view' })
    expect(await gate.locator('td').allTextContents()).toEqual(['admitted', 'refused'])
  })

  it('plays the session through another model file, and says what is wrong with one', async () => {
    await page.click('[data-press=reset]')
    const given = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.setInputFiles('#if-model', given('broken.json', '{"v":2}'))
    await expect.poll(() => textOf('.dt-answered [role=alert]')).toMatch(/^broken\.json\.v: found 2/)
    const other = JSON.parse(SHOP_MODEL)
    other.revision = 2
    other.segmentations[0].centroids[3] = other.segmentations[0].centroids[3].map((x: number) => 3 * x)
    await page.setInputFiles('#if-model', given('next.json', JSON.stringify(other)))
    await expect
      .poll(() => page.locator('[data-group=replay]').textContent())
      .toMatch(/fernhollow\.2[\s\S]*Reading up first/)
    expect(await textOf('[data-group=Segments]')).toMatch(/Reading up first \(v4\)[\s\S]*\(v7\)/)
    await page.click('[data-press=drop-model]')
    await expect.poll(() => textOf('.dt-sum')).toContain('Nothing would be otherwise.')
  })
})

describe('the ledger and the wire', () => {
  it('matches every report, and finds the one that nobody wrote down and the one that came too early', async () => {
    await bring('wire')
    await expect.poll(() => page.locator('.dt-verdict-seen').count()).toBe(4)
    expect(await textOf('[data-alarm=early]')).toContain('https://ads.example/pixel')
    await page.locator('[data-alarm=unlogged] [data-press=jump]').click()
    expect(await textOf('.dt-row[aria-selected=true]')).toContain('POST report http://127.0.0.1:8787/v1/reports')
    expect(await page.getAttribute('#tab-stream', 'aria-selected')).toBe('true')
  })
})

describe('health', () => {
  it('finds signals that come in vain, and those that are wanted and never come, each with its mend', async () => {
    await bring('health')
    const found = async (): Promise<string> => (await page.locator('.dt-finding').allTextContents()).join('\n')
    await expect
      .poll(found)
      .toMatch(
        /purchase the model wants it[\s\S]*search emitted one time in vain: no feature looks at itLeave the call out/,
      )
  })
})

describe('a session as a file', () => {
  it('is saved without the device’s secrets, and opened again in the place of the page', async () => {
    await bring('session')
    const { name, path, text } = await saved('save')
    expect(name).toMatch(/^nearside-session-fernhollow-\d{4}-\d\d-\d\d\.json$/)
    const pseudonym = /pseudonym\\":\\"([\w-]{22})/.exec(JSON.stringify(session))?.[1] as string
    expect(text).not.toContain(pseudonym)
    await page.setInputFiles('#open-session', {
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('[]'),
    })
    await expect.poll(() => textOf('.dt-session [role=alert]')).toContain('other.json')
    await page.setInputFiles('#open-session', path)
    await expect.poll(() => textOf('.dt-session')).toContain('A recorded session is open')
    await bring('wire')
    await expect.poll(() => page.locator('.dt-verdict-seen').count()).toBe(4)
    await bring('session')
    await page.click('[data-press=close]')
    await expect.poll(() => textOf('.dt-session')).not.toContain('A recorded session is open')
  })

  it('is told of in a report that can be read before it is sent', async () => {
    const { text } = await saved('save-report')
    expect(text).toMatch(/# Nearside: what was seen[\s\S]*model: fernhollow\.1[\s\S]*emitted one time in vain/)
  })
})

describe('the panel', () => {
  it('is worked by the keyboard alone', async () => {
    await sift('refused:true')
    await expect.poll(shown).toHaveLength(3)
    await page.focus('#tab-stream')
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('ArrowRight')
    expect(await page.getAttribute('#tab-now', 'aria-selected')).toBe('true')
    await press('Home', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'ArrowDown', 'ArrowDown')
    expect(await textOf('.dt-row[aria-selected=true]')).toContain('view_item')
    const active = await page.getAttribute('.dt-list', 'aria-activedescendant')
    expect(await textOf(`#${active}`)).toContain('view_item')
    await press('Enter')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('refused view_item')
    await press('Shift+Tab', 'Escape')
    expect(await page.locator('.dt-row[aria-selected=true]').count()).toBe(0)
  })

  it('has nothing for axe to say in any view, by day and by night, wide and narrow, and fits both', async () => {
    for (const width of [1000, 320]) {
      await page.setViewportSize({ width, height: 640 })
      for (const view of VIEWS) {
        await bring(view)
        if (view === 'stream') await page.locator('.dt-row').first().click()
        // Colours are the same however wide it is.
        for (const colorScheme of width > 320 ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme })
          expect.soft(await axeViolations(page), `${view}, ${colorScheme}, ${width}`).toEqual([])
        }
        const over = await page.evaluate<number>(
          `Math.max(...[document.documentElement, ...document.querySelectorAll('.dt-view:not([hidden])')].map(it => it.scrollWidth - it.clientWidth))`,
        )
        expect.soft(over, `${view}, ${width}`).toBe(0)
      }
    }
    await page.setViewportSize({ width: 1000, height: 640 })
  })

  it('asks for nothing but its own files', () => {
    expect(asked.filter(url => !url.startsWith(`${demo.printed.shop}/panel/`) && !url.startsWith('blob:'))).toEqual([])
  })
})

describe('fifty thousand rows', () => {
  it('are scrolled, sifted and gone through without a long task, with few of them in the document', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i): Happening => {
      const row = session.happenings[i % session.happenings.length] as Happening
      return { ...row, n: i + 1, at: row.at + i }
    })
    const long = await openOver({ ...session, happenings: rows })
    await expect.poll(() => long.textContent('.dt-told')).toContain('50,000 rows')
    // A busy machine makes any task long at times: what the panel itself takes, it takes each time.
    const worst = await long.evaluate(async () => {
      const field = document.querySelector<HTMLInputElement>('#filter') as HTMLInputElement
      const list = document.querySelector<HTMLElement>('.dt-list') as HTMLElement
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)
      let longest = 0
      const observer = new PerformanceObserver(seen => {
        for (const { duration } of seen.getEntries()) longest = Math.max(longest, duration)
      })
      observer.observe({ entryTypes: ['longtask'] })
      const rounds: number[] = []
      for (const filter of ['article segmentation:visit', '-loaded', 'ingest,checkout', '"page=home"']) {
        longest = 0
        field.value = filter
        field.dispatchEvent(new Event('input', { bubbles: true }))
        for (let i = 0; i < 20; i++) await frame()
        for (const part of [0, 0.3, 0.9, 1]) {
          list.scrollTop = part * list.scrollHeight
          await frame()
        }
        list.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
        await frame()
        await frame()
        for (const entry of observer.takeRecords()) longest = Math.max(longest, entry.duration)
        rounds.push(longest)
      }
      return { least: Math.min(...rounds), rounds, drawn: document.querySelectorAll('.dt-row').length }
    })
    expect(worst.drawn).toBeLessThan(80)
    expect(worst.least, JSON.stringify(worst.rounds)).toBe(0)
    await long.context().close()
  })
})
