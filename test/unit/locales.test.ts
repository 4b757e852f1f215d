// Every language has every word, fills in what English fills in, and says yes and no in so many words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../sdk/locales')
const read = (name: string): { [key: string]: string } => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const languages = readdirSync(folder).flatMap(name => /^(.*)\.json$/.exec(name)?.[1] ?? [])
const english = read('en')

/** Those that Chromium's data do not cover: they say lengths of time themselves. */
const OWN_TIMES = ['eu', 'gl']
const filled = (text = ''): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()

describe('the words of the banner', () => {
  it('are there in at least 37 languages, each under the name that it has in `lang`', () => {
    expect(languages.length).toBeGreaterThanOrEqual(37)
    for (const language of languages) expect(Intl.getCanonicalLocales(language)[0]?.toLowerCase()).toBe(language)
  })

  for (const language of languages)
    it(`${language}: all keys, none else; the same values filled in; no two answers alike`, () => {
      const words = read(language)
      const own = OWN_TIMES.includes(language) ? ['days', 'months'] : []
      expect(Object.keys(words).sort()).toEqual([...Object.keys(english), ...own].sort())
      for (const [key, text] of Object.entries(words)) {
        expect(text.trim(), key).toBe(text)
        expect(text, key).not.toBe('')
        expect(filled(text), key).toEqual(own.includes(key) ? ['{n}'] : filled(english[key]))
      }
      expect(new Set(['accept', 'reject', 'settings', 'save', 'back'].map(key => words[key])).size).toBe(5)
      for (const key of ['accept', 'reject', 'settings', 'save'])
        expect(words[key], key).not.toMatch(/pay|subscribe|abonn/i)
    })

  it('come with the forms of “30 days” and “in 6 months” that Intl would say, so that no page has to ask it', () => {
    /** They have words of their own, or write numbers in other digits: these the page says by itself. */
    const without = [...OWN_TIMES, 'fa']
    for (const language of languages.filter(it => it !== 'en' && !without.includes(it))) {
      const built = JSON.parse(readFileSync(join(folder, `../../dist/sdk/nearside-words-${language}.json`), 'utf8'))
      const days = new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' })
      const months = new Intl.RelativeTimeFormat(language)
      const plural = new Intl.PluralRules(language)
      const said = (unit: string, n: number): string | undefined => {
        const name = `${unit}-${language}`
        return (built[`${name}-${n}`] ?? built[name] ?? built[`${name}-${plural.select(n)}`])?.replace('{n}', String(n))
      }
      for (const n of [1, 2, 3, 5, 6, 11, 12, 21, 30, 90, 101, 365]) {
        expect(said('days', n), language).toBe(days.format(n))
        expect(said('months', n), language).toBe(months.format(n, 'month'))
      }
    }
  })

  it('are other words than the English ones', () => {
    for (const language of languages.filter(it => it !== 'en')) {
      const same = Object.entries(read(language)).filter(([key, text]) => text === english[key])
      expect(
        same.map(([key]) => key).filter(key => !/^(account|browsing)$/.test(key)),
        language,
      ).toEqual([])
    }
  })
})
