/** The visitor's own language, as far as we have it: the words of the views, and the extension's own. */

import { meant, RIGHT_TO_LEFT } from '../view/language.ts'
import views from '../view/locales/en.json' with { type: 'json' }
import { type Tongue, tongueOf, type Words } from '../view/tongue.ts'
import english from './locales/en.json' with { type: 'json' }
import { LANGUAGES, wordsIn } from './words/spoken.ts'

/** Every phrase that only the extension says. */
export type Own = { readonly [name in keyof typeof english]: string }

export interface Voice extends Tongue {
  readonly own: Own
  readonly dir: 'ltr' | 'rtl'
}

const NAMES = [...Object.keys(views), ...Object.keys(english)]

/** In English's order, each after its file; what English has no name for has its own: another plural form. */
const named = (texts: readonly string[]): { readonly [name: string]: string } =>
  Object.fromEntries(
    texts.map((text, i) => {
      const name = NAMES[i]
      return name === undefined ? text.split(/=(.*)/s) : [name, text]
    }),
  )

const voiceOf = (words: Words, own: Own, language: string, tags: readonly string[]): Voice => {
  // In the reader's own region, where one is named.
  const locale = tags.find(tag => found(tag) === language) ?? language
  return { ...tongueOf(words, locale), own, dir: RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr' }
}

/** Another country's way of writing is nearer than another language: Portuguese for Portugal is that of Brazil, where there is no other. */
const found = (tag: string): string | undefined =>
  meant(tag, LANGUAGES) ?? LANGUAGES.find(each => each.split('-')[0] === tag.split('-')[0]?.toLowerCase())

/** @param tags BCP 47, the dearest first */
export const findVoice = async (tags: readonly string[]): Promise<Voice> => {
  const language = tags.map(found).find(Boolean) ?? 'en'
  const words = named((await wordsIn(language)) ?? [])
  return voiceOf({ ...views, ...words }, { ...english, ...words }, language, tags)
}
