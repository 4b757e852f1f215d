/** Words that no segment should be called by: what the law protects, what hurts, and what judges. */

import sensitive from '../../core/sensitive.json' with { type: 'json' }
import words from './sensitive-words.json' with { type: 'json' }

const TOPICS = Object.entries({ ...sensitive, ...words }).map(
  ([topic, pattern]) => [topic, new RegExp(`(?<![a-z])(${pattern})`)] as const,
)

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/_/g, ' ')

/** What a text touches on that a label had better not; in several languages, and on the side of caution. */
export const sensitiveIn = (text: string): string[] =>
  TOPICS.filter(([, pattern]) => pattern.test(plain(text))).map(([topic]) => topic)
