/** The visitor's own language, as far as we have it. */

import english from '../../view/locales/en.json' with { type: 'json' }
import { type Tongue, tongueOf } from '../../view/tongue.ts'
import { attempt } from '../attempt.ts'
import { type OwnWords, speak } from '../words.ts'

export interface Voice {
  readonly tongue: Tongue
  readonly dir: 'ltr' | 'rtl'
}

/** The language's own region, where page or browser names one: `en` writes its days as `en-GB` does, or `en-US`. */
const regional = (lang: string): string => {
  const { language } = new Intl.Locale(lang)
  const tags = [document.documentElement.lang, ...navigator.languages]
  return tags.find(tag => attempt(() => new Intl.Locale(tag).language) === language) ?? lang
}

/** @param own the site's words, which go before ours */
export const findVoice = async (own: OwnWords | undefined): Promise<Voice> => {
  const { words, lang, dir } = await speak(english, 'centre-words', own)
  return { tongue: tongueOf(words, regional(lang)), dir }
}
