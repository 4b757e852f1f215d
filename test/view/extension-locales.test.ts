// Every language that the extension has says everything, with the same parts, is one of those of its views, and comes out of its file whole.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MANIFEST_WORDS } from '../../extension/manifest-words.ts'
import { pack } from '../../extension/words/pack.ts'
import { LANGUAGES } from '../../extension/words/spoken.ts'
import { unpack } from '../../extension/words/unpack.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'extension/locales')

const read = (language: string): { [name: string]: string } =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))
const partsOf = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(([part]) => part).sort()

const english = read('en')

describe('the words of the extension', () => {
  it('are there in each language that has a file, and so are those of its manifest', () => {
    const files = readdirSync(folder).map(name => name.replace('.json', ''))
    expect([...LANGUAGES].sort()).toEqual(files.sort())
    expect(Object.keys(MANIFEST_WORDS).sort()).toEqual(files.sort())
  })

  it.each(LANGUAGES)('%s: all of them, each with its parts, and its views speak it too', language => {
    const words = read(language)
    expect(Object.keys(words)).toEqual(Object.keys(english))
    for (const name of Object.keys(english)) {
      expect(words[name]?.trim(), name).toBeTruthy()
      expect(partsOf(words[name]), name).toEqual(partsOf(english[name]))
    }
    expect(existsSync(join(root, 'view/locales', `${language}.json`))).toBe(true)
  })

  it('come out of their file as they went in, in a third of the bytes and less', () => {
    const texts = Object.fromEntries(['es', 'pt-br'].map(each => [each, Object.values(read(each)).join('\n')]))
    const packed = pack(texts)
    for (const [language, text] of Object.entries(texts)) expect(unpack(packed, language)).toBe(text)
    const whole = Buffer.byteLength(Object.values(texts).join(''))
    expect(Buffer.from(packed.bits, 'base64').length).toBeLessThan(whole / 3)
  })
})
