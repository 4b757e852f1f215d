// Segment Studio and the model card, as the people see them who use them.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import { hashOf } from '../../trainer/random.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { axeViolations } from '../harness/axe.ts'
import { newVisitor } from '../harness/browser.ts'
import { nearside, scratch } from '../trainer/io.ts'
import { type Demo, startDemo } from './demo-shop.ts'

/** Visits that look at a few products or at many; whoever looks at many buys more often. */
const csv = [
  'ProductRelated,ProductRelated_Duration,Administrative,Revenue,email',
  ...Array.from({ length: 600 }, (_, i) => {
    const pages = i % 3 ? 2 + (i % 4) : 40 + (i % 9)
    const buys = hashOf(2, i) < (i % 3 ? 0.1 : 0.6)
    return `${pages},${pages * 30 + (i % 50)},${i % 5},${buys ? 'TRUE' : 'FALSE'},p${i}@shop.example`
  }),
].join('\n')
const file = { name: 'visits.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }

let folder: string
let demo: Demo
let page: Page
const asked: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nearside-studio-'))
  demo = await startDemo()
  const context = await newVisitor({ viewport: { width: 320, height: 800 }, acceptDownloads: true })
  page = await context.newPage()
  context.on('request', request => asked.push(request.url()))
  await page.goto(demo.printed.studio)
})
afterAll(async () => {
  await page.context().close()
  await demo.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const fits = (of: Page): Promise<number> =>
  of.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** Nothing for axe to say by day or by night, and nothing beside the screen. */
const isWellMade = async (of: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await of.emulateMedia({ colorScheme })
    expect(await axeViolations(of), colorScheme).toEqual([])
  }
  expect(await fits(of)).toBe(0)
}

const saved = async (press: string): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(press)])
  const path = join(folder, (download as Download).suggestedFilename())
  await (download as Download).saveAs(path)
  return readFile(path, 'utf8')
}

describe('Segment Studio', () => {
  it('takes a file, says what it refuses as personal, and offers what can be learned, on a phone', async () => {
    await isWellMade(page)
    await page.setInputFiles('#files', file)
    await page.waitForSelector('#choices')
    expect(await page.textContent('.st-note')).toContain('email')
    expect(await page.isChecked('input[value="product_pages"]')).toBe(true)
    await isWellMade(page)
  })

  it('ends at once when cancelled, and remembers what was chosen', async () => {
    // While it reads, too.
    await page.click('#again')
    await page.evaluate(`{
      const dropped = new DataTransfer()
      dropped.items.add(new File(['a,b'], 'a.csv'))
      const input = document.querySelector('#files')
      input.files = dropped.files
      input.dispatchEvent(new Event('change'))
      document.querySelector('#cancel').click()
    }`)
    expect(await page.evaluate('document.activeElement.id')).toBe('files')
    await expect.poll(() => page.workers().length).toBe(0)
    await page.setInputFiles('#files', file)
    await page.waitForSelector('#choices')
    await page.selectOption('#k', '2')
    await page.selectOption('#foretell', JSON.stringify({ column: 'Revenue', is: 'TRUE' }))
    await page.fill('#basis', 'Consent, notice of 2026-01-01')
    await page.click('button[type=submit]')
    await page.waitForSelector('#progress')
    await page.click('#cancel')
    expect(await page.inputValue('#k')).toBe('2')
    await expect.poll(() => page.workers().length).toBe(0)
  })

  it('learns the very model and card that the command line does, and shows the card', async () => {
    await page.click('button[type=submit]')
    await page.waitForSelector('#save-model, [role=alert]')
    expect(await page.locator('[role=alert]').allTextContents()).toEqual([])
    expect(await page.textContent('#segments')).toBe('What kind of customer this is')
    expect(await page.locator('.ns-picture').count()).toBeGreaterThan(5)
    await isWellMade(page)
    const [model, card, recipe] = [await saved('#save-model'), await saved('#save-card'), await saved('#save-recipe')]
    // Names to edit, which may be dropped beside the file again.
    expect(parseRecipe(await saved('#save-named')).segmentation.segments).toHaveLength(2)
    expect(parseModel(model).segmentations.map(({ kind }) => kind)).toEqual(['centroids', 'propensity'])
    const at = scratch()
    const args = ['train', at('visits.csv', csv), '--recipe', at('recipe.json', recipe), '--out', at('model.json')]
    const ran = await nearside(...args, '--card', at('card.html'))
    expect(ran).toMatchObject({ code: 0 })
    expect(await readFile(at('model.json'), 'utf8')).toBe(model)
    // Vitest gives style sheets as empty texts; all else is to be the same.
    const bodyOf = (html: string): string => html.slice(html.indexOf('<body'))
    expect(bodyOf(await readFile(at('card.html'), 'utf8')) === bodyOf(card)).toBe(true)
    expect(card).toContain('.mc-segment')
  })

  it('says what is wrong with a file, and goes on', async () => {
    await page.click('#again')
    await page.setInputFiles('#files', { ...file, buffer: Buffer.from('a,b\n1\n') })
    expect(await page.textContent('[role=alert]')).toContain('visits.csv line 2')
    // A spreadsheet, whatever it is called.
    await page.setInputFiles('#files', { ...file, buffer: Buffer.from('PK\u0003\u0004') })
    await expect.poll(() => page.textContent('[role=alert]')).toContain('a spreadsheet or an archive. Export it as CSV')
    await isWellMade(page)
  })

  it('asked for nothing but its own files, and could not have sent anything', async () => {
    const own = asked.filter(url => !url.startsWith('blob:') && !url.startsWith('data:'))
    expect(own.filter(url => !url.startsWith(demo.printed.studio))).toEqual([])
    const policy = (await fetch(demo.printed.studio)).headers.get('content-security-policy')
    expect(policy).toContain("connect-src 'none'")
    expect(await page.evaluate(`fetch('/').then(() => 'sent', () => 'stopped')`)).toBe('stopped')
  })
})

/** Between its margins of 15 mm, in CSS pixels. */
const A4_WIDTH = 680

describe('the model card, opened as a file', () => {
  it('asks for nothing, is clean by day and by night, and fits a phone, a desk and paper', async () => {
    const context = await newVisitor({ viewport: { width: 320, height: 800 } })
    const opened = await context.newPage()
    const fetched: string[] = []
    opened.on('request', request => fetched.push(request.url()))
    const address = `file://${join(folder, 'visits.card.html')}`
    await opened.goto(address)
    await isWellMade(opened)
    await opened.setViewportSize({ width: 1280, height: 800 })
    expect(await fits(opened)).toBe(0)
    // Every table opens.
    await opened.evaluate(`document.querySelectorAll('details').forEach(each => { each.open = true })`)
    await isWellMade(opened)
    // Paper is white, whatever the screen is.
    const ink = (): Promise<unknown> => opened.evaluate('getComputedStyle(document.body).color')
    await opened.emulateMedia({ colorScheme: 'light' })
    const dark = await ink()
    await opened.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await ink()).toBe(dark)
    // It has nothing to follow or to unfold, and an end at its right.
    await opened.emulateMedia({ media: 'print' })
    await opened.setViewportSize({ width: A4_WIDTH, height: 900 })
    expect(await fits(opened)).toBe(0)
    for (const part of ['.mc-contents', '.ns-behind > summary'])
      expect(await opened.locator(part).first().isVisible(), part).toBe(false)
    expect(fetched).toEqual([address])
    await context.close()
  })
})
