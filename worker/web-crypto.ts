/** What the browser itself computes for signatures and logs. */

import type { Hash } from '../core/merkle.ts'
import type { Verify } from '../core/signature.ts'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), it => it.charCodeAt(0))

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SCHEME = { name: 'ECDSA', hash: 'SHA-256' }

export const hash: Hash = async bytes =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

export const verify: Verify = async (key, text, signature) =>
  crypto.subtle.verify(
    SCHEME,
    // A point that is not on the curve is nobody's key.
    await crypto.subtle.importKey('raw', bytesOf(key), CURVE, false, ['verify']),
    bytesOf(signature),
    new TextEncoder().encode(text),
  )
