// A page that has replaced what Nearside stands on: neither breaks nor is broken. Where we cannot work there is one line, and nothing
// is noted; the page is untouched; and a withdrawal holds whatever fails on the way.
import { afterAll, beforeAll, describe, it } from 'vitest'
import { button, GRANT, type HostileSite, pageWith, script, startHostileSite, visit } from './hostile-site.ts'

let site: HostileSite
beforeAll(async () => {
  site = await startHostileSite()
})
afterAll(() => site.close())

const THROW = "throw new Error('hostile')"
const get = (on: string, name: string, body: string): string =>
  `Object.defineProperty(${on}, '${name}', { configurable: true, get() { ${body} } })`
const throwing = (...methods: string[]): string => methods.map(it => `${it} = () => { ${THROW} };`).join(' ')
const missing = (name: string): string => `Object.defineProperty(window, '${name}', { value: undefined })`

/** What a new visitor and one who has granted find: the banner or their segment, one line, or nothing to be seen at all. */
type Outcome = 'works' | 'line' | 'nothing'
type Row = [name: string, code: string, fresh?: Outcome, granted?: Outcome]

const platform: Row[] = [
  ['nothing is amiss', ''],
  ['fetch throws', throwing('window.fetch'), 'line', 'line'],
  ['fetch rejects with nothing', 'window.fetch = () => Promise.reject()', 'line', 'line'],
  ['fetch never answers', 'window.fetch = () => new Promise(() => {})', 'nothing', 'nothing'],
  [
    'fetch is slow',
    'const f = fetch; window.fetch = (...a) => new Promise(go => setTimeout(go, 200)).then(() => f(...a))',
  ],
  ['fetch answers nonsense', "window.fetch = () => 'ok'", 'line', 'line'],
  ['indexedDB throws', throwing('IDBFactory.prototype.open', 'IDBFactory.prototype.deleteDatabase')],
  ['indexedDB is taken away', get('window', 'indexedDB', THROW)],
  ['indexedDB never answers', 'IDBFactory.prototype.open = IDBFactory.prototype.deleteDatabase = () => ({})'],
  ['Worker throws', `window.Worker = function () { ${THROW} }`, 'works', 'line'],
  ['Worker is missing', missing('Worker'), 'works', 'line'],
  ['Worker never answers', 'Worker.prototype.postMessage = () => {}', 'works', 'nothing'],
  ['Worker.postMessage throws', throwing('Worker.prototype.postMessage'), 'works', 'line'],
  ['Worker.terminate throws', throwing('Worker.prototype.terminate')],
  ['MessagePort.postMessage throws', throwing('MessagePort.prototype.postMessage')],
  ['BroadcastChannel is missing', missing('BroadcastChannel'), 'works', 'line'],
  ['BroadcastChannel.postMessage throws', throwing('BroadcastChannel.prototype.postMessage')],
  ['window.postMessage throws', throwing('window.postMessage')],
  ['crypto is missing', missing('crypto')],
  ['crypto.subtle is missing', get('Crypto.prototype', 'subtle', 'return undefined')],
  ['addEventListener throws', throwing('EventTarget.prototype.addEventListener'), 'line', 'line'],
  [
    'addEventListener drops the options',
    'const add = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (type, act) { return add.call(this, type, act) }',
  ],
  ['AbortController.abort throws', throwing('AbortController.prototype.abort')],
  ['pushState throws', throwing('history.pushState')],
  [
    'pushState is wrapped',
    "const push = history.pushState; history.pushState = function (...a) { push.apply(this, a); dispatchEvent(new Event('pushed')) }",
  ],
  ['the clock stands still', 'Date.now = () => 1800000000000; Object.freeze(Date)'],
  ['the clock is at its beginning', 'Date.now = () => 0'],
  ['the clock is none', 'Date.now = () => NaN', 'works', 'line'],
  ['the clock throws', throwing('Date.now', 'Date.parse', 'Date.prototype.toISOString'), 'works', 'line'],
  ['the stopwatch throws', throwing('Performance.prototype.now'), 'works', 'line'],
  [
    'setAttribute throws',
    throwing('Element.prototype.setAttribute', 'Element.prototype.removeAttribute'),
    'line',
    'line',
  ],
]

