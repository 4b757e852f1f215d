/** What every segmentation says of itself, of whatever kind it is. */

import { integer, list, object, oneOf, optional, type Parser, text } from './parse.ts'
import type { SegmentId } from './segmentation.ts'

/** Of a model or a segmentation. */
export const id = text(16, /^[a-z][a-z0-9-]*$/, 'a short id in lower case')
export const segmentId = text(8, /^[a-z0-9]+$/, 'a segment id in lower case and digits') as Parser<SegmentId>
const label = text(60)
const sentence = text(400)

export const question = {
  id,
  label,
  uses: list(oneOf(['content', 'ranking', 'offer']), 1, 3),
  hold: optional(integer(1, 1440)),
  segments: list(object({ id: segmentId, label, description: sentence }), 2, 64),
}
