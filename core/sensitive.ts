/** Words that touch on what the law protects most. Apart from the page's own use of them, which needs only the list. */

import sensitive from './sensitive.json' with { type: 'json' }

export type Topics = readonly (readonly [topic: string, pattern: RegExp])[]

export const topicsOf = (words: { readonly [topic: string]: string }): Topics =>
  Object.entries(words).map(([topic, pattern]) => [topic, new RegExp(`(?<![a-z])(${pattern})`)])

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/_/g, ' ')

/** The topics that a text touches on; on the side of caution. */
export const topicsIn = (text: string, topics: Topics): string[] =>
  topics.filter(([, pattern]) => pattern.test(plain(text))).map(([topic]) => topic)

const PROTECTED = topicsOf(sensitive)

/** Of those that no model may speak of or look for: health, religion, children. */
export const protectedIn = (text: string): string | undefined => topicsIn(text, PROTECTED)[0]
