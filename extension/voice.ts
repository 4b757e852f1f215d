/** The visitor's own language, as far as we have it: the words of the views, and the extension's own. */

import { meant, RIGHT_TO_LEFT } from '../view/language.ts'
import views from '../view/locales/en.json' with { type: 'json' }
import { type Tongue, tongueOf, type Words } from '../view/tongue.ts'
import english from './locales/en.json' with { type: 'json' }

/** Every phrase that only the extension says. */
export type Own = { readonly [name in keyof typeof english]: string }

export interface Voice extends Tongue {
  readonly own: Own
  readonly dir: 'ltr' | 'rtl'
}

/** One language's words as they are built: the views' and the extension's, in English's order, and the plural forms that English lacks. */
interface Pack {
  readonly default: readonly [
    views: readonly string[],
    own: readonly string[],
    forms: { readonly [name: string]: string },
  ]
}

/** By file. English is inside every script; another language is loaded where it is spoken. */
const PACKS = import.meta.glob<Pack>(['./locales/*.json', '!./locales/en.json'], { query: '?packed' })

const fileOf = (language: string): string => `./locales/${language}.json`
const LANGUAGES = ['en', ...Object.keys(PACKS).map(file => file.slice('./locales/'.length, -'.json'.length))]

const unpacked = <W extends { readonly [name: string]: string }>(words: W, list: readonly string[]): W =>
  Object.fromEntries(Object.keys(words).map((name, i) => [name, list[i] || words[name]])) as W

const voiceOf = (words: Words, own: Own, language: string, tags: readonly string[]): Voice => {
  // In the reader's own region, where one is named.
  const locale = tags.find(tag => meant(tag, LANGUAGES) === language) ?? language
  return { ...tongueOf(words, locale), own, dir: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr' }
}

/** @param tags BCP 47, the dearest first */
export const findVoice = async (tags: readonly string[]): Promise<Voice> => {
  const language = tags.map(tag => meant(tag, LANGUAGES)).find(Boolean) ?? 'en'
  const load = PACKS[fileOf(language)]
  if (!load) return voiceOf(views, english, 'en', tags)
  const [theirs, own, forms] = (await load()).default
  return voiceOf({ ...unpacked(views, theirs), ...forms }, unpacked(english, own), language, tags)
}
