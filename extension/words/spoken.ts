/** A language's words, as the build's order has them. */

import languages from './languages.json' with { type: 'json' }
import { type Packed, unpack } from './unpack.ts'

/** In the extension's own storage: what was unpacked last, after what it was unpacked from. */
const KEY = 'nearside-words'

/** To unpack a language takes a popup some 50 ms; it does so once. */
const remembered = (pack: Packed, language: string): string => {
  const from = `${language} ${pack.bits} `
  try {
    const kept = localStorage.getItem(KEY)
    if (kept?.startsWith(from)) return kept.slice(from.length)
  } catch {
    // A browser that lets nobody store anything.
  }
  const text = unpack(pack, language)
  try {
    localStorage.setItem(KEY, from + text)
  } catch {
    // It is unpacked again.
  }
  return text
}

/** Every language there is. Those of a line of the file are packed together: they are alike, and the second is the smaller for the first. */
export const LANGUAGES: readonly string[] = ['en', ...languages.flat()]

/** Undefined for English, and all that there is not. */
export const wordsIn = async (language: string): Promise<string[] | undefined> => {
  if (language === 'en') return undefined
  const pack = (await import('./languages.json?packed')).default.find(each => each.languages.includes(language))
  return pack && remembered(pack, language).split('\n')
}
