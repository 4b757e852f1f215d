/** What the extension's scripts on pages tell its background, and what it answers. Who tells is the browser's word, never theirs. */

import { integer, object, oneOf, type Parser } from '../core/parse.ts'
import { parseRemains, type Remains } from './sight.ts'
import { parseSummary, type Summary } from './site-index.ts'

export type Told =
  /** The page uses Nearside; this stands there. `kept`: is there a database? */
  | { readonly tell: 'seen'; readonly summary: Summary; readonly kept: boolean }
  /** The deletion that waited has been tried. Is the database gone? This is there now, some of which may be new already. */
  | { readonly tell: 'erased'; readonly gone: boolean; readonly remains: Remains }
  /** What was granted is paused, by the decision of this `seq`. */
  | { readonly tell: 'paused'; readonly seq: number }
  /** A pause of this `seq` stands: is it ours to end? Answered with true or false. */
  | { readonly tell: 'may-resume'; readonly seq: number }
  /** It is ended. */
  | { readonly tell: 'resumed'; readonly seq: number }

const flag = oneOf([true, false])
const seq = integer(1, Number.MAX_SAFE_INTEGER)

const tellings = {
  seen: object({ tell: oneOf(['seen']), summary: parseSummary, kept: flag }),
  erased: object({ tell: oneOf(['erased']), gone: flag, remains: parseRemains }),
  paused: object({ tell: oneOf(['paused']), seq }),
  'may-resume': object({ tell: oneOf(['may-resume']), seq }),
  resumed: object({ tell: oneOf(['resumed']), seq }),
} satisfies { [T in Told['tell']]: Parser<Told> }

/** @throws ParseError */
export const parseTold = (value: unknown, place = 'message'): Told => {
  const tell = oneOf(Object.keys(tellings) as Told['tell'][])(
    (value as { tell?: unknown } | null)?.tell,
    `${place}.tell`,
  )
  return tellings[tell](value, place)
}
