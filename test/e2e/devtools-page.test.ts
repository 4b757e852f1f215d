// The DevTools panel as a plain page over a recorded session: what each view tells a developer.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Happening, RecordedSession } from '../../core/protocol/devtools.ts'
import { makeSession, SHOP_MODEL } from '../harness/devtools-session.ts'
import { bring, type PanelPage, shown, sift, startPanelPage, textIn } from './devtools-page.ts'

let folder: string
let at: PanelPage
let page: Page
let session: RecordedSession
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nearside-panel-'))
  at = await startPanelPage()
  session = await makeSession({ unlogged: true, early: true })
  page = await at.open(session)
})
afterAll(async () => {
  await at.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const saved = async (press: string) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-press=${press}]`)])
  const name = (download as Download).suggestedFilename()
  const path = join(folder, name)
  await (download as Download).saveAs(path)
  return { name, path, text: await readFile(path, 'utf8') }
}

describe('the stream', () => {
  it('says that what it shows was recorded', async () => {
    expect(await textIn(page, '.dt-standing')).toContain('A recorded session')
  })

  it('shows a signal that was admitted, and what it feeds', async () => {
    await sift(page, 'kind:add_to_cart')
    await expect.poll(() => shown(page)).toEqual(['add_to_cart '])
    await page.click('.dt-row')
    expect(await textIn(page, '.dt-detail')).toMatch(/shopping is granted[\s\S]*cart_adds[\s\S]*intent/)
  })

  it('tells why a signal was refused, and how to mend it', async () => {
    await sift(page, 'kind:view_item refused:true')
    await expect.poll(() => shown(page)).toEqual(['view_item unneeded'])
    await page.click('.dt-row')
    expect(await textIn(page, '.dt-detail')).toContain('No feature of the model looks at view_item')
  })

  it('goes from a change of segment to the signals that caused it', async () => {
    await sift(page, 'what:segments')
    await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(2)
    await page.locator('.dt-row', { hasText: 'visit=v4' }).click()
    expect(await textIn(page, '.dt-detail')).toContain('from Having a look round (v2) to Reading up first (v4)')
    await page.click('[data-press=because]')
    await expect.poll(() => shown(page)).toHaveLength(5)
    await page.locator('.dt-row', { hasText: 'visit=v4' }).click()
    await page.locator('.dt-causes [data-press=jump]', { hasText: 'page=article' }).first().click()
    expect(await textIn(page, '.dt-row[aria-selected=true]')).toContain('page_view page=article')
  })

  it('says which key of a filter it does not know, and keeps the filter over a reload', async () => {
    await sift(page, 'colour:red refused:true')
    await expect.poll(() => textIn(page, '.dt-told')).toMatch(/3 of 87 rows\. colour: is not known here/)
    await page.reload()
    await page.waitForSelector('.dt-row')
    expect(await page.inputValue('#filter')).toBe('colour:red refused:true')
    expect(await shown(page)).toHaveLength(3)
  })

  it('copies what is shown as JSON', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await sift(page, 'refused:true')
    // A page that is behind another may not write there.
    await page.bringToFront()
    await page.click('[data-press=copy]')
    await expect.poll(() => textIn(page, '.dt-said')).toBe('Copied 3 rows as JSON.')
    const rows = JSON.parse(await page.evaluate('navigator.clipboard.readText()')) as Happening[]
    expect(rows).toEqual(session.happenings.filter(({ what }) => what === 'refused'))
  })
})

describe('what holds now', () => {
  it('shows the answer with its margin, its distances, its way over the map, and what would change it', async () => {
    await bring(page, 'now')
    const visit = page.locator('[data-segmentation=visit]')
    await expect.poll(() => visit.locator('.ns-map-path').count()).toBe(1)
    expect(await visit.textContent()).toMatch(/Reading up first[\s\S]*What would change it:[\s\S]*Margin 0\.\d+ over/)
    expect(await visit.locator('tbody tr').count()).toBe(7 + 6)
    const intent = await page.locator('[data-segmentation=intent]').textContent()
    expect(intent).toContain('minutes_since_add went from 3 mins to 10 mins')
    expect(await textIn(page, '.dt-now')).toContain('Worked out again here, all of it comes to the same.')
  })
})

describe('what if', () => {
  it('shows what a denied purpose would stop, beside what is', async () => {
    await bring(page, 'what-if')
    await page.check('#if-who-pairs')
    for (const category of ['browsing', 'shopping']) await page.uncheck(`#if-pair-measurement-${category}`)
    const row = page.locator('[data-group="Page and wire"] tr', { hasText: 'reported' })
    await expect.poll(() => row.locator('td').allTextContents()).toEqual(['visit, intent', 'none'])
    await page.uncheck('#if-pair-personalization-browsing')
    const gate = page.locator('[data-group=Gate] tr', { hasText: 'page_view' })
    await expect.poll(() => gate.locator('td').allTextContents()).toEqual(['admitted', 'refused'])
  })

  it('supposes the opt-out signal, another manager’s word, a later hour and another number', async () => {
    const would = (group: string, name: string): Promise<string | null> =>
      page.locator(`[data-group="${group}"] tr`, { hasText: name }).locator('td').last().textContent()
    await page.click('[data-press=reset]')
    await page.check('#if-gpc-yes')
    await expect.poll(() => would('Page and wire', 'reported')).toBe('none')
    await page.uncheck('#if-gpc-yes')
    await page.check('#if-who-said')
    await page.selectOption('#if-source', 'onetrust')
    await page.check('#if-word-C0002')
    await expect
      .poll(async () => [await would('Decision', 'personalization'), await would('Decision', 'measurement')])
      .toEqual(['denied', 'browsing, shopping'])
    await page.click('[data-press=reset]')
    await page.fill('#if-later', '20')
    await expect.poll(() => would('Segments', 'intent')).toBe('Interested but hesitant (i1)')
    await page.fill('#if-later', '0')
    await page.fill('#if-feature-purchases', '3')
    await expect.poll(() => would('Features', 'purchases')).toBe('3')
  })

  it('plays the session through another model file, and says what is wrong with one', async () => {
    await page.click('[data-press=reset]')
    const given = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.setInputFiles('#if-model', given('broken.json', '{"v":2}'))
    await expect.poll(() => textIn(page, '.dt-answered [role=alert]')).toMatch(/^broken\.json\.v: found 2/)
    const other = JSON.parse(SHOP_MODEL)
    other.revision = 2
    other.segmentations[0].centroids[3] = other.segmentations[0].centroids[3].map((x: number) => 3 * x)
    await page.setInputFiles('#if-model', given('next.json', JSON.stringify(other)))
    await expect
      .poll(() => page.locator('[data-group=replay]').textContent())
      .toMatch(/fernhollow\.2[\s\S]*Reading up first/)
    await expect.poll(() => textIn(page, '[data-group=Segments]')).toMatch(/Reading up first \(v4\)[\s\S]*\(v7\)/)
    await page.click('[data-press=drop-model]')
    await expect.poll(() => textIn(page, '.dt-sum')).toContain('Nothing would be otherwise.')
  })
})

