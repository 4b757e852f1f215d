/** One language: its words, and how it writes numbers and days. Every view takes one; English stands in where none is given. */

import type { Child } from './element.ts'
import { type Formats, formatsOf } from './format.ts'
import english from './locales/en.json' with { type: 'json' }

/** Every phrase that views say. What stands in braces in English stands in braces in all. */
export type Words = { readonly [name in keyof typeof english]: string }

type StemOf<Name> = Name extends `${infer Stem}-other` ? Stem : never
/** Phrases with a form for each of the language's plural rules (`kept-notes-one`, `kept-notes-few`); it has those that it needs. */
type Plural = StemOf<keyof Words>

export interface Tongue extends Formats {
  /** A phrase of plain texts alone. */
  phrased(template: string, parts: { readonly [name: string]: string }): string
  /** BCP 47. */
  readonly locale: string
  readonly words: Words
  /** The form for so many, its number filled in. */
  plural(stem: Plural, n: number): string
}

export const tongueOf = (words: Words, locale: string): Tongue => {
  const formats = formatsOf(locale)
  return {
    ...formats,
    locale,
    words,
    phrased: (template, parts) => phrase(template, parts).join(''),
    plural: (stem, n) => {
      const forms: { readonly [name: string]: string } = words
      return phrase(forms[`${stem}-${formats.rule(n)}`] ?? words[`${stem}-other`], { n: formats.number(n) }).join('')
    },
  }
}

/** Puts parts where a phrase names them: `phrase('Sent to {recipient}.', { recipient })`. */
export const phrase = (template: string, parts: { readonly [name: string]: Child }): Child[] =>
  template.split(/\{(\w+)\}/).map((piece, i) => (i % 2 ? parts[piece] : piece))

export const ENGLISH: Tongue = tongueOf(english, 'en-GB')
