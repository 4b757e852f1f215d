/** Keys for signing: a private one in a file that stays with its owner, the public one as a config names it. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fault } from '../core/parse.ts'
import type { Verify } from '../core/signature.ts'
import { readText } from './files.ts'

const CURVE = 'prime256v1'
/** First byte of an uncompressed point. */
const UNCOMPRESSED = Buffer.from([4])
const HALF = 32

/** Writes a new private key, readable by its owner alone. @throws ParseError where the file is there already */
export const makeSigningKey = (path: string): void => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: CURVE })
  try {
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST'
    fault(path, there ? 'a file is there already' : 'cannot be written', 'Name another file for the new key')
  }
}

/** @throws ParseError where it is no private key on P-256 */
export const readSigningKey = (path: string): KeyObject => {
  const pem = readText(path)
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === CURVE) return key
  } catch {
    // Told below, without a word of what the file holds.
  }
  return fault(path, 'not a private key on P-256', 'Make one with nearside sign --make-key')
}

/** As a config names it. */
export const publicKeyOf = (key: KeyObject): string => {
  const { x, y } = createPublicKey(key).export({ format: 'jwk' }) as { x: string; y: string }
  return Buffer.concat([UNCOMPRESSED, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url')
}

export const signatureOf = (key: KeyObject, text: string): string =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')

export const verifyHere: Verify = async (key, text, signature) => {
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 1 + HALF), point.subarray(1 + HALF)].map(it => it.toString('base64url'))
  try {
    const publicKey = createPublicKey({
      key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string },
      format: 'jwk',
    })
    const bytes = Buffer.from(signature, 'base64url')
    return verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes)
  } catch {
    // A point that is not on the curve signs nothing.
    return false
  }
}
