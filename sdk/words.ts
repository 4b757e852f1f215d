/**
 * The words a visitor reads, in the language of the page where we have it. English is inside each chunk; every other language is one
 * JSON file beside the script, fetched only to be shown: see docs/languages.md.
 */

import { meant, RIGHT_TO_LEFT } from '../view/language.ts'

/** Words by name. `{name}` in them stands for a value. */
export interface Words {
  readonly [name: string]: string
}

/** A site's own words, by language in lower case (`pt-br`). */
export interface OwnWords {
  readonly [language: string]: Words
}

export interface Spoken<W extends Words = Words> {
  readonly words: W
  /** As it stands in `lang`. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
}

/** Those that have a file. */
const LANGUAGES = import.meta.env.LANGUAGES.split(' ')

/** `text` with each `{name}` replaced. */
export const fill = (text: string, values: { readonly [name: string]: string | number }): string =>
  text.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`)

/**
 * A length of time: “30 days”, “in 6 months”. From words of the language's own, or what `Intl` said when this was built, as the first
 * number that a page has it write takes a slow phone 50 ms, and its first look at plural forms some more: most languages have one for
 * all numbers but the first. Where there is neither it is asked here.
 */
export const timed = ({ words, lang }: Spoken, unit: 'days' | 'months', n: number): string => {
  const name = `${unit}-${lang}`
  const form =
    words[unit] ?? words[`${name}-${n}`] ?? words[name] ?? words[`${name}-${new Intl.PluralRules(lang).select(n)}`]
  if (form) return fill(form, { n })
  return unit === 'days'
    ? new Intl.NumberFormat(lang, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(n)
    : new Intl.RelativeTimeFormat(lang).format(n, 'month')
}

/**
 * The words in the page's language, else in the first of the browser's that we have, else in English.
 * @param english every word there is; what a file does not have stays English
 * @param file how its files are called: `nearside-<file>-<language>.json`
 * @param own the site's, from its config: they go before ours, and may be in a language we do not have
 */
export const speak = async <W extends Words>(english: W, file: string, own: OwnWords = {}): Promise<Spoken<W>> => {
  const known = ['en', ...LANGUAGES, ...Object.keys(own)]
  let lang = 'en'
  for (const tag of [...navigator.languages].reverse().concat(document.documentElement.lang))
    lang = meant(tag, known) ?? lang
  let theirs: Partial<W> = {}
  // A variable: bundlers take a text in its place for a file of their own to look for.
  const base = import.meta.url
  if (LANGUAGES.includes(lang)) {
    try {
      theirs = await (await fetch(new URL(`nearside-${file}-${lang}.json`, base), { credentials: 'omit' })).json()
    } catch {
      // No reason not to ask: in English.
      lang = 'en'
    }
  }
  return { words: { ...english, ...theirs, ...own[lang] }, lang, dir: RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr' }
}
