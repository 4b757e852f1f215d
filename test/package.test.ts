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
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const good = `import { startNearside, type Nearside, type Segments } from '@nearside/sdk'
const nearside: Nearside = startNearside({ config: '/nearside.json', base: 'https://shop.example/nearside/' })
nearside.signal('add_to_cart', { value: 1290, currency: 'EUR' })
nearside.on('segments', (segments: Segments) => segments.visit)
export const granted = nearside.consent()?.granted.personalization?.includes('browsing')
`

const compile = (source: string, module: string, resolution: string): string => {
  writeFileSync(join(folder, 'consumer.ts'), source)
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', module, '--moduleResolution', resolution]
  try {
    execFileSync(process.execPath, [tsc, ...options, 'consumer.ts'], { cwd: folder, encoding: 'utf8' })
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
  }

  it('depends on nothing, and importing it does nothing', async () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'sdk/package.json'), 'utf8'))
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined])
    expect(readFileSync(join(root, 'sdk/dist/nearside.mjs'), 'utf8')).not.toMatch(/from\s*["']/)
    const { startNearside } = await import(join(root, 'sdk/dist/nearside.mjs'))
    expect(typeof startNearside).toBe('function')
  })
})
