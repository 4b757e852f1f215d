/** Looks over a site's config: pages whose addresses speak of what the law protects are no pages to learn from. */

import type { Config } from '../config.ts'
import { type Lint, levelOf } from './parts.ts'
import { sensitiveIn } from './sensitive-in.ts'

export const lintConfig = ({ pages, modelKey, log }: Config, place: string): Lint[] => [
  ...pages.flatMap(({ path, kind }, i) =>
    kind === 'sensitive'
      ? []
      : sensitiveIn(path.replace(/[^\p{L}]+/gu, ' ')).map(topic => ({
          level: levelOf(topic),
          place: `${place}.pages[${i}].path`,
          problem: `"${path.slice(0, 40)}" touches on ${topic}, and is a page to learn from`,
          mend: 'Say "kind": "sensitive", and nothing at all is noticed there',
        })),
  ),
  ...(modelKey
    ? []
    : [
        {
          level: 'note' as const,
          place: `${place}.modelKey`,
          problem: 'nothing is there',
          mend: 'Sign models (nearside sign): then whoever can write to the server cannot change what devices compute',
        },
      ]),
  ...(log
    ? []
    : [
        {
          level: 'note' as const,
          place: `${place}.log`,
          problem: 'nothing is there',
          mend: 'Publish a log (nearside publish): then devices can tell that everyone gets the same',
        },
      ]),
]