describe('the ledger and the wire', () => {
  it('matches every report, and finds the one that nobody wrote down and the one that came too early', async () => {
    await bring(page, 'wire')
    await expect.poll(() => page.locator('.dt-verdict-seen').count()).toBe(4)
    expect(await textIn(page, '[data-alarm=early]')).toContain('https://ads.example/pixel')
    await page.locator('[data-alarm=unlogged] [data-press=jump]').click()
    expect(await textIn(page, '.dt-row[aria-selected=true]')).toContain('POST report http://127.0.0.1:8787/v1/reports')
    expect(await page.getAttribute('#tab-stream', 'aria-selected')).toBe('true')
  })
})

describe('health', () => {
  it('finds signals that come in vain, and those that are wanted and never come, each with its mend', async () => {
    await bring(page, 'health')
    const found = async (): Promise<string> => (await page.locator('.dt-finding').allTextContents()).join('\n')
    await expect
      .poll(found)
      .toMatch(
        /purchase the model wants it[\s\S]*search emitted one time in vain: no feature looks at itLeave the call out/,
      )
    expect(await textIn(page, '.dt-health')).toMatch(
      /Median ms.*ingest.*Log.*no log in nearside\.json.*First to go.*signals of browsing\d+20\d\d-.*nearside-worker\.js/s,
    )
  })
})

describe('a session as a file', () => {
  it('is saved without the device’s secrets, and opened again in the place of the page', async () => {
    await bring(page, 'session')
    const { name, path, text } = await saved('save')
    expect(name).toMatch(/^nearside-session-fernhollow-\d{4}-\d\d-\d\d\.json$/)
    const pseudonym = /pseudonym\\":\\"([\w-]{22})/.exec(JSON.stringify(session))?.[1] as string
    expect(text).not.toContain(pseudonym)
    await page.setInputFiles('#open-session', {
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('[]'),
    })
    await expect.poll(() => textIn(page, '.dt-session [role=alert]')).toContain('other.json')
    await page.setInputFiles('#open-session', path)
    await expect.poll(() => textIn(page, '.dt-session')).toContain('A recorded session is open')
    await bring(page, 'wire')
    await expect.poll(() => page.locator('.dt-verdict-seen').count()).toBe(4)
    await bring(page, 'session')
    await page.click('[data-press=close]')
    await expect.poll(() => textIn(page, '.dt-session')).not.toContain('A recorded session is open')
  })

  it('is told of in a report that can be read before it is sent', async () => {
    const { text } = await saved('save-report')
    expect(text).toMatch(/# Nearside: what was seen[\s\S]*model: fernhollow\.1[\s\S]*emitted one time in vain/)
  })
})
