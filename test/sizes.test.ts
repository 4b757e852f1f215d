// What a visitor downloads, to the byte: every file as a server would send it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, it } from 'vitest'

/** Bytes after brotli. A kilobyte is 1,000 of them. */
const LIMITS = {
  'nearside.js': 3000,
  'nearside-paint.js': 400,
  'nearside-banner.js': 3800,
  'nearside-settings.js': 2000,
  'nearside-reopen.js': 1200,
  'nearside-config.js': 3800,
  'nearside-follow.js': 1200,
  'nearside-wait.js': 1000,
  'nearside-element.js': 800,
  'nearside-react.mjs': 600,
  'nearside-session.js': 2500,
  'nearside-worker.js': 14_000,
  'nearside-records.js': 19_000,
  'nearside-provenance.js': 2400,
  'nearside-refusal.js': 600,
  'nearside-heed.js': 1500,
  'nearside-tell.js': 1600,
  'nearside-cmp-tcf.js': 600,
  'nearside-cmp-gpp.js': 600,
  'nearside-cmp-onetrust.js': 600,
  'nearside-cmp-cookiebot.js': 600,
  'nearside-cmp-consent-mode.js': 600,
  'nearside-rights.js': 1200,
  'nearside-centre.js': 24_000,
  'nearside-source-scroll.js': 600,
  'nearside-source-clicks.js': 600,
  'nearside-source-rage.js': 600,
  'nearside-source-data-layer.js': 600,
  'nearside-source-segment.js': 600,
  'nearside-source-middleware.js': 600,
  'nearside-source-schema-org.js': 600,
  'nearside-source-words.js': 600,
}

const sizeOf = (name: string): number => {
  const file = readFileSync(join(import.meta.dirname, '../dist/sdk', name))
  return brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}

describe('each file stays within its size', () => {
  for (const [name, limit] of Object.entries(LIMITS)) {
    it(`${name}: at most ${limit} bytes`, () => {
      expect(sizeOf(name)).toBeLessThanOrEqual(limit)
    })
  }

  it('both layers of the banner, with their looks and English words: at most 6500 bytes', () => {
    expect(sizeOf('nearside-banner.js') + sizeOf('nearside-settings.js')).toBeLessThanOrEqual(6500)
  })

  it('are what the README says', () => {
    const kilobytes = (...names: string[]): string =>
      (names.map(name => sizeOf(`nearside${name}.js`)).reduce((a, b) => a + b) / 1000).toFixed(1)
    const after = ['-session', '-follow', '-worker']
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
    expect([...readme.matchAll(/([\d.]+) kB/g)].map(([, figure]) => figure)).toEqual([
      kilobytes(''),
      kilobytes('-banner', '-config'),
      kilobytes('-settings'),
      kilobytes(...after),
      kilobytes(...after, '-records'),
    ])
  })

  it("each language's words: at most 1300 bytes", () => {
    const files = readdirSync(join(import.meta.dirname, '../dist/sdk')).filter(name =>
      /^nearside-words-.*\.json$/.test(name),
    )
    expect(files.length).toBeGreaterThanOrEqual(36)
    for (const file of files) expect(sizeOf(file)).toBeLessThanOrEqual(1300)
  })

  it('nearside-paint.js may be inlined: at most 400 bytes as it stands', () => {
    expect(readFileSync(join(import.meta.dirname, '../dist/sdk/nearside-paint.js')).length).toBeLessThanOrEqual(400)
  })
})
