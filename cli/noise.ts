/** The source of noise for differential privacy: the machine's, or a secret's that brings the same noise back. */

import { createHmac, randomFillSync } from 'node:crypto'
import { fault } from '../core/parse.ts'
import type { Random } from '../core/ports.ts'
import { parseEpsilon } from '../trainer/private/recipe.ts'
import type { Recipe } from '../trainer/recipe.ts'
import { readKey } from './tokens.ts'

const BLOCK_BYTES = 32
const DRAW_BYTES = 8
const TWO_53 = 2 ** 53

/** 53 bits of each eight bytes, as a number from 0 to below 1. */
const randomOf = (fill: (block: number) => Uint8Array): Random => {
  let [bytes, at, block] = [new Uint8Array(0), 0, 0]
  return () => {
    if (at >= bytes.length) {
      bytes = new Uint8Array(fill(block++))
      at = 0
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, DRAW_BYTES)
    at += DRAW_BYTES
    return Number(view.getBigUint64(0) >> 11n) / TWO_53
  }
}

/**
 * @param path of a secret; the machine's own randomness without one
 * @param digest of the data
 */
export const noiseFrom = (path: string | undefined, recipe: Recipe, digest: string): Random => {
  if (path === undefined) return randomOf(() => randomFillSync(new Uint8Array(BLOCK_BYTES)))
  const key = readKey(path)
  // Two answers under one noise would give it away: it is another's for other data, another budget, or other people left out.
  const purpose = JSON.stringify([digest, { ...recipe, place: '' }, [...(recipe.exclude ?? [])].sort()])
  return randomOf(block => createHmac('sha256', key).update(`nearside noise\u0000${purpose}\u0000${block}`).digest())
}

/** The recipe under another budget. @throws ParseError where it has no bounds */
export const withEpsilon = (recipe: Recipe, epsilon: string | undefined): Recipe => {
  if (epsilon === undefined) return recipe
  const { privacy, place } = recipe
  if (!privacy) return fault(`${place}.privacy`, 'nothing is there', 'Give "privacy" with bounds: see docs/models.md')
  return { ...recipe, privacy: { ...privacy, epsilon: parseEpsilon(Number(epsilon), '--epsilon') } }
}
