import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PagePattern } from '../../core/config.ts'
import { base64url, hex } from '../../core/encoding.ts'
import { DATE, dateOf, dayOf, epochOf } from '../../core/epoch.ts'
import { pageKindOf as kindOf, pageTestOf, SENSITIVE } from '../../core/page.ts'
import { derivePseudonym, PSEUDONYM } from '../../core/pseudonym.ts'
import { PAGE_KINDS } from '../../core/signal.ts'
import { unpaintedOn } from '../../core/unpainted.ts'
import { runs } from './arbitrary.ts'

const pageKindOf = (pages: readonly PagePattern[], path: string) => kindOf(pages.map(pageTestOf), path)

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

describe('bytes as text', () => {
  it('base64url and hex are those of Buffer', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 70 }), bytes => {
      expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(hex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
    })
    fc.assert(property, runs(50_000, 1000))
  })

  it('a pseudonym is always one that a collector takes', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async mac => {
      expect(await derivePseudonym({ mac: async () => mac }, 'shop', 'interest', epochOf(0))).toMatch(PSEUDONYM)
    })
    await fc.assert(property, runs(10_000, 300))
  })
})

describe('the kind of a page', () => {
  // Few letters, so that patterns meet paths.
  const piece = fc.stringMatching(/^[ab./+()[\]\\$^?|{}\n-]{0,4}$/)
  const path = fc
    .array(fc.constantFrom('a', 'b', '/', '.', 'ab', '\n', 'é'), { maxLength: 8 })
    .map(parts => `/${parts.join('')}`)
  const pattern = fc.oneof(
    fc.array(piece, { minLength: 1, maxLength: 4 }).map(pieces => `/${pieces.join('*')}`),
    path.chain(it => fc.array(fc.nat(it.length), { maxLength: 3 }).map(cuts => starred(it, cuts))),
  )

  it('is that of the first pattern that fits, * for anything, as a regular expression has it', () => {
    const patterns = fc.array(fc.record({ path: pattern, kind: fc.constantFrom(...PAGE_KINDS) }), { maxLength: 4 })
    const property = fc.property(patterns, path, (pages: PagePattern[], it) => {
      const fits = (text: string) => new RegExp(`^${text.split('*').map(escaped).join('[^]*')}$`).test(it)
      expect(pageKindOf(pages, it)).toBe(pages.find(page => fits(page.path))?.kind ?? 'other')
    })
    fc.assert(property, runs(100_000, 3000))
  })

  it('leaves unpainted all that is sensitive, by path or by a route behind #, whatever is searched for; and where nothing is, paints', () => {
    const kinds = fc.constantFrom('home' as const, 'sensitive' as const)
    const patterns = fc.array(fc.record({ path: pattern, kind: kinds }), { maxLength: 3 })
    const rest = fc.constantFrom('', '?a=b', '#a', '#/a', '#!/a/b', '?a#/ab/?b')
    const property = fc.property(patterns, path, rest, (given, it, after) => {
      const url = new URL(`https://shop.example:8080${it}${after}`)
      // As a page has it: see sdk/signals/page.ts.
      const route = url.pathname + (/^#!?\/[^?]*/.exec(url.hash) ?? '')
      const isUnpainted = RegExp(unpaintedOn(given)).test(`undefined${url.href}`)
      if (pageKindOf(given, route) === SENSITIVE) expect(isUnpainted).toBe(true)
      if (!given.some(({ kind }) => kind === 'sensitive')) expect(isUnpainted).toBe(false)
    })
    fc.assert(property, runs(50_000, 1500))
    for (const mark of ['off', 'sensitive-page'])
      expect(RegExp(unpaintedOn([])).test(`${mark}https://shop.example/`)).toBe(true)
  })

  it('costs no long task, whatever the pattern and however long the path that somebody made up', () => {
    const made = (kind: PagePattern['kind']) => ['/*/*/*/reviews', `/${'*a'.repeat(99)}b`].map(path => ({ path, kind }))
    for (const letter of ['/', 'a']) {
      const start = performance.now()
      expect(pageKindOf(made('cart'), `/${letter.repeat(5000)}`)).toBe('other')
      RegExp(unpaintedOn(made('sensitive'))).test(`undefinedhttps://shop.example/${letter.repeat(5000)}`)
      expect(performance.now() - start).toBeLessThan(50)
    }
  })
})

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
/** The path with stars in place of what stands at some of its letters, or between them. */
const starred = (path: string, cuts: readonly number[]): string =>
  `/${[...path.slice(1)].map((letter, i) => (cuts.includes(i) ? '*' : cuts.includes(i + 1) ? `${letter}*` : letter)).join('')}`

describe('days and weeks', () => {
  it('are cut at the same instants for everyone, and the last millisecond still belongs to the one before', () => {
    const property = fc.property(fc.nat(99_999), fc.nat(WEEK_MS - 1), (week, inside) => {
      expect(epochOf(week * WEEK_MS + inside)).toBe(week)
      expect(epochOf(week * WEEK_MS + WEEK_MS)).toBe(week + 1)
      expect(dayOf(week * DAY_MS + (inside % DAY_MS))).toBe(week)
      expect(dayOf(week * DAY_MS + DAY_MS)).toBe(week + 1)
      expect(epochOf(week * WEEK_MS + inside)).toBe(Math.floor(dayOf(week * WEEK_MS + inside) / 7))
    })
    fc.assert(property, runs(20_000, 500))
    expect([epochOf(0), epochOf(WEEK_MS - 1), epochOf(WEEK_MS), dayOf(-1)]).toEqual([0, 0, 1, -1])
    expect(epochOf(Date.UTC(2026, 0, 1))).toBe(2922)
  })

  it('dates sort as they read', () => {
    const instant = fc.nat(250_000_000_000_000 / 1000).map(seconds => seconds * 1000)
    const property = fc.property(instant, instant, (a, b) => {
      expect(dateOf(a)).toMatch(DATE)
      expect(dateOf(a) < dateOf(b)).toBe(dayOf(a) < dayOf(b))
      expect(Date.parse(dateOf(a))).toBe(dayOf(a) * DAY_MS)
    })
    fc.assert(property, runs(20_000, 500))
  })
})
