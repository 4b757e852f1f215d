import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { law, offencesIn, PARSERS, referenceOffences, type Sources } from './harness/architecture.ts'

const root = join(import.meta.dirname, '..')

const readTree = (): Sources => {
  const sources: Sources = {}
  for (const room of [...Object.keys(law), 'scripts'].filter(name => existsSync(join(root, name)))) {
    const inside = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    for (const path of inside.map(name => [room, ...name.split(sep)].join('/')))
      if (/\.(ts|mjs)$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
        sources[path] = readFileSync(join(root, path), 'utf8')
  }
  return sources
}

const lower = {
  'core/a.ts': 'export const a = 1',
  'view/v.ts': "export * from '../core/a.ts'",
  'store/s.ts': 'export const s = 1',
}

const offending = (files: Sources): string => offencesIn({ ...lower, ...files }).join('\n')

describe('the house', () => {
  it('keeps its dependency law in every file', () => {
    expect(offencesIn(readTree())).toEqual([])
  })

  it('says in every tsconfig.json what the law says, and nothing else', () => {
    const rooms = readdirSync(root, { withFileTypes: true }).filter(entry => entry.isDirectory())
    const configs = rooms.flatMap(({ name }) => {
      const files = readdirSync(join(root, name))
      return files.includes('tsconfig.json')
        ? [[name, JSON.parse(readFileSync(join(root, name, 'tsconfig.json'), 'utf8'))]]
        : []
    })
    expect(configs.length).toBeGreaterThanOrEqual(11)
    expect(referenceOffences(Object.fromEntries(configs))).toEqual([])
  })
})

describe('a check', () => {
  it('is not left out by the build', () => {
    expect(readTree()['scripts/vite/sdk.ts']).toContain(`PURE = [${PARSERS.map(name => `'${name}'`).join(', ')}]`)
  })

  it.each([
    "oneOf(['a'])(b, 'place')",
    "if (b) oneOf(['a'])(b, 'place')",
    "for (const c of b) list(oneOf(['a']))(c, 'place')",
    "b.forEach((c, i) => oneOf(['a'])(c, String(i)))",
  ])('that would be is found: %s', source => {
    expect(offending({ 'core/x.ts': source })).toContain('the build leaves out a check by')
  })

  it('that has a name, or whose answer is taken, is in order', () => {
    const source = `const known = oneOf(['a']); known(b, 'place')
      export const c = list(known)(b, 'place')
      export const d = b.map(each => oneOf(['a'])(each, 'place'))`
    expect(offending({ 'core/x.ts': source })).toBe('')
  })
})

describe('the law is not asleep: a planted offence is found', () => {
  it('finds none in an innocent tree', () => {
    expect(offending({ 'sdk/x.ts': "import { a } from '../view/v.ts'\nimport('https://x.example/' + a)" })).toBe('')
  })

  it.each([
    ['an import going up', 'core/x.ts', "import { v } from '../view/v.ts'"],
    ['an export going up', 'core/x.ts', "export * from '../view/v.ts'"],
    ['a type import going up', 'core/x.ts', "import type { V } from '../view/v.ts'"],
    ['an inline type import going up', 'core/x.ts', "export type V = import('../view/v.ts').V"],
    ['a dynamic import going up', 'core/x.ts', "export const v = () => import('../view/v.ts')"],
    ['an import going sideways', 'view/x.ts', "import '../store/s.ts'"],
    ['a worker started by path', 'sdk/x.ts', "new Worker(new URL('../store/s.ts', import.meta.url))"],
    ['what TypeScript lets through: the reference of a reference', 'cli/x.ts', "import '../view/v.ts'"],
  ])('%s', (_, path, source) => {
    expect(offending({ [path]: source })).toMatch(/may not import (view|store)/)
  })

  it('reach through a file that itself imports upward', () => {
    const files = { 'core/x.ts': "export * from '../store/s.ts'", 'sdk/y.ts': "import '../core/x.ts'" }
    expect(offending(files)).toContain('sdk/y.ts: sdk reaches store by core/x.ts > store/s.ts')
  })

  it.each([
    ['core/x.ts', 'idb'],
    ['core/x.ts', 'node:fs'],
    ['store/x.ts', 'comlink'],
    ['sdk/x.ts', 'idb'],
    ['sdk/banner.ts', 'comlink'],
    ['sdk/nearside.ts', 'react'],
    ['trainer/x.ts', 'node:fs'],
    ['collector/x.ts', 'papaparse'],
  ])('a package out of its room: %s imports %s', (path, name) => {
    expect(offending({ [path]: `import '${name}'` })).toContain(`may not import ${name}`)
  })

  it('allows comlink in the session chunk, idb in the store, react where it is drawn with', () => {
    const files = {
      'sdk/session.entry.ts': "import 'comlink'",
      'store/x.ts': "import 'idb'",
      'sdk/react.ts': "import 'react'",
    }
    expect(offending(files)).toBe('')
  })

  it.each([
    'Math.log(2)',
    'Math.round(1.5)',
    'const { exp } = Math',
    'const m = Math; m.pow(2, 3)',
    "Math['log'](2)",
    'globalThis.Math.log(2)',
    '(Math as { log: (x: number) => number }).log(2)',
    '[1].map(Math.log1p)',
    'const x = 3; x ** 0.5',
    'let y = 3; y **= 2',
    'Date.now()',
    'new Date()',
    'const D = Date',
    'performance.now()',
    'crypto.randomUUID()',
    'const c = { crypto }',
    'setTimeout(() => {}, 1)',
    "fetch('/x')",
    "new Function('return 1')()",
  ])('core computes only what every engine computes alike, with no world: %s', source => {
    expect(offending({ 'core/x.ts': source })).toContain('core may not use')
  })

  it('lets core have what is exact, and words that only look impure', () => {
    const source = `import type { Clock } from './ports.ts'
      type Crypto = { performance: Date }
      export const f = (crypto: Crypto, at: number) => [Math.sqrt(at), Math.PI, new Date(at), Date.UTC(2020, 1), 2 ** 32]
      export const g = { fetch: 1, 'Math.log': 2 }.fetch as unknown as Clock`
    expect(offending({ 'core/x.ts': source, 'core/ports.ts': 'export type Clock = () => number' })).toBe('')
  })

  it.each([
    ['core/utils.ts', 'says nothing'],
    ['view/common/x.ts', 'says nothing'],
    ['core/Signal.ts', 'not kebab-case'],
    ['core/some_thing.ts', 'not kebab-case'],
  ])('a name: %s', (path, message) => {
    expect(offending({ [path]: '' })).toContain(message)
  })

  it('a file too long', () => {
    expect(offending({ 'core/x.ts': 'export {}\n'.repeat(301) })).toContain('more than 300')
    expect(offending({ 'core/x.ts': 'export {}\n'.repeat(251) })).toContain('must be split or listed')
    expect(offending({ 'core/x.ts': 'export {}\n'.repeat(250) })).toBe('')
  })

  it.each([
    ["import { a } from './a'", 'names no file'],
    ["import '../scripts/build.mjs'", 'leaves the rooms'],
  ])('an import without its ending, or out of the house: %s', (source, message) => {
    expect(offending({ 'core/x.ts': source })).toContain(message)
  })

  it('a reference that the law does not know, and one that is missing', () => {
    expect(referenceOffences({ core: { references: [{ path: '../view' }] } })[0]).toContain('core: references view')
    expect(referenceOffences({ worker: { references: [{ path: '../core' }] } })[0]).toContain(
      'the law says core, store',
    )
  })
})
