// Pages that leave Nearside no room: a content security policy without it, a second copy of the tag, a frame.
import { afterAll, beforeAll, describe, it } from 'vitest'
import { asPage } from '../harness/sdk-site.ts'
import { startSite } from '../harness/site.ts'
import { button, GRANT, type HostileSite, PAINT, pageWith, startHostileSite, TAG, visit } from './hostile-site.ts'

let site: HostileSite
beforeAll(async () => {
  site = await startHostileSite()
  site.route('/other.json', site.config)
})
afterAll(() => site.close())

let served = 0
const OPEN = "script-src 'self' 'unsafe-inline'"

describe('a content security policy', () => {
  const policies: [name: string, policy: string, fresh: RegExp | undefined, granted: RegExp | undefined][] = [
    [
      'with room for everything',
      `${OPEN}; worker-src 'self'; connect-src 'self'; style-src 'none'`,
      undefined,
      undefined,
    ],
    ['that asks for trusted types', "require-trusted-types-for 'script'", undefined, undefined],
    [
      'that lists our trusted types',
      "require-trusted-types-for 'script'; trusted-types nearside",
      undefined,
      undefined,
    ],
    [
      'that lists other trusted types',
      "require-trusted-types-for 'script'; trusted-types shop",
      undefined,
      /"?nearside"? disallowed/,
    ],
    ['without worker-src for us', `${OPEN}; worker-src 'none'`, undefined, /the worker could not start\. .*worker-src/],
    ['without connect-src for us', `${OPEN}; connect-src 'none'`, /Failed to fetch/, /Failed to fetch/],
    [
      'without our chunks',
      `script-src 'unsafe-inline' http://localhost:*/nearside/nearside.js http://localhost:*/nearside/nearside-paint.js`,
      /nearside-banner\.js/,
      /nearside-(session|follow)\.js/,
    ],
  ]
  for (const [name, policy, fresh, granted] of policies)
    it.concurrent(`${name} is kept`, async ({ expect }) => {
      const html = pageWith('')
      site.route(`/policy/${++served}`, {
        body: html,
        headers: { 'content-type': 'text/html', 'content-security-policy': policy },
      })
      const url = `${site.origin}/policy/${served}`
      const it = await visit(site, expect)
      await it.open(url)
      await (fresh ? it.line(fresh) : it.banner.waitFor())
      await it.untouched(html)
      await it.silent()
      await it.store('nearside', GRANT)
      await it.open(url)
      await (granted ? it.line(granted) : it.shown.waitFor({ state: 'attached' }))
      if (granted) await expect.poll(() => it.shown.count()).toBe(0)
      await it.untouched(html)
      expect([it.lines.length, it.errors]).toEqual([granted ? 1 : 0, []])
      await it.close()
    })

  it('may list neither scripts nor anything else of ours: then nothing is there', async ({ expect }) => {
    const html = pageWith('', '', TAG)
    site.route('/policy/none', {
      body: html,
      headers: { 'content-type': 'text/html', 'content-security-policy': "script-src 'unsafe-inline'" },
    })
    const it = await visit(site, expect)
    await it.open(`${site.origin}/policy/none`)
    await it.untouched(html)
    await it.silent()
    expect([it.lines, it.errors]).toEqual([[], []])
    await it.close()
  })
})

const MODULE = `import { startNearside } from '/nearside/nearside.mjs'; window.second = startNearside({ config: '/nearside.json', base: location.origin + '/nearside/nearside.mjs' })`

describe('two copies of the tag', () => {
  const copies: [name: string, tags: string][] = [
    ['the same twice', TAG + TAG],
    ['with another config', TAG + TAG.replace('/nearside.json', '/other.json')],
    ['from another address', TAG + TAG.replace('nearside.js"', 'nearside.js?again"')],
    ['beside the package', `${TAG}<script type="module">${MODULE}</script>`],
    [
      'beside the package, which comes first',
      `<script type="module">${MODULE}</script>${TAG.replace('async=""', 'defer=""')}`,
    ],
  ]
  for (const [name, tags] of copies)
    it.concurrent(`${name}: asked once, noted once`, async ({ expect }) => {
      const html = pageWith(
        '',
        button(
          'count',
          "nearside.exportData().then(it => document.title = it?.signals.filter(it => it.kind === 'page_view').length ?? document.title)",
        ),
        tags,
      )
      const url = site.page(`/copies/${++served}`, html)
      const it = await visit(site, expect)
      await it.open(url)
      await it.banner.waitFor()
      await it.page.waitForLoadState('networkidle')
      expect(await it.banner.count()).toBe(1)
      await it.page.locator('[data-nearside=accept]').click()
      await it.shown.waitFor({ state: 'attached' })
      await it.page.reload()
      await it.shown.waitFor({ state: 'attached' })
      await it.page.waitForLoadState('networkidle')
      await expect
        .poll(async () => {
          await it.press('count')
          return it.page.title()
        })
        .toBe('2')
      expect([it.lines, it.errors]).toEqual([[], []])
      await it.close()
    })
})

describe('a frame', () => {
  const srcdoc = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const framed = PAINT + TAG
  const frames: [name: string, make: (elsewhere: string) => string][] = [
    ['of the same origin', () => '<iframe src="/framed"></iframe>'],
    ['of another origin', elsewhere => `<iframe src="${elsewhere}/framed"></iframe>`],
    ['that is sandboxed', () => '<iframe sandbox="allow-scripts" src="/framed"></iframe>'],
    ['of srcdoc', () => `<iframe srcdoc="${srcdoc(`<!doctype html><body>${framed}`)}"></iframe>`],
  ]
  for (const [name, make] of frames)
    it.concurrent(`${name} asks nobody, notes nothing and says nothing`, async ({ expect }) => {
      const inner = asPage(`<!doctype html><title>framed</title>${framed}<h1>framed</h1>`)
      site.route('/framed', inner)
      const elsewhere = await startSite({
        hostname: '127.0.0.1',
        files: {
          '/framed': inner,
          '/nearside/nearside.js': { status: 302, headers: { location: `${site.origin}/nearside/nearside.js` } },
        },
      })
      const url = site.page(`/frames/${++served}`, pageWith('', make(elsewhere.origin), ''))
      const it = await visit(site, expect)
      await it.open(url)
      await it.page.waitForLoadState('networkidle')
      const frame = it.page.frames()[1]
      expect(await frame?.locator('#nearside-consent').count()).toBe(0)
      expect([await it.keys(), await it.databases()]).toEqual([[], []])
      await it.store('nearside', GRANT)
      await it.open(url)
      await it.page.waitForLoadState('networkidle')
      expect([await it.keys(), await it.databases()]).toEqual([['nearside'], []])
      expect(it.sent.filter(({ url }) => /nearside\.json|session|worker/.test(url))).toEqual([])
      expect([it.lines, it.errors]).toEqual([[], []])
      await it.close()
      await elsewhere.close()
    })
})
