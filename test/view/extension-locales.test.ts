// Every language that the extension has says everything, with the same parts, and is one of those of its views.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'extension/locales')
const LANGUAGES = readdirSync(folder).map(name => name.replace('.json', ''))

const read = (language: string): { [name: string]: string } =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))
const partsOf = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(([part]) => part).sort()

const english = read('en')

describe('the words of the extension', () => {
  it.each(LANGUAGES)('%s: all of them, each with its parts, and its views speak it too', language => {
    const words = read(language)
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const name of Object.keys(english)) {
      expect(words[name]?.trim(), name).toBeTruthy()
      expect(partsOf(words[name]), name).toEqual(partsOf(english[name]))
    }
    expect(existsSync(join(root, 'view/locales', `${language}.json`))).toBe(true)
  })
})
