// What `@nearside/sdk` publishes: typed for both ways of resolving, and without a single dependency.
import { spawnSync } from 'node:child_process'
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

/** All at once, since starting takes the compiler longest. @returns what it says of each file */
const compile = (sources: { readonly [file: string]: string }, module: string, resolution: string) => {
  for (const [file, source] of Object.entries(sources)) writeFileSync(join(folder, file), source)
  const options = [
    ...['--jsx', 'react-jsx', '--strict', '--noEmit', '--pretty', 'false', '--target', 'es2022'],
    ...['--module', module, '--moduleResolution', resolution],
  ]
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...Object.keys(sources)], {
    cwd: folder,
    encoding: 'utf8',
  })
  const files = Object.keys(sources)
  // What is said of a file goes on in lines that are set in.
  const said = stdout.split(/\n(?! )/).filter(it => it.trim())
  const isOf = (file: string) => (it: string) => it.startsWith(`${file}(`)
  return {
    of: (file: string): string => said.filter(isOf(file)).join('\n'),
    elsewhere: said.filter(it => !files.some(file => isOf(file)(it))),
  }
}

/** The code of the React page, as it stands there. */
const [component = '', start = ''] = [
  ...readFileSync(join(root, 'docs/install/react.md'), 'utf8').matchAll(/```tsx?\n([\s\S]*?)```/g),
].map(([, code]) => code as string)

describe('@nearside/sdk', () => {
  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ] as const) {
    it(`is typed for a consumer that resolves by ${resolution}, with React and without, and its pages compile`, () => {
      const { of, elsewhere } = compile(
        {
          'good.ts': good,
          'bad.ts': good.replace("'segments'", "'segmets'"),
          'react.ts': goodReact,
          'bad-react.ts': goodReact.replace('when:', 'wen:'),
          'page.tsx': component,
          'start.ts': start,
        },
        module,
        resolution,
      )
      for (const file of ['good.ts', 'react.ts', 'page.tsx', 'start.ts']) expect(of(file), file).toBe('')
      expect(of('bad.ts')).toContain('segmets')
      expect(of('bad-react.ts')).toContain('wen')
      expect(elsewhere).toEqual([])
    })
  }

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
