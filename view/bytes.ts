/** A text that was sent or would be, byte for byte. */

import { type ElementNode, h } from './element.ts'
import { ENGLISH, phrase, type Tongue } from './tongue.ts'

/** In UTF-8. */
export const bytesIn = (text: string): number => {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) as number
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

/** As it is: not a character is added, left out or wrapped in anything but the picture. */
export const exactly = (body: string): ElementNode => h('pre', { class: 'ns-exactly', dir: 'ltr' }, h('code', {}, body))

/** Folded away, under how many there are. */
export const bytesOf = (body: string, { words, bytes }: Tongue = ENGLISH): ElementNode =>
  h(
    'details',
    { class: 'ns-bytes' },
    h('summary', {}, phrase(words['ledger-bytes'], { bytes: bytes(bytesIn(body)) })),
    exactly(body),
  )
