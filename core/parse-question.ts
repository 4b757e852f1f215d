/** What every segmentation says of itself, of whatever kind it is. */

import { fault, integer, list, object, oneOf, optional, type Parser, text } from './parse.ts'
import type { SegmentId, Use } from './segmentation.ts'
import { protectedIn } from './sensitive.ts'

/** Of a model or a segmentation. */
export const id = text(16, /^(?!.*\d{5})[a-z][a-z0-9-]*$/, 'a short id in lower case, of four digits in a row at most,')
/** A model has 64 segments a question at most: four characters tell all of them apart, and no person. */
export const segmentId = text(4, /^[a-z0-9]+$/, 'a segment id in lower case and digits') as Parser<SegmentId>

/** What a model calls something, or looks for. @throws ParseError where it touches on what the law protects */
export const spoken =
  (parser: Parser<string>): Parser<string> =>
  (value, place) => {
    const said = parser(value, place)
    const topic = protectedIn(said)
    return topic ? fault(place, `it touches on ${topic}`, 'Say what visitors do, not what they are') : said
  }

const label = spoken(text(60))
const sentence = text(400)

const USES = ['content', 'ranking', 'offer', 'price'] as const satisfies readonly Use[]

/** What is done with the answer, and how long it stays: recipes say it as models do. */
export const practice = {
  uses: list(oneOf(USES), 1, USES.length),
  disclosure: optional(sentence),
  hold: optional(integer(1, 1440)),
}

export const question = {
  id,
  label,
  ...practice,
  segments: list(object({ id: segmentId, label, description: sentence }), 2, 64),
}

interface Practice {
  readonly uses: readonly Use[]
  readonly disclosure?: string
}

/** A price that depends on what somebody did must say so. @throws ParseError */
export const checkDisclosed = <Q extends Practice>(it: Q, place: string): Q =>
  it.uses.includes('price') && it.disclosure === undefined
    ? fault(`${place}.disclosure`, 'nothing is there, though uses name price', 'Tell visitors how it bears on prices')
    : it
