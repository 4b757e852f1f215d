/**
 * Guesses a text bit by bit from what came before: whoever guesses the same needs only be told where it was wrong. The build packs words by it,
 * and the browser unpacks them, so everything here is arithmetic that IEEE 754 fixes: no engine's own `exp` or `log`.
 *
 * A mix of contexts, as in Mahoney's "Adaptive weighing of context models for lossless data compression" (Florida Tech, CS-2005-16).
 */

/** How many symbols each context looks back on. After them come the word so far, and what followed the last time that it read like this. */
const ORDERS = [1, 2, 3, 4, 6]
const CONTEXTS = ORDERS.length + 2
/** A text that has come back this far is taken to go on as it did. */
const FAR = 5
const LONGEST = 16
/** Slots of a context, as a power of two: four times what a language fills. */
const SLOT_BITS = 19
/** After so many bits a slot learns no slower. */
const MOST = 30
/** What a slot's first bit weighs against knowing nothing. */
const FIRST_DOUBT = 1.3
/** From so many bits on a slot is trusted as much as it will be. */
const OFTEN = 16
/** How fast the weights learn. */
const RATE = 0.005
const FIRST_WEIGHT = 0.3

/** The logistic function from -8 to 8, and back from a 4096th. */
const STEPS = 256
const RANGE = 8 * STEPS
/** e to the 1/256. */
const ROOT = 1.0039138893383475
const P = 4096

const tables = () => {
  const squashed = new Float64Array(2 * RANGE + 1)
  for (let x = 0, e = 1; x <= RANGE; x++, e *= ROOT) {
    squashed[RANGE + x] = e / (1 + e)
    squashed[RANGE - x] = 1 / (1 + e)
  }
  const stretched = new Float64Array(P)
  for (let p = 0, x = 0; p < P; p++) {
    while (x < 2 * RANGE && (squashed[x] as number) < (p + 0.5) / P) x++
    stretched[p] = (x - RANGE) / STEPS
  }
  return { squashed, stretched }
}

const hash = (a: number, b: number): number => {
  const x = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  return x ^ (x >>> 15)
}

/** What the next symbol is guessed from. */
const createContexts = (inWord: (symbol: number) => boolean) => {
  const contexts = new Int32Array(CONTEXTS)
  const past: number[] = []
  /** By what was read last, where it went on. */
  const went = new Map<number, number>()
  let word = 0
  let again = 0
  let length = 0

  const lately = (order: number, start: number): number => {
    let found = start
    for (let back = 1; back <= order; back++) found = hash(found, (past[past.length - back] ?? 0) + 1)
    return found
  }

  const read = (symbol: number): void => {
    length = past[again] === symbol ? length + 1 : 0
    past.push(symbol)
    again++
    word = inWord(symbol) ? hash(word, symbol + 1) : 0
    ORDERS.forEach((order, i) => {
      contexts[i] = lately(order, i)
    })
    contexts[CONTEXTS - 2] = hash(word, symbol)
    const place = lately(FAR, 0)
    if (!length) again = went.get(place) ?? 0
    went.set(place, past.length)
    contexts[CONTEXTS - 1] = again ? hash(past[again] as number, Math.min(length, LONGEST)) : 0
  }
  read(0)
  return { contexts, read }
}

export interface Guesser {
  /** How likely the next bit is a one, between 0 and 1. */
  chance(): number
  /** What it was. */
  learn(bit: number): void
}

/**
 * @param width bits of a symbol, the highest first
 * @param inWord whether a symbol belongs to a word
 */
export const createGuesser = (width: number, inWord: (symbol: number) => boolean): Guesser => {
  const { squashed, stretched } = tables()
  const { contexts, read } = createContexts(inWord)
  // How likely a one is in each slot, less a half, and how often it was seen.
  const chances = new Float32Array(CONTEXTS << SLOT_BITS)
  const counts = new Uint8Array(CONTEXTS << SLOT_BITS)
  // Weights go by how many contexts have been here before, and how often this one has.
  const weights = new Float64Array((CONTEXTS + 1) * CONTEXTS * OFTEN).fill(FIRST_WEIGHT)
  const slots = new Int32Array(CONTEXTS)
  const inputs = new Float64Array(CONTEXTS)
  const used = new Int32Array(CONTEXTS)
  let node = 1
  let guess = 0.5

  /** @returns how many contexts have been here before */
  const find = (): number => {
    let known = 0
    for (let i = 0; i < CONTEXTS; i++) {
      const slot = (i << SLOT_BITS) + (hash(contexts[i] as number, node) >>> (32 - SLOT_BITS))
      slots[i] = slot
      // What was always a one is so by all the digits there are.
      const share = Math.min(P - 1, Math.floor(((chances[slot] as number) + 0.5) * P))
      inputs[i] = stretched[share] as number
      if (counts[slot]) known++
    }
    return known
  }

  return {
    chance: () => {
      const known = find()
      let sum = 0
      for (let i = 0; i < CONTEXTS; i++) {
        const count = counts[slots[i] as number] as number
        const weight = (known * CONTEXTS + i) * OFTEN + Math.min(count, OFTEN - 1)
        used[i] = weight
        sum += (weights[weight] as number) * (inputs[i] as number)
      }
      guess = squashed[Math.max(0, Math.min(2 * RANGE, Math.round(sum * STEPS) + RANGE))] as number
      return guess
    },
    learn: bit => {
      const error = (bit - guess) * RATE
      for (let i = 0; i < CONTEXTS; i++) {
        const weight = used[i] as number
        weights[weight] = (weights[weight] as number) + error * (inputs[i] as number)
        const slot = slots[i] as number
        const count = counts[slot] as number
        const chance = chances[slot] as number
        chances[slot] = chance + (bit - 0.5 - chance) / (count + FIRST_DOUBT)
        if (count < MOST) counts[slot] = count + 1
      }
      node = node * 2 + bit
      if (node >> width) {
        read(node - (1 << width))
        node = 1
      }
    },
  }
}
