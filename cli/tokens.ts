/** Tokens in place of people: an HMAC under a key that stands in a file of its own and in no model. */

import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { fault } from '../core/parse.ts'
import { readBytes } from './files.ts'

const KEY_BYTES = 32
const FEWEST_BYTES = 16
/** 128 bits: no two people in one token, and short enough for a table. */
const TOKEN_BYTES = 16
/** Tells these from any other use of the key. */
const CONTEXT = 'nearside token\u0000'

/** A new key that only its owner may read. @throws ParseError where there is a file already */
export const makeKey = (path: string): void => {
  if (existsSync(path))
    fault(path, 'is there already', 'Use it, or name another: with a new key no token fits the old ones')
  writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
}

/** @throws ParseError where the file is too short to be a key */
export const readKey = (path: string): Uint8Array => {
  const key = readBytes(path)
  return key.length >= FEWEST_BYTES
    ? key
    : fault(path, `${key.length} bytes`, `Give a key of ${FEWEST_BYTES} at least: --make-key writes one`)
}

/** Addresses are the same in whatever case people type them. */
const canonical = (text: string): string => (text.includes('@') ? text.trim().toLowerCase() : text.trim())

/** Makes tokens: the same for the same text under the same key, and nothing to anybody without it. */
export const tokenizer =
  (key: Uint8Array) =>
  (text: string): string => {
    const mac = createHmac('sha256', key)
      .update(`${CONTEXT}${canonical(text)}`)
      .digest()
    return `k-${mac.subarray(0, TOKEN_BYTES).toString('base64url')}`
  }
