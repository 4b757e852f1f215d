// Pages that take away, replace or imitate what Nearside puts into the document: nothing breaks, on either side.
import { afterAll, beforeAll, describe, it } from 'vitest'
import {
  button,
  GRANT,
  type HostileSite,
  PAINT,
  pageWith,
  script,
  startHostileSite,
  TAG,
  visit,
} from './hostile-site.ts'

let site: HostileSite
beforeAll(async () => {
  site = await startHostileSite()
})
afterAll(() => site.close())

let served = 0
const serve = (html: string): string => site.page(`/document/${++served}`, html)
const PRIVACY = button('privacy', 'nearside.openPrivacyCenter()')
const WITHDRAW = button('withdraw', 'nearside.withdraw()')

describe('a script that removes what we show', () => {
  const removals: [name: string, code: string][] = [
    [
      'the banner as soon as it is there',
      "new MutationObserver(() => document.getElementById('nearside-consent')?.remove()).observe(document, { childList: true, subtree: true })",
    ],
    [
      'all of the body, again and again',
      'let n = 0; const again = () => { const fresh = document.createElement("body"); fresh.innerHTML = document.body.innerHTML; document.body.replaceWith(fresh); if (++n < 9) requestAnimationFrame(again) }; addEventListener("load", again)',
    ],
    [
      'every attribute of the document',
      'const wipe = () => { for (const it of document.documentElement.getAttributeNames()) if (it !== "lang") document.documentElement.removeAttribute(it) }; new MutationObserver(wipe).observe(document.documentElement, { attributes: true })',
    ],
    ['every style sheet that is adopted', 'setInterval(() => { document.adoptedStyleSheets = [] }, 20)'],
  ]
  for (const [name, code] of removals)
    it.concurrent(`takes ${name}: nothing breaks, and nothing is noted without a yes`, async ({ expect }) => {
      const html = pageWith(script(code), PRIVACY + WITHDRAW)
      const url = serve(html)
      const it = await visit(site, expect)
      await it.open(url)
      await it.page.waitForLoadState('networkidle')
      await it.press('privacy')
      await it.page.locator('#nearside-centre').waitFor()
      await it.page.keyboard.press('Escape')
      await it.untouched(html)
      await it.silent()
      await it.store('nearside', GRANT)
      await it.open(url)
      await expect.poll(() => it.databases()).toEqual(['nearside'])
      await it.untouched(html)
      await it.press('withdraw')
      await it.forgotten()
      expect([it.lines, it.errors]).toEqual([[], []])
      await it.close()
    })

  it('asks again in the privacy centre, where the banner was taken away', async ({ expect }) => {
    const url = serve(pageWith('', PRIVACY + button('take', "document.getElementById('nearside-consent').remove()")))
    const it = await visit(site, expect)
    await it.open(url)
    await it.banner.waitFor()
    await it.press('take')
    expect(await it.banner.count()).toBe(0)
    await it.press('privacy')
    await it.page.locator('#nearside-centre [data-does=choices]').click()
    await it.page.locator('[data-nearside=save]').waitFor()
    await it.close()
  })

  it('writes the document anew: nothing breaks, and a no still holds', async ({ expect }) => {
    const anew =
      "document.open(); document.write('<title>anew</title><button id=withdraw onclick=nearside.withdraw()>withdraw</button>'); document.close()"
    const url = serve(pageWith('', button('anew', anew)))
    const it = await visit(site, expect)
    await it.open(url)
    await it.banner.waitFor()
    await it.press('anew')
    await it.silent()
    await it.store('nearside', GRANT)
    await it.open(url)
    await it.shown.waitFor({ state: 'attached' })
    await it.press('anew')
    await it.press('withdraw')
    await it.forgotten()
    expect([it.lines, it.errors]).toEqual([[], []])
    await it.close()
  })
})

describe('a document that imitates us', () => {
  const named = (tag: string, name: string): string =>
    script(`document.head.append(Object.assign(document.createElement('${tag}'), { name: '${name}' }))`)
  const imitations: [name: string, head: string, body: string, line?: RegExp][] = [
    ['a form called nearside', '', '<form id="nearside"><input name="q"><input name="segments"></form>'],
    ['an image called body', '', '<img name="body">'],
    ['an image called currentScript', named('img', 'currentScript'), '', /\S/],
    ['an image called createElement', '', '<img name="createElement">', /not a function/],
    ['an element with the banner’s id', '', '<p id="nearside-consent">Ours</p>'],
    [
      'a stub that holds nonsense',
      script("window.nearside = { q: [['nosuch'], 7, null, ['on'], ['on', 'segments', 7]] }"),
      '',
      /\S/,
    ],
    ['a queue that is none', script('window.nearside = { q: 7 }'), ''],
    ['a text in our name', script("window.nearside = 'text'"), ''],
    [
      'a name that cannot be taken',
      script("Object.defineProperty(window, 'nearside', { get() { throw new Error('hostile') } })"),
      '',
      /hostile/,
    ],
  ]
  for (const [name, head, body, line] of imitations)
    it.concurrent(`${name}: asked all the same, or one line`, async ({ expect }) => {
      const url = serve(pageWith(head, body))
      const it = await visit(site, expect)
      await it.open(url)
      await (line ? it.line(line) : it.banner.waitFor())
      await it.silent()
      await it.page.locator('button#buy').click()
      const theirs = it.page.locator('p#nearside-consent')
      if (await theirs.count()) expect(await theirs.evaluate(it => getComputedStyle(it).position)).toBe('static')
      if (!line) {
        await it.page.locator('[data-nearside=accept]').click()
        await it.shown.waitFor({ state: 'attached' })
      }
      expect([it.lines.length, it.errors]).toEqual([line ? 1 : 0, []])
      await it.close()
    })

  it('whose base lies elsewhere is told so in one line', async ({ expect }) => {
    const own = (tag: string): string => tag.replace('src="', `src="${site.origin}`)
    const html = pageWith('<base href="https://cdn.example/">', '', own(PAINT) + own(TAG))
    const it = await visit(site, expect)
    await it.open(serve(html))
    await it.line(/cdn\.example\/nearside\.json is on another origin/)
    await it.untouched(html)
    await it.silent()
    await it.close()
  })
})
