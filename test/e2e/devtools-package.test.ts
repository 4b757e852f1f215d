// What is shipped to developers: the second build's permissions, and that it stays out of the first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const built = (name: string): string => join(root, 'dist/extension', name)
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')

/** The rows of the second build's table in docs/permissions.md. */
const justified = [
  ...(read(root, 'docs/permissions.md').split('| devtools | why |')[1] ?? '').matchAll(
    /^\| `([^`]+)` \| (\S.*\S) \|$/gm,
  ),
]

const scriptsIn = (name: string): string[] =>
  readdirSync(built(name), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.js'))
    .map(path => read(built(name), path))

describe.each(['chrome-devtools', 'firefox-devtools'])('the DevTools build %s', name => {
  const manifest = JSON.parse(read(built(name), 'manifest.json'))

  it('asks for exactly what docs/permissions.md justifies, each in a sentence', () => {
    expect([...manifest.permissions, ...manifest.host_permissions].sort()).toEqual(
      justified.map(([, row]) => row).sort(),
    )
    for (const [, , reason] of justified) expect(reason).toMatch(/^[A-Z].{30,}\.$/)
    const more = ['optional_permissions', 'optional_host_permissions', 'content_scripts', 'web_accessible_resources']
    expect(more.filter(key => key in manifest)).toEqual([])
  })

  it('is no visitor build: another name, the same version, and every icon it names', () => {
    expect(manifest.name).not.toBe(JSON.parse(read(built('chrome'), 'manifest.json')).name)
    expect(manifest.version).toBe(JSON.parse(read(root, 'package.json')).version)
    const icons = [...Object.values<string>(manifest.icons), ...Object.values<string>(manifest.action.default_icon)]
    for (const icon of icons) expect(existsSync(join(built(name), icon)), icon).toBe(true)
  })

  it('names no host, and runs no text as code', () => {
    for (const code of scriptsIn(name)) {
      expect(code.match(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g) ?? []).toEqual([])
      expect(code).not.toMatch(/XMLHttpRequest|\beval\(|new Function\(|innerHTML|import\("http/)
    }
  })
})

it('leaves nothing of DevTools in the visitor build', () => {
  expect(readdirSync(built('chrome'))).not.toContain('devtools')
  for (const code of scriptsIn('chrome')) expect(code).not.toContain('nearside-devtools')
})
