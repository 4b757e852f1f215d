/** Packs words, for the build: what `unpack.ts` undoes. */

import { END, guesserOf, type Packed, split, unpack, widthOf } from './unpack.ts'

/** Letters, the end, and all else: what is a word is told by the order. */
const alphabetOf = (text: string): string => {
  const characters = [...new Set(text)].sort().filter(each => each !== END)
  const isLetter = (each: string): boolean => /\p{L}/u.test(each)
  return [...characters.filter(isLetter), END, ...characters.filter(each => !isLetter(each))].join('')
}

/** An arithmetic coder: the bounds narrow with each bit, and what both begin with is written. */
const bytesOf = (text: string, alphabet: string): number[] => {
  const symbols = new Map([...alphabet].map((each, i) => [each, i]))
  const width = widthOf(alphabet)
  const guesser = guesserOf(alphabet)
  const bytes: number[] = []
  let low = 0
  let high = 0xffffffff
  const write = (bit: number): void => {
    const middle = split(low, high, guesser.chance())
    if (bit) high = middle
    else low = middle + 1
    for (; (low ^ high) >>> 24 === 0; low = (low << 8) >>> 0, high = ((high << 8) | 255) >>> 0) bytes.push(high >>> 24)
    guesser.learn(bit)
  }
  for (const each of text)
    for (let place = width - 1; place >= 0; place--) write(((symbols.get(each) as number) >> place) & 1)
  return [...bytes, high >>> 24]
}

/** @param texts by language, in the order in which they are read: the second after the first */
export const pack = (texts: { readonly [language: string]: string }): Packed => {
  const text = Object.values(texts)
    .map(each => each + END)
    .join('')
  const alphabet = alphabetOf(text)
  const bits = btoa(String.fromCharCode(...bytesOf(text, alphabet)))
  const packed = { languages: Object.keys(texts), alphabet, bits }
  for (const [language, each] of Object.entries(texts))
    if (unpack(packed, language) !== each)
      throw new Error(`The words in ${language} would not come out as they went in.`)
  return packed
}
