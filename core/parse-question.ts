/** What every segmentation says of itself, of whatever kind it is. */

import { fault, integer, list, object, oneOf, optional, type Parser, text } from './parse.ts'
import type { SegmentId } from './segmentation.ts'
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

export const question = {
  id,
  label,
  uses: list(oneOf(['content', 'ranking', 'offer']), 1, 3),
  hold: optional(integer(1, 1440)),
  segments: list(object({ id: segmentId, label, description: sentence }), 2, 64),
}