const language: Row[] = [
  ['JSON.parse throws', throwing('JSON.parse'), 'line', 'line'],
  ['JSON.parse answers nonsense', 'JSON.parse = () => new Proxy({}, { get: () => 1 })', 'line', 'line'],
  ['JSON.stringify throws', throwing('JSON.stringify')],
  ['JSON is missing', missing('JSON'), 'line', 'line'],
  [
    'Prototype.js gives lists a toJSON',
    "Array.prototype.toJSON = function () { return '[' + this.map(it => JSON.stringify(it)).join(', ') + ']' }; String.prototype.toJSON = function () { return '\"' + this + '\"' }",
  ],
  ['every object has a toJSON', "Object.prototype.toJSON = function () { return 'thing' }"],
  ['every list has more names', 'Array.prototype.each = function () {}; Array.prototype.last = function () {}'],
  ['every object has more names', "Object.prototype.extra = function () {}; Object.prototype.word = 'x'"],
  [
    'every object has our names',
    "for (const it of ['segments', 'q', 'tickets', 'outdated', 'capture']) Object.prototype[it] = 1",
    'works',
    'line',
  ],
  ...(['map', 'filter', 'push', 'find', 'some', 'includes'] as const).map(
    (name): Row => [`Array.prototype.${name} throws`, throwing(`Array.prototype.${name}`), 'line', 'line'],
  ),
  // No yes can be read then: it is a no.
  ['Array.prototype.flat throws', throwing('Array.prototype.flat'), 'works', 'nothing'],
  ['Object.values throws', throwing('Object.values', 'Object.entries'), 'line', 'line'],
  [
    'Promise is replaced by one that throws',
    `window.Promise = function () { ${THROW} }; Promise.resolve = Promise.all = Promise.race = () => { ${THROW} }`,
    'works',
    'line',
  ],
  ['Object.prototype is frozen', 'Object.freeze(Object.prototype)'],
  [
    'every prototype is frozen',
    'for (const it of [Object, Array, Function, Promise, String, Number, RegExp, Date, Map, Set, Error, EventTarget, Node, Element, HTMLElement, Document]) Object.freeze(Object.freeze(it).prototype)',
  ],
  ['call throws', throwing('Function.prototype.call')],
  ['apply throws', throwing('Function.prototype.apply'), 'works', 'line'],
  ['bind throws', throwing('Function.prototype.bind')],
]

const outcome = async (it: Awaited<ReturnType<typeof visit>>, expected: Outcome, seen: () => Promise<void>) => {
  if (expected === 'works') await seen()
  else if (expected === 'line') await it.line()
  else await it.page.waitForTimeout(300)
}

let served = 0
const each = (rows: Row[]): void => {
  for (const [name, code, fresh = 'works', granted = 'works'] of rows)
    it.concurrent(`where ${name}`, async ({ expect }) => {
      const before = pageWith(script(code))
      const hostile = site.page(`/before/${++served}`, before)
      const html = pageWith('', button('turn', code) + button('act', ACT) + button('withdraw', 'nearside.withdraw()'))
      const after = site.page(`/after/${served}`, html)
      const it = await visit(site, expect)
      const { lines, errors } = it

      // Before any choice: asked, or not; nothing is kept or sent.
      await it.open(hostile)
      await outcome(it, fresh, () => it.banner.waitFor())
      await it.untouched(before)
      await it.silent()
      expect([lines.length, errors]).toEqual([fresh === 'line' ? 1 : 0, []])

      // With consent, on a page that was so from the start.
      await it.store('nearside', GRANT)
      await it.open(after)
      await it.shown.waitFor({ state: 'attached' })
      await it.open(hostile)
      await outcome(it, granted, () => it.shown.waitFor({ state: 'attached' }))
      await it.untouched(before)
      expect([lines.length, errors]).toEqual([granted === 'line' ? 1 : 0, []])

      // With consent, on a page that turns after it began; and a no holds there too.
      await it.store('nearside', GRANT)
      await it.open(after)
      await it.shown.waitFor({ state: 'attached' })
      await it.press('turn')
      await it.press('act')
      await it.untouched(html)
      await it.press('withdraw')
      await it.forgotten()
      await it.page.goto('about:blank')
      expect([lines.length < 2, errors]).toEqual([true, []])
      await it.close()
    })
}

/** What a page does in the middle of a visit. */
const ACT =
  "nearside.signal('add_to_cart', { value: 1290 }); nearside.signal('page_view', { page: 'home' }); try { history.pushState({}, '', '?next') } catch {}"

describe('a page that has replaced the platform', () => each(platform))
describe('a page that has replaced the language', () => each(language))
