// Every language says everything, in forms that it has, with the same parts; and what the banner calls a thing, the centre calls it too.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tongueOf, type Words } from '../../view/tongue.ts'

const root = join(import.meta.dirname, '../..')
const FOLDERS = { banner: join(root, 'sdk/locales'), centre: join(root, 'view/locales') }

const read = (folder: keyof typeof FOLDERS, language: string): { [name: string]: string } =>
  JSON.parse(readFileSync(join(FOLDERS[folder], `${language}.json`), 'utf8'))
const languagesOf = (folder: keyof typeof FOLDERS): string[] =>
  readdirSync(FOLDERS[folder])
    .flatMap(name => /^(.*)\.json$/.exec(name)?.[1] ?? [])
    .sort()

const LANGUAGES = languagesOf('centre')
const english = read('centre', 'en')
const COUNTED = /-(zero|one|two|few|many|other)$/
/** Phrases that count; `page-other` is no form of anything. */
const STEMS = ['kept-notes']
const isCounted = (name: string): boolean => COUNTED.test(name) && STEMS.includes(name.replace(COUNTED, ''))
const plain = (words: object): string[] => Object.keys(words).filter(name => !isCounted(name))
const partsOf = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(([part]) => part).sort()

describe('the words of the privacy centre', () => {
  it('are there in every language of the banner, 37 at least', () => {
    expect(LANGUAGES).toEqual(languagesOf('banner'))
    expect(LANGUAGES.length).toBeGreaterThanOrEqual(37)
  })

  it.each(LANGUAGES)('%s: all of them, each with its parts', language => {
    const words = read('centre', language)
    expect(plain(words).sort()).toEqual(plain(english).sort())
    for (const name of plain(english)) {
      expect(words[name]?.trim(), name).toBeTruthy()
      expect(partsOf(words[name]), name).toEqual(partsOf(english[name]))
    }
  })

  it.each(LANGUAGES)('%s: a form for each of its plural rules, and no other', language => {
    const words = read('centre', language)
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const stem of STEMS) {
      const has = Object.keys(words).filter(name => name.startsWith(`${stem}-`) && isCounted(name))
      const short = forms
        .filter(form => form !== 'other')
        .every(form => has.includes(`${stem}-${form}`) || form === 'many')
      expect(short, stem).toBe(true)
      for (const name of has) expect(forms.map(form => `${stem}-${form}`)).toContain(name)
      for (const n of [0, 1, 2, 3, 5, 11, 21, 1000])
        expect(tongueOf(words as Words, language).plural('kept-notes', n)).not.toContain('{')
    }
  })

  it.each(LANGUAGES)('%s: call purposes and categories as the banner does', language => {
    const [centre, banner] = [read('centre', language), read('banner', language)]
    const both = Object.keys(centre).filter(name => name in banner)
    expect(both).toContain('browsing')
    for (const name of both) expect(centre[name], name).toBe(banner[name])
  })

  it('can be overridden, each by a name that a config may hold', () => {
    for (const name of Object.keys(english)) expect(name).toMatch(/^[a-z0-9][a-z0-9_-]{0,31}$/)
  })
})
