/** Words as the build packs them (`scripts/vite/packed-words.ts`): some languages hold the text of one extension, so they are told as where a guess was wrong. */

import { createGuesser, type Guesser } from './guess.ts'

/** The words of languages that are alike, one after the other: the second is guessed the better for the first. */
export interface Packed {
  readonly languages: readonly string[]
  /** Every character there is: letters, what ends a text, and the others. */
  readonly alphabet: string
  /** Base64. */
  readonly bits: string
}

/** After each language's text. No word has it. */
export const END = '\t'

/** Bits of a character. */
export const widthOf = (alphabet: string): number => Math.ceil(Math.log2([...alphabet].length))

export const guesserOf = (alphabet: string): Guesser => {
  const letters = [...alphabet].indexOf(END)
  return createGuesser(widthOf(alphabet), symbol => symbol < letters)
}

const SHARES = 65_536

/** The last number that stands for a one, of those between the bounds. */
export const split = (low: number, high: number, chance: number): number => {
  const share = Math.max(1, Math.min(SHARES - 1, Math.round(chance * SHARES)))
  return low + Math.floor(((high - low) * share) / SHARES)
}

/** Bits, told the guesses. */
const reader = (base64: string, guesser: Guesser): (() => number) => {
  const bytes = atob(base64)
  let at = 0
  let low = 0
  let high = 0xffffffff
  let value = 0
  const shift = (number: number, byte: number): number => ((number << 8) | byte) >>> 0
  const next = (): number => bytes.charCodeAt(at++) || 0
  for (let i = 0; i < 4; i++) value = shift(value, next())
  return () => {
    const middle = split(low, high, guesser.chance())
    const bit = value <= middle ? 1 : 0
    if (bit) high = middle
    else low = middle + 1
    while ((low ^ high) >>> 24 === 0) {
      low = shift(low, 0)
      high = shift(high, 255)
      value = shift(value, next())
    }
    guesser.learn(bit)
    return bit
  }
}

/** The text of one of the languages. */
export const unpack = ({ languages, alphabet, bits }: Packed, language: string): string => {
  const characters = [...alphabet]
  const width = widthOf(alphabet)
  const bit = reader(bits, guesserOf(alphabet))
  let text = ''
  for (let left = languages.indexOf(language); left >= 0; ) {
    let symbol = 0
    for (let i = 0; i < width; i++) symbol = symbol * 2 + bit()
    const character = characters[symbol] as string
    if (character !== END) text += character
    else if (left-- > 0) text = ''
  }
  return text
}
