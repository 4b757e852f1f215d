/** Random numbers that a seed brings back, in whole-number arithmetic, so that every engine draws the same. */

import type { Random } from '../core/ports.ts'

const TWO_32 = 4294967296

/** Spreads the bits of a whole number over 32 bits (the finaliser of MurmurHash3). */
const spread = (x: number): number => {
  let h = x | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A hash of whole numbers, uniform over [0, 1). */
export const hashOf = (...numbers: readonly number[]): number =>
  numbers.reduce((hash, x) => spread(Math.imul(hash, 31) + spread(x) + 0x9e3779b9), 0) / TWO_32

/** 32 bits of a text (FNV-1a over its UTF-16 units): a whole number for {@link hashOf}. */
export const hashOfText = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Marsaglia's xorshift128; the seeds may be any whole numbers. */
export const seeded = (...seeds: readonly number[]): Random => {
  const start = (i: number): number => Math.floor(hashOf(...seeds, i) * TWO_32)
  // All four words zero would stay zero.
  let [a, b, c, d] = [start(1), start(2), start(3), start(4) | 1]
  return () => {
    const t = a ^ (a << 11)
    a = b
    b = c
    c = d
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8)
    return (d >>> 0) / TWO_32
  }
}

/** `count` of `items`, each as likely as the next, none twice. */
export const sample = <T>(items: readonly T[], count: number, random: Random): T[] => {
  const pool = [...items]
  const taken = Math.min(count, pool.length)
  for (let i = 0; i < taken; i++) {
    const j = i + Math.floor(random() * (pool.length - i))
    const drawn = pool[j] as T
    pool[j] = pool[i] as T
    pool[i] = drawn
  }
  return pool.slice(0, taken)
}
