// What the extension makes of a site's public log: everyone gets the same files, or the visitor is told that it is not so.
import { createHash } from 'node:crypto'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append, type Log, type LogEntry, type LogHead } from '../../core/log.ts'
import { type Checked, parseChecked } from '../../extension/request.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import type { Seen } from '../harness/site.ts'
import { ask, enter, exported, model, startAskingShop } from './extension-ask.ts'
import { launchVisitor, type Visitor } from './extension-popup.ts'

const LOG_PATH = '/nearside/nearside-log.json'
const MODEL_PATH = '/nearside/model.json'

const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

const entered = (log: Omit<Log, 'size' | 'root'>, what: LogEntry['what'], name: string, text: string): Promise<Log> =>
  append(sha256, log, { what, name, on: '2026-01-01', digest: createHash('sha256').update(text).digest('base64url') })

/** With what the site asks and how it asks it. */
const begun = async ({ config }: SdkSite): Promise<Log> => {
  const { notice } = JSON.parse(config)
  return entered(await entered({ v: 1, site: 'shop', entries: [] }, 'config', 'shop', config), 'notice', notice, notice)
}

const served = JSON.stringify(model)
/** What a site could serve to those who ask without a cache, as only somebody does who checks. */
const other = JSON.stringify({ ...model, revision: 2 })
const checks = ({ headers }: Seen): boolean => headers.pragma === 'no-cache'

describe('asked to compare a site with its public log, the extension', () => {
  let visitor: Visitor
  let shop: SdkSite
  let tab: Page
  let popup: Page
  let log: Log
  const check = async (seen?: LogHead): Promise<Checked> =>
    parseChecked(await ask(popup, { ask: 'check', origin: shop.origin, ...(seen ? { seen } : {}) }), 'answer')

  beforeAll(async () => {
    visitor = await launchVisitor()
    shop = await startAskingShop({ config: { log: LOG_PATH } })
    log = await begun(shop)
    log = await entered(log, 'model', 'test.1', served)
    shop.route(LOG_PATH, JSON.stringify(log))
    tab = await visitor.browser.newPage()
    await enter(tab, `${shop.origin}/`)
    popup = await visitor.open(tab)
  })
  afterAll(async () => {
    await visitor?.close()
    await shop?.close()
  })

  it('says that what is at work and what is served stand in it, and asks nobody but the site, without a cookie', async () => {
    await tab.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: what a site does.
      document.cookie = 'who=ada'
      window.fetch = () => Promise.reject(new Error('patched'))
    })
    const before = shop.seen.length
    const head = { size: log.size, root: log.root }
    expect(await check()).toEqual({ kept: 'logged', served: 'logged', head })
    const asked = shop.seen.slice(before)
    expect(asked.map(({ path }) => path)).toEqual(['/nearside.json', MODEL_PATH, LOG_PATH])
    expect(asked.map(({ headers }) => [headers.cookie, headers.referer])).toEqual(
      asked.map(() => [undefined, undefined]),
    )
  })

  it('tells a model that went on from one that was never everyone’s', async () => {
    const longer = await entered(log, 'model', 'test.2', other)
    shop.route(LOG_PATH, JSON.stringify(longer))
    shop.route(MODEL_PATH, other)
    expect(await check()).toMatchObject({ kept: 'logged', served: 'logged', head: { size: 4 } })
    shop.route(LOG_PATH, JSON.stringify(log))
    expect(await check()).toMatchObject({ kept: 'logged', served: 'not-logged' })
    shop.route(MODEL_PATH, { body: served, headers: { vary: 'user-agent' } })
    expect(await check()).toMatchObject({ kept: 'logged', served: 'logged', differing: ['vary'] })
  })

  it('sees a split view: one log for this visitor, another for whoever checks, or for later', async () => {
    const theirs = await entered(await begun(shop), 'model', 'test.2', other)
    shop.route(MODEL_PATH, request => ({ body: checks(request) ? other : served }))
    shop.route(LOG_PATH, request => ({ body: JSON.stringify(checks(request) ? theirs : log) }))
    expect((await exported(tab))?.model?.log).toEqual({ size: log.size, root: log.root })
    // The head that its own worker noted does not fit the log that everybody else is shown.
    expect(await check()).toMatchObject({ kept: 'rewritten', served: 'rewritten' })
    // Nor does the one that the extension remembers, whatever the site has made of its own storage since.
    shop.route(MODEL_PATH, served)
    shop.route(LOG_PATH, JSON.stringify(log))
    expect(await check({ size: theirs.size, root: theirs.root })).toMatchObject({
      kept: 'rewritten',
      served: 'rewritten',
    })
  })

  it('says what could not be had, and believes no address outside the site', async () => {
    shop.route(LOG_PATH, { status: 404 })
    expect(await check()).toEqual({ kept: 'unreachable', served: 'unreachable' })
    shop.route(LOG_PATH, '{"v":1,"site":"shop","size":7}')
    expect(await check()).toEqual({ kept: 'unreadable', served: 'unreadable' })
    shop.route(LOG_PATH, { status: 302, headers: { location: 'https://elsewhere.example/log.json' } })
    expect(await check()).toEqual({ kept: 'unreachable', served: 'unreachable' })
    shop.route(LOG_PATH, 'x'.repeat(9_000_000))
    expect(await check()).toEqual({ kept: 'unreachable', served: 'unreachable' })
  })

  it('remembers the log by itself, until the list is cleared: a site that begins another, and its own storage with it, is found out', async () => {
    shop.route(LOG_PATH, JSON.stringify(log))
    shop.route(MODEL_PATH, served)
    const appears = visitor.browser.waitForTarget(it => it.url().includes('/dashboard/'), { timeout: 10_000 })
    // The popup closes in the middle of the click.
    await popup.click('.way a').catch(() => {})
    const dashboard = await (await appears).asPage()
    const said = () => dashboard.$$eval('section [role=status] p', all => all.map(it => it.textContent).join(' '))
    const checks = async () => {
      await dashboard.bringToFront()
      for (const css of ['[data-tab=sent]', '[data-does=check]']) {
        await dashboard.waitForSelector(css)
        // Found and pressed in one: what is seen anew is drawn anew.
        await dashboard.$eval(css, it => (it as HTMLElement).click())
      }
      return expect.poll(said)
    }
    const STANDS = 'At work here: It stands in the site’s public log'
    await (await checks()).toContain(STANDS)

    shop.route(MODEL_PATH, other)
    shop.route(LOG_PATH, JSON.stringify(await entered(await begun(shop), 'model', 'test.2', other)))
    await tab.bringToFront()
    await tab.evaluate(async () => {
      await (window as unknown as { nearside: { erase(): Promise<unknown> } }).nearside.erase()
      localStorage.clear()
    })
    await enter(tab, `${shop.origin}/`)
    expect((await exported(tab))?.model?.log?.size, 'its own worker has seen no other').toBe(3)
    await (await checks()).toContain('log was rewritten')
    await dashboard.click('.rail a')
    await (await dashboard.waitForSelector('[data-does=clear-list]'))?.click()
    await dashboard.waitForSelector('.sites-empty')
    await dashboard.goBack()
    await (await checks()).toContain(STANDS)
  })
})
