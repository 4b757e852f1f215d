// What `@nearside/sdk` publishes: typed for both ways of resolving, and without a single dependency.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nearside-consumer-'))
  mkdirSync(join(folder, 'node_modules/@nearside'), { recursive: true })
  symlinkSync(join(root, 'sdk'), join(folder, 'node_modules/@nearside/sdk'))
  for (const name of ['react', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = `import { startNearside, type Nearside, type Segments } from '@nearside/sdk'
const nearside: Nearside = startNearside({ config: '/nearside.json', base: 'https://shop.example/nearside/' })
nearside.signal('add_to_cart', { value: 1290, currency: 'EUR' })
nearside.on('segments', (segments: Segments) => segments.visit)
export const granted = nearside.consent()?.granted.personalization?.includes('browsing')
`

const goodReact = `import { Show, useConsent, useSegment, useSegments } from '@nearside/sdk/react'
import { createElement, type ReactNode } from 'react'
export const Greeting = (): ReactNode => {
  const visit: string | undefined = useSegment('visit')
  const granted = useConsent()?.granted.personalization?.includes('browsing')
  return createElement(Show, { when: 'visit:v2 visit:v3', fallback: 'Welcome' }, visit, useSegments().visit, String(granted))
}
`

const compile = (source: string, module: string, resolution: string, file = 'consumer.ts'): string => {
  writeFileSync(join(folder, file), source)
  const options = [
    '--jsx',
    'react-jsx',
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    module,
    '--moduleResolution',
    resolution,
  ]
  try {
    execFileSync(process.execPath, [tsc, ...options, file], { cwd: folder, encoding: 'utf8' })
    return ''
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  }
}

describe('@nearside/sdk', () => {
  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ] as const) {
    it(`is typed for a consumer that resolves by ${resolution}`, () => {
      expect(compile(good, module, resolution)).toBe('')
      expect(compile(good.replace("'segments'", "'segmets'"), module, resolution)).toContain('segmets')
    })

    it(`is typed for React where that resolves by ${resolution}`, () => {
      expect(compile(goodReact, module, resolution)).toBe('')
      expect(compile(goodReact.replace('when:', 'wen:'), module, resolution)).toContain('wen')
    })
  }

  it('has its React page say what compiles', () => {
    const page = readFileSync(join(root, 'docs/install/react.md'), 'utf8')
    const [component = '', start = ''] = [...page.matchAll(/```tsx?\n([\s\S]*?)```/g)].map(([, code]) => code as string)
    expect(compile(component, 'esnext', 'bundler', 'page.tsx')).toBe('')
    expect(compile(start, 'esnext', 'bundler')).toBe('')
  })

  it('depends on nothing, and importing it does nothing', async () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      readFileSync(join(root, 'sdk/package.json'), 'utf8'),
    )
    expect(dependencies).toBeUndefined()
    // What a site brings itself, where it wants `@nearside/sdk/react`.
    expect([peerDependencies, peerDependenciesMeta]).toEqual([{ react: '>=18' }, { react: { optional: true } }])
    expect(readFileSync(join(root, 'sdk/dist/nearside.mjs'), 'utf8')).not.toMatch(/from\s*["']/)
    const { startNearside } = await import(join(root, 'sdk/dist/nearside.mjs'))
    expect(typeof startNearside).toBe('function')
  })

  it('says that its React part runs in the browser, and imports nothing there but React', () => {
    const text = readFileSync(join(root, 'sdk/dist/nearside-react.mjs'), 'utf8')
    expect(text).toMatch(/^"use client";/)
    expect([...text.matchAll(/from\s*["']([^"']+)/g)].map(([, name]) => name)).toEqual(['react'])
  })
})
