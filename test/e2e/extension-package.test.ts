// What is shipped: permissions, and what the stores' own linter says.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const built = (browser: string): string => join(root, 'dist/extension', browser)
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')
const manifestOf = (browser: string) => JSON.parse(read(built(browser), 'manifest.json'))

/** The rows of the tables in docs/permissions.md, by the word above the first column. */
const justified = (kind: 'permission' | 'optional'): RegExpMatchArray[] => {
  const table = read(root, 'docs/permissions.md').split(`| ${kind} | why |`)[1]?.split('\n\n')[0] ?? ''
  return [...table.matchAll(/^\| `([^`]+)` \| (\S.*\S) \|$/gm)]
}
const names = (rows: RegExpMatchArray[]): (string | undefined)[] => rows.map(([, name]) => name).sort()

/** Firefox has Global Privacy Control in its own settings. */
const CHROMIUM_ALONE = 'declarativeNetRequestWithHostAccess'

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())

describe.each(['chrome', 'firefox'])('the extension for %s', browser => {
  const manifest = manifestOf(browser)

  it('asks for exactly the permissions that docs/permissions.md justifies, each in a sentence', () => {
    expect([...manifest.permissions].sort()).toEqual(names(justified('permission')))
    const optional = [...manifest.optional_permissions, ...manifest.optional_host_permissions]
    if (browser === 'firefox') optional.push(CHROMIUM_ALONE)
    expect(optional.sort()).toEqual(names(justified('optional')))
    for (const [, , reason] of [...justified('permission'), ...justified('optional')])
      expect(reason).toMatch(/^[A-Z"].{30,}\.$/)
  })

  it('has nothing from the start by which a page could recognise it, or that runs on one', () => {
    expect(manifest.permissions).toEqual(['activeTab', 'scripting', 'storage'])
    const reaching = [
      'host_permissions',
      'content_scripts',
      'web_accessible_resources',
      'externally_connectable',
      'devtools_page',
    ]
    expect(reaching.filter(key => key in manifest)).toEqual([])
  })

  it('has the version of the package, and every icon it names', () => {
    expect(manifest.version).toBe(JSON.parse(read(root, 'package.json')).version)
    for (const icon of Object.values<string>(manifest.icons)) expect(existsSync(join(built(browser), icon))).toBe(true)
  })

  it('names no host and runs no text as code', () => {
    const scripts = files(built(browser)).filter(path => path.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(1)
    for (const script of scripts) {
      const code = readFileSync(script, 'utf8')
      // Names of XML, and of the terms in which a receipt is written, are addresses, and are never fetched.
      const names = /https?:\/\/(?!www\.w3\.org\/|w3id\.org\/dpv[/#]|purl\.org\/dc\/terms\/)[\w.-]+/g
      expect(code.match(names) ?? [], script).toEqual([])
      expect(code).not.toMatch(/XMLHttpRequest|\beval\(|new Function\(|innerHTML|import\("http/)
      // In the site's page alone, when the visitor has it compared with its log: the site's own public files.
      expect(code.match(/\bfetch\(/g) ?? [], script).toHaveLength(script.endsWith('look.iife.js') ? 1 : 0)
    }
  })

  it('is at most 120 kB, zipped', () => {
    const size = files(built(browser)).reduce((sum, path) => sum + deflateRawSync(readFileSync(path)).length + 120, 0)
    expect(size).toBeLessThanOrEqual(120_000)
  })
})

it.each(['firefox', 'firefox-devtools'])('web-ext lint: no errors, no warnings, no notices in %s', async build => {
  const webExt = join(root, 'node_modules/web-ext/bin/web-ext.js')
  const { stdout } = await promisify(execFile)(process.execPath, [
    webExt,
    'lint',
    '--source-dir',
    built(build),
    '--output',
    'json',
    '--no-config-discovery',
  ]).catch((error: { stdout: string }) => error)
  const { summary, errors, warnings, notices } = JSON.parse(stdout)
  expect([...errors, ...warnings, ...notices]).toEqual([])
  expect(summary).toEqual({ errors: 0, warnings: 0, notices: 0 })
})
