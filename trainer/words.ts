/** What a visitor may read of a segmentation: its label, and the label and description of each segment. */

import { type Parser, text } from '../core/parse.ts'

/** No markup, no path, no formula, nothing that turns the text round. */
const PLAIN = /^(?![=@/\\])(?!.*\.\.[/\\])[^\p{Cc}<>\u202A-\u202E\u2066-\u2069]*$/u

export const words = { label: text(60, PLAIN, 'plain words'), description: text(400, PLAIN, 'plain words') }

interface Worded {
  readonly label: string
  readonly segments: readonly { readonly label: string; readonly description: string }[]
}

/** What a segmentation says that is copied as it is. @throws ParseError where it is not plain words */
export const plainly =
  <W extends Worded>(parser: Parser<W>): Parser<W> =>
  (value, place) => {
    const it = parser(value, place)
    words.label(it.label, `${place}.label`)
    it.segments.forEach(({ label, description }, i) => {
      words.label(label, `${place}.segments[${i}].label`)
      words.description(description, `${place}.segments[${i}].description`)
    })
    return it
  }
