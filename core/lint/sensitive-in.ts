/** Words that no segment should be called by: what the law protects, what hurts, and what judges. */

import sensitive from '../sensitive.json' with { type: 'json' }
import { topicsIn, topicsOf } from '../sensitive.ts'
import words from './sensitive-words.json' with { type: 'json' }

const TOPICS = topicsOf({ ...sensitive, ...words })

/** What a text touches on that a label had better not; in several languages, and on the side of caution. */
export const sensitiveIn = (text: string): string[] => topicsIn(text, TOPICS)
