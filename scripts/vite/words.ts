/** Puts the languages' words beside the files that read them. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { root } from './root.ts'

export const LOCALES = join(root, 'sdk/locales')

/** Languages with words in this folder, but for English, which is inside the chunks. */
export const languagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap(name => /^(.*)\.json$/.exec(name)?.[1] ?? [])
    .filter(language => language !== 'en')
    .sort()

/** From here on some put a mark between digits, which a length of time does without. */
const PLAIN = 1000

/** What `say` says, by plural form, with `{n}` for the number; nothing where a number is written in other digits. */
const formsOf = (name: string, language: string, say: (n: number) => string): { [form: string]: string } => {
  const rules = new Intl.PluralRules(language)
  const numbers = Array.from({ length: PLAIN - 1 }, (_, i) => i + 1)
  const forms: { [form: string]: string } = {}
  for (const n of numbers) forms[rules.select(n)] ??= say(n).replace(String(n), '{n}')
  const same = numbers.every(n => forms[rules.select(n)]?.replace('{n}', String(n)) === say(n))
  return same
    ? Object.fromEntries(Object.entries(forms).map(([form, text]) => [`${name}-${language}-${form}`, text]))
    : {}
}

/** The words of a language, and lengths of time as Intl says them, so that a page need not wake that for its question. */
const timed = (folder: string, language: string): { [key: string]: string } => {
  const words = JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))
  if (folder !== LOCALES || words.days) return words
  const days = new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' })
  const months = new Intl.RelativeTimeFormat(language)
  return {
    ...words,
    ...formsOf('days', language, n => days.format(n)),
    ...formsOf('months', language, n => months.format(n, 'month')),
  }
}

/** Puts each language's words beside the script, as `nearside-<name>-<language>.json`, and the English ones into it. */
const withWords = (name: string, folder: string): Plugin => ({
  name: 'nearside:with-words',
  load: id => (id === join(LOCALES, 'en.json') ? JSON.stringify(timed(LOCALES, 'en')) : undefined),
  generateBundle() {
    for (const language of languagesIn(folder)) {
      const source = JSON.stringify(timed(folder, language))
      this.emitFile({ type: 'asset', fileName: `nearside-${name}-${language}.json`, source })
    }
  },
})

export const withLocales = (config: UserConfig, name: string, folder: string): UserConfig => ({
  ...config,
  plugins: [...(config.plugins ?? []), withWords(name, folder)],
})
