/** WebCrypto behind the Cipher port. Always awaited outside transactions, which would close meanwhile. */

import type { Cipher } from '../core/ports.ts'
import type { Keys } from './disk.ts'

const IV_BYTES = 12

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** Keys that no script can read out, this one included. */
export const makeKeys = async (): Promise<Keys> => {
  const [seal, mac] = await Promise.all([
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  ])
  return { seal, mac }
}

export const createCipher = (keys: Keys): Cipher => ({
  seal: async (label, text) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: bytesOf(label) },
      keys.seal,
      bytesOf(text),
    )
    const sealed = new Uint8Array(IV_BYTES + data.byteLength)
    sealed.set(iv)
    sealed.set(new Uint8Array(data), IV_BYTES)
    return sealed
  },

  open: async (label, sealed) => {
    const iv = sealed.subarray(0, IV_BYTES)
    const data = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: bytesOf(label) },
      keys.seal,
      sealed.subarray(IV_BYTES),
    )
    return new TextDecoder().decode(data)
  },

  mac: async text => new Uint8Array(await crypto.subtle.sign('HMAC', keys.mac, bytesOf(text))),

  digest: async text => new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))),
})
