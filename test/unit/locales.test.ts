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
