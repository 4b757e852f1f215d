// docs/install/nearside.tpl: its code against a stand-in of the functions it asks for, as they are documented. Tag Manager itself is not run.
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, api, asPage, type SdkSite, segmentOf } from '../harness/sdk-site.ts'
import { read, startShop } from './install-snippets.ts'

const sections = Object.fromEntries(
  [...read('nearside.tpl').matchAll(/^___(\w+)___\n([\s\S]*?)(?=^___\w+___$|$(?![\s\S]))/gm)].map(([, name, body]) => [
    name,
    body as string,
  ]),
)
const code = sections.SANDBOXED_JS_FOR_WEB_TEMPLATE ?? ''

/** What Tag Manager lets a template do: exactly what its permissions say. */
const sandbox = `(data => {
  const may = { urls: [new RegExp('^' + data.allowed.replaceAll('*', '.*') + '$')], globals: data.globals }
  const at = path => path.split('.').reduce((it, name) => it?.[name], window)
  const guarded = (allowed, act) => { if (!allowed) throw new Error('permission denied'); return act() }
  const apis = {
    queryPermission: (name, value) => name === 'inject_script' && may.urls.some(it => it.test(value)),
    injectScript: (url, onSuccess, onFailure, token) => guarded(apis.queryPermission('inject_script', url), () => {
      window.injected ??= {}
      if (window.injected[token]) return onSuccess()
      window.injected[token] = true
      const script = Object.assign(document.createElement('script'), { src: url, async: true, onload: () => onSuccess(), onerror: () => onFailure() })
      document.head.append(script)
    }),
    copyFromWindow: path => guarded(may.globals.includes(path), () => at(path)),
    callInWindow: (path, ...given) => guarded(may.globals.includes(path), () => at(path)(...given)),
  }
  return new Promise(done => {
    const shown = { ...data, gtmOnSuccess: () => done('success'), gtmOnFailure: () => done('failure') }
    new Function('data', 'require', data.code)(shown, name => {
      if (!(name in apis)) throw new Error(name + ' is not asked for here')
      return apis[name]
    })
  })
})`

const permissions = JSON.parse(sections.WEB_PERMISSIONS ?? '[]') as {
  instance: {
    key: { publicId: string }
    param: { value: { listItem: { string?: string; mapValue?: { string?: string }[] }[] } }[]
  }
}[]
const granted = (id: string) =>
  permissions.find(it => it.instance.key.publicId === id)?.instance.param[0]?.value.listItem ?? []
const globals = granted('access_globals').map(({ mapValue }) => mapValue?.[0]?.string)

let site: SdkSite
let visitor: BrowserContext
let page: Page

beforeEach(async () => {
  site = await startShop()
  site.route(
    '/',
    asPage('<!doctype html><html lang="en"><head><title>home</title></head><body><h1>home</h1></body></html>'),
  )
  visitor = await newVisitor()
  page = await visitor.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(`${site.origin}/`)
})
afterEach(async () => {
  await visitor.close()
  await site.close()
})

/** Fires the tag, its permissions set to this site's own address as the page says. */
const fire = (data: object): Promise<unknown> => {
  const allowed = granted('inject_script').map(it => it.string?.replace('https://shop.example', site.origin))[0]
  return page.evaluate(`(${sandbox})(${JSON.stringify({ code, allowed, globals, ...data })})`)
}
const load = { act: 'load', address: '' }

it('loads the script once, which asks, and finds its config where it looks without being told', async () => {
  const address = `${site.origin}/nearside/nearside.js`
  expect(await fire({ ...load, address })).toBe('success')
  expect(await fire({ ...load, address })).toBe('success')
  await answerBanner(page, 'accept')
  expect(await segmentOf(page, 'visit', 'v1')).toBe('v1')
  expect(site.seen.filter(({ path }) => path === '/nearside/nearside.js')).toHaveLength(1)
  expect(site.seen.filter(({ path }) => path === '/nearside.json')).toHaveLength(1)
})

it('loads nothing from anywhere else, and opens the choices only once they are there', async () => {
  expect(await fire({ ...load, address: 'https://elsewhere.example/nearside.js' })).toBe('failure')
  expect(await fire({ act: 'choices' })).toBe('failure')
  await fire({ ...load, address: `${site.origin}/nearside/nearside.js` })
  await answerBanner(page, 'reject')
  await expect.poll(() => api(page, nearside => nearside.consent())).toMatchObject({ granted: {} })
  expect(await fire({ act: 'choices' })).toBe('success')
  await page.locator('#nearside-centre').waitFor()
})

it('has every section in its order, and asks for exactly what its code uses', () => {
  expect(Object.keys(sections)).toEqual([
    'TERMS_OF_SERVICE',
    'INFO',
    'TEMPLATE_PARAMETERS',
    'SANDBOXED_JS_FOR_WEB_TEMPLATE',
    'WEB_PERMISSIONS',
    'TESTS',
    'NOTES',
  ])
  expect(JSON.parse(sections.INFO ?? '')).toMatchObject({ type: 'TAG', containerContexts: ['WEB'] })
  const names = (JSON.parse(sections.TEMPLATE_PARAMETERS ?? '') as { name: string }[]).map(({ name }) => name)
  expect(new Set([...code.matchAll(/\bdata\.(\w+)/g)].map(([, name]) => name))).toEqual(
    new Set([...names, 'gtmOnSuccess', 'gtmOnFailure']),
  )
  expect(permissions.map(it => it.instance.key.publicId)).toEqual(['inject_script', 'access_globals'])
})

/** Runs one of the template's own tests, with what the editor gives them: `mock`, `runCode`, `assertApi`. */
const runScenario = (test: string): void => {
  const mocks: { [api: string]: unknown } = {}
  const calls: { [api: string]: unknown[][] } = {}
  const apiOf =
    (name: string) =>
    (...given: unknown[]) => {
      calls[name] = [...(calls[name] ?? []), given]
      const mocked = mocks[name]
      return typeof mocked === 'function' ? mocked(...given) : mocked
    }
  const runCode = (data: object): void => {
    const given = { ...data, gtmOnSuccess: apiOf('gtmOnSuccess'), gtmOnFailure: apiOf('gtmOnFailure') }
    new Function('data', 'require', code)(given, apiOf)
  }
  const assertApi = (name: string) => ({
    wasCalled: () => expect(calls, name).toHaveProperty(name),
    wasNotCalled: () => expect(calls, name).not.toHaveProperty(name),
    wasCalledWith: (...given: unknown[]) => expect(calls[name]).toContainEqual(given),
  })
  const mock = (name: string, value: unknown): void => {
    mocks[name] = value
  }
  new Function('mock', 'runCode', 'assertApi', test)(mock, runCode, assertApi)
}

const scenarios = [...(sections.TESTS ?? '').matchAll(/^- name: (.+)\n {2}code: \|-\n((?: {4}.+\n)+)/gm)]

it('brings tests of its own', () => expect(scenarios.length).toBe(3))

for (const [, name, test] of scenarios)
  it(`passes its own test: ${name}`, () => {
    runScenario(test as string)
  })
