// Every control of the extension's pages that the other promises do not press on their way: each does what it says.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import type { Nearside } from '../../sdk/api.ts'
import { type Desk, openDesk, settled } from './extension-dashboard.ts'
import { storageOf } from './extension-popup.ts'

type ShopWindow = { nearside: Nearside }

let desk: Desk
let page: Page
let folder: string
beforeAll(async () => {
  desk = await openDesk()
  page = desk.page
  folder = await mkdtemp(join(tmpdir(), 'nearside-copies-'))
  const session = await page.browser().target().createCDPSession()
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
}, 60_000)
afterAll(async () => {
  await desk?.close()
  await rm(folder, { recursive: true, force: true })
})

const own = (): Promise<AccessDocument | null> =>
  desk.tab.evaluate(() => (window as unknown as ShopWindow).nearside.exportData())
const consent = () => desk.tab.evaluate(() => (window as unknown as ShopWindow).nearside.consent())
const said = () => page.$eval('.said', it => it.textContent)
const sends = (form: string, fields: { [name: string]: string }): Promise<void> =>
  page.$eval(
    form,
    (it, given) => {
      const all = it as HTMLFormElement
      for (const [name, value] of Object.entries(given)) {
        const field = all.elements.namedItem(name) as RadioNodeList | HTMLInputElement
        field.value = value
      }
      all.requestSubmit()
    },
    fields,
  )
/** What stands in the one new file, once all of it is there. */
const copy = async (ending: string): Promise<string> => {
  const found = async () => (await readdir(folder)).filter(name => name.endsWith(ending))
  await expect.poll(found).toHaveLength(1)
  return readFile(join(folder, (await found())[0] as string), 'utf8')
}

it('a group is right, is another one, and is left to be worked out again', async () => {
  const visit = async () => (await own())?.segments.find(({ segmentation }) => segmentation === 'visit')
  const before = await visit()
  await desk.open()
  await desk.turn('groups')
  await desk.does('right', 'visit')
  await expect.poll(visit).toMatchObject({ segment: before?.segment, pinned: true })
  const another = before?.segment === 'a1' ? 'a2' : 'a1'
  await page.waitForSelector('[data-does=undo][data-of=visit]')
  await sends('form[data-does=choose][data-of=visit]', { segment: another })
  await expect.poll(visit).toMatchObject({ segment: another, pinned: true })
  await desk.does('undo', 'visit')
  await expect.poll(async () => (await visit())?.pinned).toBeUndefined()
  expect((await visit())?.segment).toBe(before?.segment)
})

it('a note is changed, or left as it is', async () => {
  await desk.turn('kept')
  await desk.does('day')
  const change = '.ns-note[data-kind=page_view] [data-does=change]'
  await page.waitForSelector(change)
  await page.$eval(change, it => (it as HTMLElement).click())
  await desk.does('cancel')
  await page.waitForFunction(() => !document.querySelector('form[data-does=save]'))
  await page.$eval(change, it => (it as HTMLElement).click())
  await page.waitForSelector('form[data-does=save]')
  await sends('form[data-does=save]', { page: 'home' })
  await expect.poll(async () => (await own())?.signals.filter(it => it.page === 'home').length).toBe(1)
})

it('copies say what is kept: for programs, to read, and as receipts', async () => {
  await desk.turn('copies')
  await desk.does('json')
  const { made: _, ...kept } = JSON.parse(await copy('json'))
  const { made: __, ...now } = (await own()) as AccessDocument
  expect(kept).toEqual(now)
  await desk.does('readable')
  expect(await copy('html')).toContain('A quick look')
  await desk.does('receipt', 'dpv')
  expect(JSON.parse(await copy('jsonld'))).toHaveProperty('@context')
  await expect.poll(said).toBe('Downloaded.')
})

it('part of it is kept after all; a switch of a purpose, and all of it taken back, asked first', async () => {
  await desk.turn('erase')
  await desk.does('ask', 'browsing')
  await desk.does('keep')
  await page.waitForSelector('[data-does=ask]')
  await desk.turn('overview')
  await page.$eval('[data-does=switch][data-purpose=measurement]:not([data-category])', it =>
    (it as HTMLElement).click(),
  )
  await expect.poll(async () => (await consent())?.granted.measurement).toBeUndefined()
  await desk.does('ask-withdraw')
  await desk.does('back')
  await page.waitForSelector('[role=tab]')
  expect((await consent())?.granted.personalization).toEqual(['browsing', 'shopping'])
  await desk.does('ask-withdraw')
  await desk.does('do-withdraw')
  await settled(page, 'Withdrawn, and verified')
  expect((await storageOf(desk.tab)).databases).toEqual([])
})

it('a site is told something else than all others, down to the pair, until that is taken back', async () => {
  const exceptions = () =>
    page.evaluate(async () => {
      const { storage } = (
        globalThis as unknown as {
          chrome: { storage: { local: { get(name: string): Promise<{ defaults?: { exceptions: object } }> } } }
        }
      ).chrome
      return (await storage.local.get('defaults')).defaults?.exceptions
    })
  await desk.list(2)
  await desk.go(`site=${encodeURIComponent('https://shop-1.example')}`)
  await settled(page, 'This site is not open')
  await page.select('[data-does=exception]', 'only')
  await page.waitForSelector('[data-does=exception-pair]')
  await page.$eval('[data-does=exception-pair][data-purpose=personalization][data-category=shopping]', it =>
    (it as HTMLElement).click(),
  )
  const grants = { personalization: ['shopping'] }
  await expect.poll(exceptions).toEqual({ 'https://shop-1.example': { answer: 'only', grants } })
  await page.select('[data-does=exception]', '')
  await expect.poll(exceptions).toEqual({})
})

it('a deletion is asked for and taken back, done and forgotten; a site is taken off the list', async () => {
  await desk.go(`site=${encodeURIComponent(desk.shop.origin.replace(/\d+$/, '1'))}`)
  await settled(page, 'This site is not on the list')
  await desk.does('delete-visit')
  await settled(page, 'Waits for your next visit')
  await desk.does('drop')
  await page.waitForFunction(() => !document.querySelector('.deletion'))
  await desk.does('delete-once')
  await desk.does('do-once')
  await settled(page, 'as the browser says')
  await desk.go('deleting')
  await desk.does('forget-accounts')
  await settled(page, 'Nothing waits')
  await desk.go(`site=${encodeURIComponent('https://shop-1.example')}`)
  await desk.does('unlist')
  await settled(page, 'This site is not on the list')
  expect(await desk.listed()).toHaveLength(1)
})

it('the popup turns a switch, pauses, goes on, and gives a receipt', async () => {
  await desk.tab.bringToFront()
  await desk.tab.evaluate(() => localStorage.clear())
  await desk.tab.reload()
  await (await desk.tab.waitForSelector('[data-nearside=accept]'))?.click()
  await desk.tab.waitForFunction(() => localStorage.getItem('nearside-page')?.includes('segments'))
  await page.bringToFront()
  await page.goto(await desk.popup())
  await page.waitForSelector('[data-fold=allowed]')
  await desk.does('receipt', 'kantara')
  await expect.poll(said).toBe('Downloaded.')
  await desk.does('pause')
  await expect.poll(async () => (await consent())?.paused).toBe(true)
  await desk.does('resume')
  await page.waitForSelector('[data-does=pause]')
  expect((await consent())?.paused).toBeUndefined()
  await page.$eval('[data-does=switch][data-category=shopping]', it => (it as HTMLElement).click())
  await expect.poll(async () => (await consent())?.granted.personalization).toEqual(['browsing'])
})
