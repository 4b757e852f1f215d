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

/**
 * What `say` says, with `{n}` for the number: under the number where no other is said so, by plural form where there are several
 * more, else under the name alone. Nothing where a number is written in other digits.
 */
const formsOf = (name: string, language: string, say: (n: number) => string): { [key: string]: string } => {
  const rules = new Intl.PluralRules(language)
  const byForm = new Map<string, number[]>()
  for (let n = 1; n < PLAIN; n++) byForm.set(rules.select(n), [...(byForm.get(rules.select(n)) ?? []), n])
  const forms = [...byForm].map(([form, numbers]) => {
    const texts = new Set(numbers.map(n => say(n).replace(String(n), '{n}')))
    return { form, numbers, text: texts.size === 1 ? ([...texts][0] as string) : undefined }
  })
  if (forms.some(({ text }) => text === undefined)) return {}
  const several = forms.filter(({ numbers }) => numbers.length > 1).length > 1
  const endingOf = (form: string, [first, ...more]: readonly number[]): string =>
    more.length === 0 ? `-${first}` : several ? `-${form}` : ''
  return Object.fromEntries(
    forms.map(({ form, numbers, text }) => [`${name}-${language}${endingOf(form, numbers)}`, text as string]),
  )
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

/** Inside of a script, without the one word that is only for the button that opens the choices again, which has its own. */
const english = (): string => {
  const { reopen: _, ...words } = timed(LOCALES, 'en')
  return JSON.stringify(words)
}

/** Puts each language's words beside the script, as `nearside-<name>-<language>.json`, and the English ones into it. */
const withWords = (name: string, folder: string): Plugin => ({
  name: 'nearside:with-words',
  load: id => (id === join(LOCALES, 'en.json') ? english() : undefined),
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
