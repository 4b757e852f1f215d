// The privacy centre by keyboard alone: seeing, setting right, taking away, pausing and deleting; and nothing that a strict policy minds.
// One visitor, who comes back to it again and again: each promise finds what the one before it has left.
import { text } from 'node:stream/consumers'
import type { Download, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { press, reach } from '../harness/keyboard.ts'
import { api, kept } from '../harness/sdk-site.ts'
import { CENTRE, type CentreVisit, exported, fill, note, openCentre, startCentreVisit, turnTo } from './centre-site.ts'

let visitor: CentreVisit
let site: CentreVisit['site']
let page: Page
let does: CentreVisit['does']
let heading: CentreVisit['heading']
let centre: Locator

beforeAll(async () => {
  visitor = await startCentreVisit()
  ;({ site, page, does, heading } = visitor)
})
afterAll(() => visitor.close())
afterEach(async () => {
  expect(visitor.heard).toEqual([])
  await page.keyboard.press('Escape')
})

const said = (): Promise<string | null> => page.locator(`${CENTRE} [role=status]`).textContent()

describe('where nothing is granted', () => {
  it('says so, offers the choice, and gives the focus back', async () => {
    await openCentre(page)
    expect(await heading().textContent()).toBe('You have not answered yet')
    expect(await heading().evaluate(it => it === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator(CENTRE).count()).toBe(0)
    expect(await page.locator('#open').evaluate(it => it === document.activeElement)).toBe(true)
    await openCentre(page)
    await press(page, does('choices'))
    await press(page, page.locator('#nearside-consent dialog [data-nearside=reject]'))
    centre = await openCentre(page)
    expect(await centre.textContent()).toContain('Only your refusal is kept')
    await press(page, does('forget'))
    await expect.poll(() => heading().textContent()).toBe('Everything is gone')
    expect(await kept(page, page.context())).toEqual({ keys: [], cookies: [], databases: [] })
    await page.keyboard.press('Escape')
    await page.reload()
    await fill(page)
  })
})

describe('what is kept', () => {
  beforeEach(async () => {
    centre = await openCentre(page)
  })

  it('is seen in each tab, by arrows, with what was sent to the byte', async () => {
    // Once each question is reported, what is shown and what is on the ledger is the same.
    await expect.poll(() => new Set(site.received.map(({ body }) => JSON.parse(body).segmentation)).size).toBe(3)
    await page.keyboard.press('Escape')
    await openCentre(page)
    const tabs = page.locator(`${CENTRE} [role=tab]`)
    const panel = page.locator(`${CENTRE} [role=tabpanel]`)
    await turnTo(page, 'groups')
    expect(await panel.textContent()).toContain('Which tea do you like?')
    expect(await panel.textContent()).toContain('Whoever likes green tea pays a tenth less for it.')
    expect(await panel.getAttribute('aria-labelledby')).toBe(await tabs.nth(1).getAttribute('id'))
    expect(await panel.locator('.ns-dot-you').count()).toBe(1)
    await turnTo(page, 'kept')
    await press(page, does('day'))
    const { signals } = await exported(page)
    expect(await does('remove').count()).toBe(signals.length + 1)
    await turnTo(page, 'sent')
    await page.keyboard.press('Escape')
    await openCentre(page)
    await turnTo(page, 'sent')
    const bodies = (await exported(page)).ledger.flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))
    expect(await panel.locator('.ns-part').first().locator('.ns-exactly').allTextContents()).toEqual(bodies.reverse())
    expect(await panel.textContent()).toContain('none is missing')
  })

  it('reads in order in the accessibility tree, tab by tab: a named dialog, its tabs, a named panel, headings, named controls', async () => {
    const inOrder = async (...wanted: string[]): Promise<void> => {
      const tree = await centre.ariaSnapshot()
      let from = 0
      for (const words of wanted) {
        const at = tree.indexOf(words, from)
        expect(at, `${words} in ${tree}`).toBeGreaterThanOrEqual(from)
        from = at
      }
      // Nothing that can be pressed or filled in goes without a name.
      expect(tree).not.toMatch(/- (button|checkbox|combobox|textbox|link|spinbutton|radio|tab)(:| *\[|$)/m)
    }
    await inOrder('dialog "Your privacy here', 'heading "Your privacy here', 'button "Close"', 'tablist')
    for (const [tab, name] of Object.entries({
      overview: 'Overview',
      groups: 'Groups',
      kept: 'Kept',
      sent: 'Sent',
      copies: 'Copies',
      erase: 'Delete',
    })) {
      await turnTo(page, tab)
      await inOrder(`tab "${name}" [selected]`, `tabpanel "${name}"`, 'heading')
    }
  })

  it('is set right: an answer changed, a note removed', async () => {
    await turnTo(page, 'kept')
    await press(page, does('change').first())
    await page.keyboard.press('Tab')
    const answer = page.locator(`${CENTRE} .ns-form select[name=answer]`)
    await reach(page, answer)
    await page.keyboard.type('Black')
    await page.keyboard.press('Enter')
    await press(page, page.locator(`${CENTRE} .ns-form [type=submit]`))
    await expect.poll(said).toBe('Changed.')
    const answers = async () => (await exported(page)).signals.flatMap(it => (it.kind === 'answer' ? [it.answer] : []))
    expect(await answers()).toEqual(['black'])
    expect(await api(page, nearside => nearside.segments().taste)).toBe('t2')
    await press(page, does('remove').first())
    await expect.poll(said).toBe('Removed.')
    expect(await answers()).toEqual([])
    expect(await page.evaluate(() => !!document.activeElement?.closest('.ns-panel'))).toBe(true)
  })

  it('leads to groups of which the visitor says what fits', async () => {
    await note(page)
    await page.keyboard.press('Escape')
    centre = await openCentre(page)
    const taste = async () => (await exported(page)).segments.find(it => it.segmentation === 'taste')
    await turnTo(page, 'groups')
    await press(page, page.locator(`${CENTRE} [data-does=not][data-of=taste]`))
    await expect.poll(said).toBe('Noted.')
    expect(await taste()).toMatchObject({ unassigned: 'not-me' })
    await press(page, page.locator(`${CENTRE} [data-does=undo][data-of=taste]`))
    await expect.poll(said).toBe('Noted.')
    expect((await taste())?.unassigned).toBeUndefined()
    await press(page, page.locator(`${CENTRE} [data-does=right][data-of=taste]`))
    await expect.poll(said).toBe('Noted.')
    expect(await taste()).toMatchObject({ segment: 't1', pinned: true })
    const choose = page.locator(`${CENTRE} .ns-choose`).last()
    await press(page, choose.locator('summary'))
    await reach(page, choose.locator('input'))
    await page.keyboard.press('ArrowDown')
    await press(page, choose.locator('[type=submit]'))
    await expect.poll(said).toBe('Noted.')
    expect(await taste()).toMatchObject({ segment: 't2', pinned: true })
  })

  it('is taken away: as data, to read, and as receipts', async () => {
    await turnTo(page, 'copies')
    const take = async (at: Locator): Promise<string> => {
      const [file] = await Promise.all([page.waitForEvent('download') as Promise<Download>, press(page, at)])
      return text(await file.createReadStream())
    }
    const before = await exported(page)
    const { made: _, features: __, ...all } = JSON.parse(await take(does('json')))
    // A report may fall due meanwhile.
    expect([before, await exported(page)]).toContainEqual(expect.objectContaining(all))
    const html = await take(does('readable'))
    expect(html).toContain('Which tea do you like?')
    expect(html).not.toContain('<script')
    const [dpv, kantara] = [does('receipt').first(), does('receipt').last()]
    expect(JSON.parse(await take(dpv))).toHaveProperty('@context')
    expect(JSON.parse(await take(kantara))).toMatchObject({ version: 'KI-CR-v1.1.0' })
  })
})

describe('a pause, and taking the yes back', () => {
  it('stop everything; what is kept stays in the one, and goes in the other', async () => {
    centre = await openCentre(page)
    await press(page, does('pause'))
    await expect.poll(() => heading().textContent()).toBe('Paused')
    expect(await api(page, nearside => nearside.consent()?.paused)).toBe(true)
    expect((await exported(page)).signals.length).toBeGreaterThan(0)
    await press(page, does('resume'))
    await expect.poll(() => heading().textContent()).toBe('You said yes')
    await press(page, does('withdraw'))
    await expect.poll(() => heading().textContent()).toBe('You said no')
    expect((await kept(page, page.context())).databases).toEqual([])
    await press(page, does('choices'))
    await press(page, page.locator('#nearside-consent dialog [data-nearside=accept]'))
    await note(page)
  })
})

describe('deleting', () => {
  beforeEach(async () => {
    centre = await openCentre(page)
    await turnTo(page, 'erase')
  })

  const countOf = async (category: 'answers' | 'shopping'): Promise<number> => {
    const kind = { answers: 'answer', shopping: 'add_to_cart' }[category]
    return (await exported(page)).signals.filter(it => it.kind === kind).length
  }
  const gone = () => expect.poll(() => heading().textContent())

  it('a category, then a stretch of time: asked once more, and looked for again', async () => {
    const answers = page.locator(`${CENTRE} [data-does=ask][data-category=answers]`)
    await press(page, answers)
    expect(await heading().textContent()).toBe('Delete 1 note?')
    await press(page, does('keep'))
    expect(await countOf('answers')).toBe(1)
    await press(page, answers)
    await press(page, does('erase'))
    await gone().toBe('Gone: 1 note. Looked again: none of it is left.')
    expect([await countOf('answers'), await countOf('shopping')]).toEqual([0, 1])
    await press(page, page.locator(`${CENTRE} [data-does=ask][data-from]`).first())
    await press(page, does('erase'))
    await gone().toContain('none of it is left')
    expect(await countOf('shopping')).toBe(0)
  })

  it('everything: nothing is left but requests to forget, and the screen says which', async () => {
    await expect.poll(() => site.received.some(({ path }) => path === '/v1/reports')).toBe(true)
    await press(page, does('ask').last())
    await press(page, does('erase'))
    await gone().toBe('Everything is gone')
    const left = await kept(page, page.context())
    expect([left.databases, left.cookies, left.keys.filter(key => key !== 'nearside-page')]).toEqual([[], [], []])
    expect(await centre.textContent()).toContain('There is no Nearside database.')
  })
})
